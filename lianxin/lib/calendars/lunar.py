"""The lunar calendar 农历: the lunar date of a day, and the day of a lunar date."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from lunar_python import LunarYear  # type: ignore[import-untyped, unused-ignore]

_MONTHS = "正二三四五六七八九十冬腊"
_DIGITS = "一二三四五六七八九十"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ORDINAL_OF_JULIAN_DAY = 1721425  # a day's Julian day number at noon, less its proleptic ordinal


@dataclass(frozen=True, slots=True)
class LunarDate:
    """农历日期: lunar year (named by the Gregorian year it begins in), month, day, and whether the month is a leap one."""

    year: int
    month: int
    day: int
    is_leap_month: bool = False

    def chinese(self) -> str:
        """Month and day as people say them: 正月初一, 闰六月十五, 腊月廿三."""
        return f"{'闰' if self.is_leap_month else ''}{_MONTHS[self.month - 1]}月{lunar_day_name(self.day)}"

    def chinese_year(self) -> str:
        """The year by stem and branch: 丙午年."""
        return f"{_STEMS[(self.year - 4) % 10]}{_BRANCHES[(self.year - 4) % 12]}年"


class _Month(NamedTuple):
    first: int  # the ordinal of its first day
    year: int
    month: int
    is_leap: bool
    length: int  # 29 or 30 days


def lunar_day_name(day: int) -> str:
    """The name of a day of a lunar month, 1 to 30: 初一, 十五, 廿三, 三十."""
    if not 1 <= day <= 30:
        raise ValueError(f"a lunar month has no day {day}")
    if day in (10, 20, 30):
        return {10: "初十", 20: "二十", 30: "三十"}[day]
    return "初十廿"[day // 10] + _DIGITS[day % 10 - 1]


@lru_cache(maxsize=4096)
def lunar_date(day: date) -> LunarDate:
    """The lunar date of a day. Lunar days begin at midnight, China time."""
    month = _month_of(day.toordinal(), day.year)
    return LunarDate(month.year, month.month, day.toordinal() - month.first + 1, month.is_leap)


def lunar_month_length(day: date) -> int:
    """How many days the lunar month has in which the day falls: 29 (小月) or 30 (大月)."""
    return _month_of(day.toordinal(), day.year).length


def day_of(lunar: LunarDate) -> date:
    """The day of a lunar date. Raises ValueError if that year has no such month or that month no such day."""
    for month in _months(lunar.year):
        if (month.month, month.is_leap) == (lunar.month, lunar.is_leap_month) and 1 <= lunar.day <= month.length:
            return date.fromordinal(month.first) + timedelta(days=lunar.day - 1)
    raise ValueError(f"{lunar} does not exist")


def _month_of(ordinal: int, year: int) -> _Month:
    months = _months(year)
    if ordinal < months[0].first:  # before the lunar new year
        months = _months(year - 1)
    return months[bisect_right(months, ordinal, key=lambda month: month.first) - 1]


@lru_cache(maxsize=256)
def _months(year: int) -> tuple[_Month, ...]:
    """The months of a lunar year in order; the library marks a leap month by a negative number."""
    return tuple(
        _Month(
            first=int(month.getFirstJulianDay()) - _ORDINAL_OF_JULIAN_DAY,
            year=year,
            month=abs(month.getMonth()),
            is_leap=month.getMonth() < 0,
            length=month.getDayCount(),
        )
        for month in LunarYear.fromYear(year).getMonthsInYear()
    )
