"""The measures of GB/T 9704-2012, and what follows from them. Lengths are millimetres, letters points."""

from datetime import date
from math import floor

POINTS = 72 / 25.4  # in a millimetre
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0  # 5.1
TOP, LEFT = 37.0, 28.0  # 5.2.1
AREA_WIDTH, AREA_HEIGHT = 156.0, 225.0
LINES, SIGNS = 22, 28  # 5.2.3: on a page, in a line

SIZE_2, SIZE_3, SIZE_4 = 22.0, 16.0, 14.0  # 二号 三号 四号

LINE = floor(AREA_HEIGHT * POINTS * 20 / LINES) / 20  # the height of a line, in twentieths of a point that fit
TIGHTER = floor((AREA_WIDTH * POINTS / SIGNS - SIZE_3) * 20) / 20  # what each sign gives so that 28 fill a line
TITLE_LINE = 33.0

HEAD_BELOW_AREA = 35.0  # 7.2.4: from the top of the type area to the red head of a document
LETTER_HEAD_AT = 30.0  # 10.1: from the edge of the page to that of a letter
LETTER_RULE, LETTER_RULE_ABOVE_EDGE = 170.0, 20.0  # how long its red lines are, and where the lower one stands
BELOW_HEAD = 4.0  # 7.2.7, 10.1: from the number, or the head of a letter, to the red line
BELOW_RULE = SIZE_3 * 7 / 8 / POINTS  # 10.1: from the upper double line of a letter to what stands below it
PAGE_NUMBER_BELOW = 7.0  # 7.5: from the type area to the page number

DIGITS: tuple[str, ...] = ("", *"一二三四五六七八九")
LARGEST_HEAD = {True: 62.0, False: 48.0}  # of a document, of a letter
SMALLEST_HEAD = 30.0  # a longer head is set narrower instead


def width_of(text: str, size: float) -> float:
    """How wide a text is, in points: a Chinese sign is as wide as it is high, a Latin one half of that."""
    return sum(size if ord(sign) > 0x2E7F or sign in "〔〕（）—" else size / 2 for sign in text)


def head_size(text: str, *, is_document: bool, width: float = AREA_WIDTH) -> tuple[float, int]:
    """The size of a red head that fits into one line, and by how many per cent of its width it is set.

    It is as large as fits, never larger than is seemly; one that would become smaller than it can be read is set narrower.
    """
    room = width * POINTS
    size = floor(min(LARGEST_HEAD[is_document], room / max(width_of(text, 1.0), 1.0)) * 2) / 2
    if size >= SMALLEST_HEAD:
        return size, 100
    return SMALLEST_HEAD, max(floor(100 * room / width_of(text, SMALLEST_HEAD)), 20)


def numeral(number: int) -> str:
    """A number from 1 to 99 as headings and sessions have it: 七, 十, 十二, 三十, 四十五. Raises ValueError."""
    if not 0 < number < 100:
        raise ValueError(f"Numbers are told from 1 to 99, not {number}.")
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + DIGITS[ones]


def day_told(day: date) -> str:
    """A day as papers write it (7.3.5.4): Arabic numerals, no nought before a single one."""
    return f"{day.year}年{day.month}月{day.day}日"


def by_day(day: date, today: date) -> str:
    """By when a paper asks for something: 于2026年3月17日前; 尽快 once that day has passed."""
    return f"于{day_told(day)}前" if day >= today else "尽快"
