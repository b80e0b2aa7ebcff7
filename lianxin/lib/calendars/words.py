"""Days, weekdays and small numbers in Chinese and English words."""

import re
from collections.abc import Iterable
from datetime import date

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DIGITS = "零一二三四五六七八九"

_ENGLISH_HOLIDAYS = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "抗战胜利70周年纪念日": "the 70th anniversary of victory in 1945",
}
_CHINESE_NUMBER = re.compile(
    r"(?:([一二两三四五六七八九])百)?(?:零|([一二三四五六七八九])?十)?([一二两三四五六七八九])?"
)


def chinese_day(day: date) -> str:
    """For example 2026年10月8日（星期四）."""
    return f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def english_day(day: date) -> str:
    """For example "Thursday 8 October 2026"."""
    return f"{ENGLISH_WEEKDAYS[day.weekday()]} {day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def english_holiday(name: str) -> str:
    """The English name of a holiday, or of several joined by 、; a name not known here stays as it is."""
    return " and ".join(_english_holiday(part) for part in name.split("、"))


def _english_holiday(name: str) -> str:
    year, _, rest = name.rpartition("年")
    if year.isdecimal() and rest in _ENGLISH_HOLIDAYS:
        return f"{_ENGLISH_HOLIDAYS[rest]} {year}"
    return _ENGLISH_HOLIDAYS.get(name, name)


def parse_number(text: str) -> int | None:
    """The whole number that the text is, in figures or in Chinese up to 九百九十九; None if it is not one."""
    if text.isascii() and text.isdecimal():
        return int(text)
    found = _CHINESE_NUMBER.fullmatch(text)
    if not text or found is None or re.search("百[一二三四五六七八九]$", text):  # 一百五 may be 105 or 150
        return None
    hundreds, tens, ones = (_value(part) for part in found.groups())
    if "十" in text and not tens:
        tens = 1
    return hundreds * 100 + tens * 10 + ones


def _value(digit: str | None) -> int:
    return DIGITS.index("二" if digit == "两" else digit) if digit else 0


def english_list(words: Iterable[str]) -> str:
    """The words joined as English does: "a", "a and b", "a, b and c"."""
    *firsts, last = words
    return f"{', '.join(firsts)} and {last}" if firsts else last


def english_ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
