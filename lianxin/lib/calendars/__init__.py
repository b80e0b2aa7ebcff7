"""Days, working days, half-days, lunar days, recurring days, spans and clocks of a Chinese office.

Holidays come from yearly files (`years/`), checked when loaded; an installation adds a year by a directory of its own:

    calendar = Calendar.load(directory)           # or shipped_calendar()
    calendar.add_working_days(day, 30)
    next_after(parse_rule("每月5日，遇节假日顺延"), day, calendar)
    read_clock(Clock(started=day, span=Span.parse("30个工作日"), thresholds=thresholds), today, calendar)

What needs a year without a file refuses (YearNotAnnounced) or, in `next_after`, `between` and `read_clock`, marks its
answer as not certain. Everything is pure: no Django, no clock of its own, nothing stored.
"""

from .clocks import Clock, ClockReading, ClockState, Level, Pause, Thresholds
from .days import CHINA_TIME, Calendar, DayKind, local_day, shipped_calendar
from .errors import RuleTextError, SpanError, YearFileError, YearNotAnnounced
from .halfdays import Half, HalfDay, count_half_days, count_working_half_days, half_days, half_days_as_days
from .lunar import LunarDate, day_of, lunar_date, lunar_day_name, lunar_month_length
from .patterns import (
    EVEN_MONTHS,
    EVERY_MONTH,
    ODD_MONTHS,
    QUARTER_STARTS,
    DaysOfMonth,
    MarketDays,
    NthWeekday,
    Pattern,
    Reckoning,
    Weekdays,
    days_of,
)
from .readings import read_clock
from .recurrence import Avoid, Move, Occurrence, Recurrence, Why, between, next_after, occurrence_of
from .ruletext import parse_rule
from .spans import Span, Unit, span_end
from .words import chinese_day, english_day, english_holiday
from .yearfiles import SHIPPED, Year, read_year, read_years

__all__ = [
    "CHINA_TIME",
    "EVEN_MONTHS",
    "EVERY_MONTH",
    "ODD_MONTHS",
    "QUARTER_STARTS",
    "SHIPPED",
    "Avoid",
    "Calendar",
    "Clock",
    "ClockReading",
    "ClockState",
    "DayKind",
    "DaysOfMonth",
    "Half",
    "HalfDay",
    "Level",
    "LunarDate",
    "MarketDays",
    "Move",
    "NthWeekday",
    "Occurrence",
    "Pattern",
    "Pause",
    "Reckoning",
    "Recurrence",
    "RuleTextError",
    "Span",
    "SpanError",
    "Thresholds",
    "Unit",
    "Weekdays",
    "Why",
    "Year",
    "YearFileError",
    "YearNotAnnounced",
    "between",
    "chinese_day",
    "count_half_days",
    "count_working_half_days",
    "day_of",
    "days_of",
    "english_day",
    "english_holiday",
    "half_days",
    "half_days_as_days",
    "local_day",
    "lunar_date",
    "lunar_day_name",
    "lunar_month_length",
    "next_after",
    "occurrence_of",
    "parse_rule",
    "read_clock",
    "read_year",
    "read_years",
    "shipped_calendar",
    "span_end",
]
