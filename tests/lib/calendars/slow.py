"""The same answers worked out slowly, day by day, from another source: what the fast ones are held against."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import chinese_calendar

from lianxin.lib.calendars import Clock, Move, Pause, Span, Unit

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


def month_end(start: date, months: int) -> date:
    """Civil Code, art. 202, one month after the other."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def is_paused(day: date, pauses: Sequence[Pause]) -> bool:
    return any(pause.began <= day and (pause.ended is None or day < pause.ended) for pause in pauses)


def counts(day: date, span: Span, pauses: Sequence[Pause]) -> bool:
    return not is_paused(day, pauses) and (span.unit is not Unit.WORKING_DAY or is_worked(day))


def due(clock: Clock, pauses: Sequence[Pause]) -> date:
    """The due day, with closed pauses only."""
    months = {Unit.MONTH: 1, Unit.HALF_YEAR: 6, Unit.YEAR: 12}.get(clock.span.unit)
    if months:
        day = month_end(clock.started, clock.span.count * months)
        owed = sum(is_paused(passed, pauses) for passed in days(clock.started + ONE, day))
    else:
        day, owed = clock.started, clock.span.count * (7 if clock.span.unit is Unit.WEEK else 1)
    while owed:
        day += ONE
        owed -= counts(day, clock.span, pauses)
    while clock.ends_on_working_day and (is_paused(day, pauses) or not is_worked(day)):
        day += ONE
    return day
