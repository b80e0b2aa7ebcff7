"""Working days: which days are worked, and how to count them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from .errors import YearFileError, YearNotAnnounced
from .yearfiles import SHIPPED, Year, read_years

CHINA_TIME = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


def local_day(moment: datetime, zone: tzinfo = CHINA_TIME) -> date:
    """The day on the wall calendar of `zone` at that moment. Raises ValueError for a moment without a time zone."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone, so nobody knows which day it is")
    return moment.astimezone(zone).date()


class DayKind(StrEnum):
    """日子的种类: why a day is worked or not."""

    WORKING = "working"  # 工作日
    MAKE_UP = "make_up"  # 调休上班的周末
    WEEKEND = "weekend"  # 周末
    HOLIDAY = "holiday"  # 节假日（放假通知写明的日子）


class Calendar:
    """工作日历: the days worked and not worked, by the yearly files.

    Strict: a question about a day in a year without a file raises YearNotAnnounced. `outlook` is the same calendar
    that instead assumes plain weeks (Monday to Friday worked) after its last year; whoever asks it must say that the
    answer is provisional for days after `last_day`.
    """

    def __init__(self, years: Sequence[Year], *, directory: Path = SHIPPED, assumes_plain_weeks: bool = False) -> None:
        """`directory` is named to people as the place for the next year's file."""
        _refuse_gaps(years, directory)
        self._given = tuple(years)
        self._directory = directory
        self._assumes_plain_weeks = assumes_plain_weeks
        self.years = tuple(year.year for year in years)
        self.first_day = date(self.years[0], 1, 1)
        self.last_day = date(self.years[-1], 12, 31)
        self._off = {day: name for year in years for day, name in year.off.items()}
        self._make_up = {day: name for year in years for day, name in year.work.items()}
        self._ordered = tuple(day for day in _days(self.first_day, self.last_day) if self._is_worked(day))
        self._working = frozenset(self._ordered)

    @classmethod
    def load(cls, directory: Path | None = None) -> Self:
        """The calendar of the files shipped, and of an installation's own directory, whose files win year by year.

        Raises YearFileError if a file does not hold up.
        """
        if directory is None:
            return cls(read_years(SHIPPED))
        return cls(read_years(SHIPPED, directory), directory=directory)

    @cached_property
    def version(self) -> str:
        """Names the data: it changes when a year's file is added or its days change. A stored due date keeps it."""
        digest = sha256("".join(year.digest for year in self._given).encode()).hexdigest()
        return f"{self.years[0]}-{self.years[-1]}.{digest[:12]}"

    @cached_property
    def outlook(self) -> Self:
        """This calendar, with plain weeks after its last announced year instead of a refusal."""
        if self._assumes_plain_weeks:
            return self
        return type(self)(self._given, directory=self._directory, assumes_plain_weeks=True)

    def covers(self, day: date) -> bool:
        """Whether the day's year has its file."""
        return self.first_day <= day <= self.last_day

    def is_working_day(self, day: date) -> bool:
        """Whether the day is worked: a weekday not given off, or a make-up day. Raises YearNotAnnounced."""
        if day in self._working:
            return True
        if self.first_day <= day <= self.last_day:
            return False
        self._refuse_unknown(day)
        return day.weekday() < 5

    def kind(self, day: date) -> DayKind:
        """Why the day is worked or not. Raises YearNotAnnounced."""
        if self.is_working_day(day):
            return DayKind.MAKE_UP if day in self._make_up else DayKind.WORKING
        return DayKind.HOLIDAY if day in self._off else DayKind.WEEKEND

    def holiday(self, day: date) -> str:
        """The Chinese name of the holiday the day is off for, or for which it is worked; "" for any other day."""
        return self._off.get(day) or self._make_up.get(day) or ""

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`. Raises YearNotAnnounced."""
        return self._worked(self._rank(day) + 1)

    def previous_working_day(self, day: date) -> date:
        """The last working day before `day`. Raises YearNotAnnounced."""
        return self._worked(self._rank(day - ONE_DAY))

    def working_day_from(self, day: date) -> date:
        """`day` itself if it is worked, else the first working day after it. Raises YearNotAnnounced."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after `day`, which itself is not counted; before it, if count is negative.

        `day` need not be a working day; 0 gives `day` back unchanged. Raises YearNotAnnounced.
        """
        if count == 0:
            return day
        return self._worked(self._rank(day) + count if count > 0 else self._rank(day - ONE_DAY) + count + 1)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and with `end`; negative if end is before start.

        So `working_days_between(d, add_working_days(d, n)) == n` for n > 0. Raises YearNotAnnounced.
        """
        return self._rank(end) - self._rank(start)

    def working_days(self, start: date, end: date) -> Iterator[date]:
        """The working days from `start` to `end`, both included. Raises YearNotAnnounced."""
        return (day for day in _days(start, end) if self.is_working_day(day))

    def _is_worked(self, day: date) -> bool:
        return day in self._make_up or (day.weekday() < 5 and day not in self._off)

    def _refuse_unknown(self, day: date) -> None:
        """Refuse a day without a file, unless plain weeks are assumed for it."""
        if day < self.first_day or (day > self.last_day and not self._assumes_plain_weeks):
            raise YearNotAnnounced(day.year, self.years, self._directory)

    def _rank(self, day: date) -> int:
        """How many working days there are from the first year's beginning to `day`, it included."""
        if day <= self.last_day:
            if day < self.first_day - ONE_DAY:
                self._refuse_unknown(day)
            return bisect_right(self._ordered, day)
        self._refuse_unknown(day)
        return len(self._ordered) + _weekdays_until(day) - _weekdays_until(self.last_day)

    def _worked(self, rank: int) -> date:
        """The working day of that rank, 1 being the first."""
        if 0 < rank <= len(self._ordered):
            return self._ordered[rank - 1]
        if rank <= 0:
            raise YearNotAnnounced(self.first_day.year - 1, self.years, self._directory)
        if not self._assumes_plain_weeks:
            raise YearNotAnnounced(self.last_day.year + 1, self.years, self._directory)
        return _weekday_of_rank(rank - len(self._ordered) + _weekdays_until(self.last_day))


@cache
def shipped_calendar() -> Calendar:
    """The calendar of the shipped files alone, read once."""
    return Calendar.load()


def _refuse_gaps(years: Sequence[Year], directory: Path) -> None:
    if not years:
        raise YearFileError(directory, None, "", "没有一个年份文件", "至少一个，例如 2026.yaml")
    for earlier, later in zip(years, years[1:], strict=False):
        if later.year != earlier.year + 1:
            found = f"有{earlier.year}年和{later.year}年，中间缺年份"
            raise YearFileError(directory, None, "", found, f"连续的年份，请补上 {earlier.year + 1}.yaml")


def _days(start: date, end: date) -> Iterator[date]:
    return (date.fromordinal(number) for number in range(start.toordinal(), end.toordinal() + 1))


def _weekdays_until(day: date) -> int:
    """How many Mondays to Fridays there are up to and with `day`; day 1 of the ordinals is a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def _weekday_of_rank(rank: int) -> date:
    """The Monday-to-Friday day that has that many up to and with it: the inverse of `_weekdays_until`."""
    weeks, rest = divmod(rank - 1, 5)
    return date.fromordinal(weeks * 7 + rest + 1)
