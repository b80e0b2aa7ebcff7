"""Half-days 半天: the smallest unit in which attendance is counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from functools import total_ordering
from typing import Self

from .days import CHINA_TIME, Calendar, local_day
from .words import ENGLISH_MONTHS

NOON = time(12)


class Half(StrEnum):
    """上午或下午: which half of a day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


@total_ordering
@dataclass(frozen=True, slots=True)
class HalfDay:
    """半天: the morning or the afternoon of one day. Half-days are ordered and stand in one unbroken row."""

    day: date
    half: Half

    @classmethod
    def of(cls, moment: datetime, zone: tzinfo = CHINA_TIME) -> Self:
        """The half-day of that moment in `zone`; noon itself is afternoon. Raises ValueError without a time zone."""
        local = moment.astimezone(zone)
        return cls(local_day(moment, zone), Half.MORNING if local.time() < NOON else Half.AFTERNOON)

    @classmethod
    def at(cls, position: int) -> Self:
        """The half-day at that position of the row: the inverse of `position`."""
        number, is_afternoon = divmod(position, 2)
        return cls(date.fromordinal(number), Half.AFTERNOON if is_afternoon else Half.MORNING)

    @property
    def position(self) -> int:
        """Its place in the row of all half-days: two a day, the morning first."""
        return self.day.toordinal() * 2 + (self.half is Half.AFTERNOON)

    def later(self, count: int) -> Self:
        """The half-day that many places later in the row; earlier, if count is negative."""
        return self.at(self.position + count)

    def chinese(self) -> str:
        """For example 2026年11月5日上午."""
        half = "上午" if self.half is Half.MORNING else "下午"
        return f"{self.day.year}年{self.day.month}月{self.day.day}日{half}"

    def english(self) -> str:
        """For example "the morning of 5 November 2026"."""
        return f"the {self.half.value} of {self.day.day} {ENGLISH_MONTHS[self.day.month - 1]} {self.day.year}"

    def __lt__(self, other: Self) -> bool:
        return self.position < other.position


def half_days(first: HalfDay, last: HalfDay) -> Iterator[HalfDay]:
    """The half-days from `first` to `last`, both included; none if last is before first."""
    return (HalfDay.at(position) for position in range(first.position, last.position + 1))


def count_half_days(first: HalfDay, last: HalfDay) -> int:
    """How many half-days there are from `first` to `last`, both included; 0 if last is before first.

    From the afternoon of the 3rd to the morning of the 5th there are four.
    """
    return max(0, last.position - first.position + 1)


def count_working_half_days(first: HalfDay, last: HalfDay, calendar: Calendar) -> int:
    """How many of the half-days from `first` to `last`, both included, lie in working days. Raises YearNotAnnounced."""
    return sum(calendar.is_working_day(half_day.day) for half_day in half_days(first, last))


def half_days_as_days(count: int) -> str:
    """The count of half-days written in days, exactly: 3 gives "1.5", 4 gives "2"."""
    sign = "-" if count < 0 else ""
    days, is_half = divmod(abs(count), 2)
    return f"{sign}{days}{'.5' if is_half else ''}"
