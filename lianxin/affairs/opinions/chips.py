"""The clock of a matter in a list, read from its projection alone."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.cases import clocks
from lianxin.ground.cases.models import Case
from lianxin.ground.core.calendars import working_calendar

WaitsFor = Case.WaitsFor


@dataclass(frozen=True)
class Chip:
    """A clock in a word: its level for colour and shape, and what it says."""

    level: str
    words: str


def chip(case: Case, day: date) -> Chip:
    """The clock of a case in a list: in working days where an office or unit moves, else in days."""
    if case.has_ended:
        return Chip("done", case.get_ending_display())
    if case.waits_for == WaitsFor.AUTHOR:
        return Chip("paused", _("停着"))
    if case.due_on is None:
        return Chip("plenty", _("没有期限"))
    if case.due_on == day:
        return Chip("today", _("今天到期"))
    if case.due_on < day:
        return _late(case, case.due_on, day)
    return _running(case, case.due_on, day)


def _in_days(case: Case) -> bool:
    return case.waits_for in (WaitsFor.DEPUTY, WaitsFor.JUDGING)


def _late(case: Case, due_on: date, day: date) -> Chip:
    if case.waits_for == WaitsFor.JUDGING:
        return Chip("plenty", _("评价期到了"))
    days = (day - due_on).days
    level = "long_late" if days > clocks.Lines().long_late.count else "late"
    if _in_days(case):
        return Chip(level, ngettext("超%(late)d天", "超%(late)d天", days) % {"late": days})
    late = working_calendar().outlook.working_days_between(due_on, day)
    words = ngettext("超%(late)d个工作日", "超%(late)d个工作日", late) if late else _("刚过期")
    return Chip(level, words % {"late": late} if late else words)


def _running(case: Case, due_on: date, day: date) -> Chip:
    if _in_days(case):
        left = (due_on - day).days
        words = ngettext("还剩%(left)d天", "还剩%(left)d天", left)
    else:
        left = working_calendar().outlook.working_days_between(day, due_on)
        words = ngettext("还剩%(left)d个工作日", "还剩%(left)d个工作日", left)
    return Chip("soon" if left <= clocks.Lines().soon.count else "plenty", words % {"left": left})
