"""Days, working days and holidays of a Chinese office. Pure: no Django, no clock of its own, nothing stored."""

from .days import CHINA_TIME, Calendar, DayKind, local_day, shipped_calendar
from .errors import RuleTextError, SpanError, YearFileError, YearNotAnnounced
from .yearfiles import SHIPPED, Year, read_year, read_years

__all__ = [
    "CHINA_TIME",
    "SHIPPED",
    "Calendar",
    "DayKind",
    "RuleTextError",
    "SpanError",
    "Year",
    "YearFileError",
    "YearNotAnnounced",
    "local_day",
    "read_year",
    "read_years",
    "shipped_calendar",
]
