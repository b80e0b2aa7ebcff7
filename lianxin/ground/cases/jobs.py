"""What time does to cases: clocks pass their lines, promises lapse, days for rating end, holders go away."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianxin.ground.cases import clocks, undoing
from lianxin.ground.cases.models import Case, Handover, Promise
from lianxin.ground.cases.registry import gone, kind_of
from lianxin.ground.cases.settling import open_ratings
from lianxin.ground.core.clock import day_of, now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.jobs import Job

LATE, LONG_LATE = "late", "long_late"


def tell_late(due_at: datetime) -> str:
    """Tell of every clock that passed a line since it was last asked: once when late, once when long late, by the preset."""
    at, told = now(), 0
    for handover in _each(Handover.objects.running().filter(due_on__lt=day_of(at)).exclude(late_told=LONG_LATE)):
        kind = kind_of(handover.case)
        assert handover.due_on
        line = LONG_LATE if clocks.is_long_late(handover.due_on, kind.lines(handover), day_of(at)) else LATE
        if line != handover.late_told:
            told += _unless_overtaken(kind.late, handover, line, at)
    return str(told)


def _unless_overtaken(act: Callable[..., None], *told: Any) -> bool:
    """Do it; whether it was done. What somebody did a moment ago, or what has nobody to go to, keeps no other from its turn."""
    try:
        act(*told)
    except RuleError:
        return False
    return True


def lapse(due_at: datetime) -> str:
    """Promises whose day is over and that nobody said were kept: their matters begin anew."""
    at, count = now(), 0
    over = Promise.objects.filter(due_on__lt=day_of(at), kept_at__isnull=True, lapsed_at__isnull=True)
    for promise in over.select_related("case").order_by("due_on", "pk"):
        count += _unless_overtaken(kind_of(promise.case).lapsed, promise, at)
    return str(count)


def end_judging(due_at: datetime) -> str:
    """Answered cases whose days for rating are over end: rated by some, or by nobody."""
    at, count = now(), 0
    waiting = Case.objects.open().filter(waits_for=Case.WaitsFor.JUDGING, due_on__lt=day_of(at))
    for case in waiting.order_by("due_on", "pk"):
        if not open_ratings(case).filter(due_on__gte=day_of(at)).exists():
            count += _unless_overtaken(kind_of(case).over, case, at)
    return str(count)


def hand_back(due_at: datetime) -> str:
    """What lies with somebody who is there no more goes back to the office."""
    at, count = now(), 0
    for kind, ids in _holders().items():
        for handover in _each(Handover.objects.running().held_by(kind, gone(kind, ids, day_of(at)))):
            count += _unless_overtaken(kind_of(handover.case).orphaned, handover, at)
    return str(count)


def _holders() -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = {}
    for kind, id in Handover.objects.running().values_list("party_kind", "party_id").distinct():
        found.setdefault(kind, set()).add(id)
    return found


def _each(handovers: QuerySet[Handover]) -> list[Handover]:
    """Read at once: what is done to one may end others."""
    return list(handovers.select_related("case").order_by("handed_at", "pk"))


def tidy(due_at: datetime) -> str:
    """Steps that can be taken back no more go."""
    return str(undoing.forget(now()))


JOBS = (
    Job("cases.late", _("提醒逾期"), tell_late, at=time(7, 30)),
    Job("cases.lapse", _("到期的承诺"), lapse, at=time(0, 20)),
    Job("cases.judging", _("评价到期"), end_judging, at=time(0, 30)),
    Job("cases.hand_back", _("经办方不在了的事项"), hand_back, every=timedelta(hours=1)),
    Job("cases.tidy", _("清理可撤销的步骤"), tidy, at=time(4, 10)),
)
