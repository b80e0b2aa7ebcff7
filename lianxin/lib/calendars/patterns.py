"""The days a rule names, before any holiday moves them: 每月5日, 每周二, 每月第2个周四, 农历逢一、六."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from .lunar import lunar_date
from .words import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, english_list, english_ordinal

EVERY_MONTH = frozenset(range(1, 13))
ODD_MONTHS = frozenset(range(1, 13, 2))
EVEN_MONTHS = frozenset(range(2, 13, 2))
QUARTER_STARTS = frozenset({1, 4, 7, 10})

_MONTHS_ZH = {EVERY_MONTH: "每月", ODD_MONTHS: "单月", EVEN_MONTHS: "双月", QUARTER_STARTS: "每季度首月"}
_MONTHS_EN = {
    EVERY_MONTH: "every month",
    ODD_MONTHS: "every odd month",
    EVEN_MONTHS: "every even month",
    QUARTER_STARTS: "the first month of every quarter",
}
_WEEKDAYS_ZH = "一二三四五六日"


class Pattern(Protocol):
    """规律: tells of any day whether the rule names it, and says itself in words that `parse_rule` reads back."""

    def includes(self, day: date) -> bool:
        """Whether the rule names this day."""

    def chinese(self) -> str:
        """The rule in Chinese."""

    def english(self) -> str:
        """The rule in English."""


def days_of(pattern: Pattern, start: date, end: date) -> Iterator[date]:
    """The days the pattern names from `start` to `end`, both included, in order."""
    days = (date.fromordinal(number) for number in range(start.toordinal(), end.toordinal() + 1))
    return (day for day in days if pattern.includes(day))


@dataclass(frozen=True)
class DaysOfMonth:
    """每月某日: fixed days of the month, 1 to 31. In a month without that day it is the month's last day."""

    days: frozenset[int]
    months: frozenset[int] = EVERY_MONTH

    def __post_init__(self) -> None:
        _require(self.days, range(1, 32), "days of the month")
        _require(self.months, range(1, 13), "months")

    def includes(self, day: date) -> bool:
        """Whether the rule names this day."""
        if day.month not in self.months:
            return False
        return day.day in self.days or max(self.days) > day.day == monthrange(day.year, day.month)[1]

    def chinese(self) -> str:
        """For example 每月5日, 单月5日、20日."""
        return f"{_months_zh(self.months)}{'、'.join(f'{day}日' for day in sorted(self.days))}"

    def english(self) -> str:
        """For example "the 5th of every month"."""
        return f"the {english_list(map(english_ordinal, sorted(self.days)))} of {_months_en(self.months)}"


@dataclass(frozen=True)
class Weekdays:
    """每周某日: fixed days of every week, 1 for Monday to 7 for Sunday."""

    weekdays: frozenset[int]

    def __post_init__(self) -> None:
        _require(self.weekdays, range(1, 8), "weekdays")

    def includes(self, day: date) -> bool:
        """Whether the rule names this day."""
        return day.isoweekday() in self.weekdays

    def chinese(self) -> str:
        """For example 每周一、三."""
        return f"每周{'、'.join(_WEEKDAYS_ZH[weekday - 1] for weekday in sorted(self.weekdays))}"

    def english(self) -> str:
        """For example "every Monday and Wednesday"."""
        return f"every {english_list(ENGLISH_WEEKDAYS[weekday - 1] for weekday in sorted(self.weekdays))}"


@dataclass(frozen=True)
class NthWeekday:
    """每月第几个周几: the first to fourth, or the last (-1), of a weekday in a month. A fifth is not in every month."""

    nth: int
    weekday: int
    months: frozenset[int] = EVERY_MONTH

    def __post_init__(self) -> None:
        _require({self.nth}, (1, 2, 3, 4, -1), "place in the month")
        _require({self.weekday}, range(1, 8), "weekday")
        _require(self.months, range(1, 13), "months")

    def includes(self, day: date) -> bool:
        """Whether the rule names this day."""
        if day.isoweekday() != self.weekday or day.month not in self.months:
            return False
        if self.nth == -1:
            return day.day + 7 > monthrange(day.year, day.month)[1]
        return (day.day - 1) // 7 == self.nth - 1

    def chinese(self) -> str:
        """For example 每月第2个周四, 每月最后一个周五."""
        place = "最后一个" if self.nth == -1 else f"第{self.nth}个"
        return f"{_months_zh(self.months)}{place}周{_WEEKDAYS_ZH[self.weekday - 1]}"

    def english(self) -> str:
        """For example "the 2nd Thursday of every month"."""
        place = "last" if self.nth == -1 else english_ordinal(self.nth)
        return f"the {place} {ENGLISH_WEEKDAYS[self.weekday - 1]} of {_months_en(self.months)}"


class Reckoning(StrEnum):
    """历法: by which calendar a market counts its days."""

    LUNAR = "lunar"  # 农历
    GREGORIAN = "gregorian"  # 公历


@dataclass(frozen=True)
class MarketDays:
    """赶集日 逢一、六: the days of the month whose last digit is one of `digits` (0 is 逢十: the 10th, 20th and 30th).

    A month that lacks a day (a lunar month of 29 days has no 30th) lacks that market.
    """

    digits: frozenset[int]
    reckoning: Reckoning = Reckoning.LUNAR

    def __post_init__(self) -> None:
        _require(self.digits, range(10), "digits")

    def includes(self, day: date) -> bool:
        """Whether the rule names this day."""
        number = lunar_date(day).day if self.reckoning is Reckoning.LUNAR else day.day
        return number % 10 in self.digits

    def chinese(self) -> str:
        """For example 农历逢一、六."""
        digits = sorted(digit or 10 for digit in self.digits)
        name = "农历" if self.reckoning is Reckoning.LUNAR else "公历"
        return f"{name}逢{'、'.join('一二三四五六七八九十'[digit - 1] for digit in digits)}"

    def english(self) -> str:
        """For example "lunar days ending in 1 and 6"."""
        name = "lunar" if self.reckoning is Reckoning.LUNAR else "Gregorian"
        return f"{name} days of the month ending in {english_list(map(str, sorted(self.digits)))}"


def _require(given: Iterable[int], allowed: Iterable[int], what: str) -> None:
    wrong = set(given) - set(allowed)
    if wrong or not set(given):
        raise ValueError(f"{what}: {sorted(given)} found, some of {sorted(allowed)} expected")


def _months_zh(months: frozenset[int]) -> str:
    return _MONTHS_ZH.get(months) or f"每年{'、'.join(f'{month}月' for month in sorted(months))}的"


def _months_en(months: frozenset[int]) -> str:
    return _MONTHS_EN.get(months) or f"every {english_list(ENGLISH_MONTHS[month - 1] for month in sorted(months))}"
