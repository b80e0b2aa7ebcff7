"""What a cell says, as offices fill it: full-width digits, phones as numbers, days in many forms, spaces at the end."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?: 0?0:00(?::00)?)?")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
EXCEL_EPOCH = date(1899, 12, 30)  # the day zero of serial days in workbooks of the 1900 system
EARLIEST, LATEST = date(1950, 1, 1), date(2099, 12, 31)  # the first congresses met in 1954
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how a workbook writes what XML cannot hold (ECMA-376, 22.9.2.19)
DASHES = str.maketrans(dict.fromkeys("－–—‐−﹣", "-"))
DOTS = str.maketrans(dict.fromkeys("•・‧．∙●", "·"))
EXACT = 10**15  # a workbook keeps no more digits of a number than these
PHONE = re.compile(r"1[3-9][0-9]{9}|0[0-9]{9,11}")
CHINESE_NUMBER = re.compile(r"(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?")
CHINESE_DIGITS = str.maketrans("〇○◯零一二三四五六七八九", "0000123456789")
CHINESE_DAY = re.compile(
    r"([\d〇○◯零一二三四五六七八九]{4})年([\d一二三四五六七八九十]+)月([\d一二三四五六七八九十]+)[日号]?"
)


UNSEEN = ("Cc", "Cf", "Cs")  # controls, marks without width, halves of a character
VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))  # which glyph of a character to draw


class _Narrow(dict[int, str]):
    """Each character as `text` keeps it, worked out when it is first met: full-width letters narrow, unseen ones gone."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isspace():
            kept = " "
        elif unicodedata.category(char) in UNSEEN or any(code in variants for variants in VARIANTS):
            kept = ""
        else:
            kept = unicodedata.normalize("NFKC", char) if char.isalnum() else char
        self[code] = kept
        return kept


NARROW = _Narrow()


class NotThat(ValueError):
    """The cell does not say what its column wants. `expected` is told where the column's own words are too general.

    `nearest` is the right word that was perhaps meant.
    """

    def __init__(self, expected: str | Promise = "", nearest: str = ""):
        super().__init__(expected)
        self.expected, self.nearest = expected, nearest


def text(value: Any) -> str:
    """The cell as words: full-width letters and digits made narrow, spaces at both ends and invisible ones gone.

    Chinese punctuation is kept as it is typed: only letters, digits and spaces have a narrow form worth wanting.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d")
    return _clean(str(value))


@lru_cache(maxsize=10_000)  # most words of a roster stand in many rows
def _clean(said: str) -> str:
    if "_x" in said:
        said = ESCAPED.sub(lambda found: chr(int(found[1], 16)), said)
    if not (said.isascii() and said.isprintable()):
        said = said.translate(NARROW)
    return " ".join(said.split())


def words(most: int) -> Callable[[Any], str]:
    """A reader for a cell of at most so many characters; raises NotThat."""

    def read(value: Any) -> str:
        return _short(text(value), most)

    return read


def code(most: int) -> Callable[[Any], str]:
    """A reader for a number that names something, such as a card's: digits that a workbook has lost are refused."""

    def read(value: Any) -> str:
        if isinstance(value, int | float) and abs(value) >= EXACT:
            raise NotThat(_("完整的号码：Excel 把它当数字，丢了末几位。请把这一列设成文本格式，再填一遍"))
        return _short(text(value), most)

    return read


def name(most: int) -> Callable[[Any], str]:
    """A reader for a person's name: spaces between two Han characters (张 三) are only there to align a column."""

    def read(value: Any) -> str:
        said = text(value)
        if said.isalpha():
            return _short(said, most)
        said = re.sub(r"(?<=\W) | (?=\W)", "", _together(said).translate(DOTS))
        letters = [c for c in said if unicodedata.category(c)[0] in "LM"]
        if not letters or set(said) - set(letters) - set(" ·'’-."):
            raise NotThat(_("只有姓名：不带括号、数字和符号，也不用只有自己电脑才有的造字"))
        return _short(said, most)

    return read


def number(least: int, most: int) -> Callable[[Any], int]:
    """A reader for a whole number, also written 第七届, 七 or with full-width digits; raises NotThat."""

    def read(value: Any) -> int:
        said = re.sub(r"^第|[届次个名]$", "", text(value).replace(" ", ""))
        if said and CHINESE_NUMBER.fullmatch(said):
            found = _counted(said)
        elif said.isascii() and said.isdecimal() and len(said) <= 9:
            found = int(said)
        else:
            raise NotThat
        if not least <= found <= most:
            raise NotThat(format_lazy(_("{least}到{most}之间的数字"), least=least, most=most))
        return found

    return read


def phone(value: Any) -> str:
    """A phone number as digits: a mobile of 11, or a landline with its area code; raises NotThat."""
    said = text(value)
    if PHONE.fullmatch(said):
        return said
    said = said.translate(DASHES)
    if found := re.fullmatch(r"(\d)\.?(\d*)[Ee]\+?(\d+)", said):
        if len(found[2]) < int(found[3]):
            raise NotThat(_("完整的11位手机号：Excel 把它当数字，丢了末几位。请把这一列设成文本格式，再填一遍"))
        said = found[1] + found[2]
    digits = re.sub(r"[\s()（）-]|\.0$", "", said)
    digits = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", digits)
    if not PHONE.fullmatch(digits):
        raise NotThat
    return digits


def day(value: Any) -> date:
    """A day: a real date, a serial day, 2021-12-03, 2021.12.3, 2021/12/3, 2021年12月3日, 二〇二一年十二月三日 or 20211203; raises NotThat."""
    found = _day(value)
    if not EARLIEST <= found <= LATEST:
        raise NotThat
    return found


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    said = unicodedata.normalize("NFKC", text(int(value) if isinstance(value, float) else value)).translate(DASHES)
    if re.fullmatch(r"\d{5}", said):
        return EXCEL_EPOCH + timedelta(days=int(said))
    found = DAY.fullmatch(_in_digits(said)) or COMPACT_DAY.fullmatch(said)
    if not found:
        raise NotThat
    try:
        return date(*map(int, found.groups()))
    except ValueError as wrong:
        raise NotThat(_("日历上有的一天")) from wrong


def _in_digits(said: str) -> str:
    """A day whose numbers are written in Chinese, with these in digits; everything else as it is."""
    if not (found := CHINESE_DAY.fullmatch(said.replace(" ", ""))):
        return said
    year, *month_and_day = found.groups()
    if not all(number.isdecimal() or CHINESE_NUMBER.fullmatch(number) for number in month_and_day):
        return said
    month, on = (number if number.isdecimal() else str(_counted(number)) for number in month_and_day)
    return f"{year.translate(CHINESE_DIGITS)}年{month}月{on}日"


def _counted(said: str) -> int:
    """The number up to 99 that CHINESE_NUMBER reads."""
    tens, ten, ones = said.rpartition("十")
    return int(unicodedata.numeric(tens or "一") if ten else 0) * 10 + int(unicodedata.numeric(ones) if ones else 0)


def yes(value: Any) -> bool:
    """是 or 否, also √, yes, no; raises NotThat."""
    said = text(value).lower()
    if said in ("是", "√", "✓", "yes", "y", "同意", "公开", "1"):
        return True
    if said in ("否", "×", "no", "n", "不同意", "不公开", "0"):
        return False
    raise NotThat


def _together(said: str) -> str:
    return re.sub(r"(?<=[\u2e80-\u9fff\U00020000-\U0003ffff]) (?=[\u2e80-\u9fff\U00020000-\U0003ffff])", "", said)


def _short(said: str, most: int) -> str:
    if len(said) > most:
        raise NotThat(format_lazy(_("不超过{most}个字"), most=most))
    return said
