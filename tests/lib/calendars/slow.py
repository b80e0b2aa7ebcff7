"""The same answers worked out slowly, day by day, from another source: what the fast ones are held against."""

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar

from lianxin.lib.calendars import Move

ONE = timedelta(days=1)
LAST = date(2026, 12, 31)


def is_worked(day: date) -> bool:
    """By the chinesecalendar package; after its last year, Monday to Friday."""
    return day.weekday() < 5 if day > LAST else chinese_calendar.is_workday(day)


def add_working_days(day: date, count: int) -> date:
    step = ONE if count > 0 else -ONE
    while count:
        day += step
        if is_worked(day):
            count -= step.days
    return day


def days(start: date, end: date) -> Iterator[date]:
    while start <= end:
        yield start
        start += ONE


def moved(nominal: date, move: Move) -> date | None:
    if move is Move.NONE or is_worked(nominal):
        return nominal
    if move is Move.SKIP:
        return None
    for distance in range(1, 60):
        for candidate in (nominal + distance * ONE, nominal - distance * ONE):
            is_later = candidate > nominal
            allowed = move is Move.NEAREST or is_later == (move is Move.NEXT_WORKING_DAY)
            if allowed and is_worked(candidate):
                return candidate
    raise AssertionError(f"no working day near {nominal}")
