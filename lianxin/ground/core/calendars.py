"""The working calendar of this installation: the years shipped, and those an operator added."""

from functools import cache

from django.conf import settings

from lianxin.lib.calendars import Calendar


@cache
def working_calendar() -> Calendar:
    """The calendar, read once. Raises YearFileError where an added year's file does not hold up."""
    return Calendar.load(settings.CALENDARS)
