"""Days, working days and holidays of a Chinese office. Pure: no Django, no clock of its own, nothing stored."""

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
from .recurrence import Avoid, Move, Occurrence, Recurrence, Why, between, next_after, occurrence_of
from .ruletext import parse_rule
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
    "DayKind",
    "DaysOfMonth",
    "Half",
    "HalfDay",
    "LunarDate",
    "MarketDays",
    "Move",
    "NthWeekday",
    "Occurrence",
    "Pattern",
    "Reckoning",
    "Recurrence",
    "RuleTextError",
    "SpanError",
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
    "read_year",
    "read_years",
    "shipped_calendar",
]
