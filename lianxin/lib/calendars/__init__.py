"""Days, working days and holidays of a Chinese office. Pure: no Django, no clock of its own, nothing stored."""

from .days import CHINA_TIME, Calendar, DayKind, local_day, shipped_calendar
from .errors import RuleTextError, SpanError, YearFileError, YearNotAnnounced
from .halfdays import Half, HalfDay, count_half_days, count_working_half_days, half_days, half_days_as_days
from .lunar import LunarDate, day_of, lunar_date, lunar_day_name, lunar_month_length
from .words import chinese_day, english_day, english_holiday
from .yearfiles import SHIPPED, Year, read_year, read_years

__all__ = [
    "CHINA_TIME",
    "SHIPPED",
    "Calendar",
    "DayKind",
    "Half",
    "HalfDay",
    "LunarDate",
    "RuleTextError",
    "SpanError",
    "Year",
    "YearFileError",
    "YearNotAnnounced",
    "chinese_day",
    "count_half_days",
    "count_working_half_days",
    "day_of",
    "english_day",
    "english_holiday",
    "half_days",
    "half_days_as_days",
    "local_day",
    "lunar_date",
    "lunar_day_name",
    "lunar_month_length",
    "read_year",
    "read_years",
    "shipped_calendar",
]
