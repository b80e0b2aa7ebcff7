"""What time does to suggestions: who is asked by `cases` when a clock passes a line, and from when on."""

from lianxin.affairs.suggestions.actions import answering, submitting
from lianxin.affairs.suggestions.models.suggestion import KIND
from lianxin.affairs.suggestions.rules import clock_of
from lianxin.ground.cases.models import Handover
from lianxin.ground.cases.registry import CaseKind
from lianxin.ground.rulebook import in_force
from lianxin.lib.calendars import Thresholds


def lines(handover: Handover) -> Thresholds:
    """From when on it is soon due, and long late: by the preset, as it stood when it was handed over."""
    return clock_of(in_force(handover.started_on, handover.case.body_id), handover.role).lines


CASE_KIND = CaseKind(
    KIND,
    late=answering.tell_late,
    lapsed=answering.lapse_promise,
    over=answering.end_unjudged,
    orphaned=submitting.hand_back,
    lines=lines,
)
