"""The clock of a matter in a list, read from its projection alone."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.affairs.opinions.rules import Role, clock_of
from lianxin.ground.cases import clocks
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.cases.working import clock_rule
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.rulebook import in_force
from lianxin.lib.calendars import Thresholds

WaitsFor = Case.WaitsFor
_HOLDS = {
    WaitsFor.MEETING: Role.MEETING,
    WaitsFor.DEPUTY: Role.ANSWER,
    WaitsFor.UNIT: Role.LEAD,
    WaitsFor.SUGGESTION: Role.RAISED,
}


@dataclass(frozen=True)
class Chip:
    """A clock in a word: its level for colour and shape, and what it says."""

    level: str
    words: str


def lines(handover: Handover) -> Thresholds:
    """From when on a handover is soon due, and long late: by the preset, as it stood when it was handed over."""
    return clock_of(in_force(handover.started_on, handover.case.body_id), handover.role).lines


def _lines(case: Case, day: date) -> Thresholds:
    """The same of a case of which only its projection was read, by the preset of that day."""
    preset = in_force(day, case.body_id)
    if case.waits_for == WaitsFor.JUDGING:
        return clock_rule(preset, "opinions_judge").lines
    sorts = Role.SORT if case.stage == Case.Stage.RECEIVED else Role.ASSIGN
    return clock_of(preset, _HOLDS.get(WaitsFor(case.waits_for), sorts)).lines


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
    return case.waits_for in (WaitsFor.DEPUTY, WaitsFor.SUGGESTION, WaitsFor.JUDGING)


def _late(case: Case, due_on: date, day: date) -> Chip:
    if case.waits_for == WaitsFor.JUDGING:
        return Chip("plenty", _("评价期到了"))
    days = (day - due_on).days
    level = "long_late" if clocks.is_long_late(due_on, _lines(case, day), day) else "late"
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
    return Chip("soon" if clocks.is_soon(due_on, _lines(case, day), day) else "plenty", words % {"left": left})
