"""Taking the last step back: what it changed becomes what it was, and its event is annulled."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from lianxin.ground.cases import clocks
from lianxin.ground.cases.errors import NothingToUndo
from lianxin.ground.cases.models import Case, Handover, Pause, Step
from lianxin.ground.cases.settling import settle
from lianxin.ground.core.events import annul
from lianxin.ground.core.models import Event

UNDO_WITHIN = timedelta(seconds=60)  # the page offers it for ten; a slow line is given the rest
COLUMNS = ("stage", "outcome", "outcome_by")


def before(case: Case, **more: Any) -> dict[str, Any]:
    """What a step may change: columns of the case, which handovers run, and `more` that the caller keeps."""
    return {
        "case": {name: getattr(case, name) for name in COLUMNS},
        "running": [str(pk) for pk in case.handovers.running().values_list("pk", flat=True)],
        "held": [str(pk) for pk in _held(case).values_list("pk", flat=True)],
        "more": more,
    }


def _held(case: Case) -> QuerySet[Pause]:
    return Pause.objects.filter(handover__case=case, handover__ended_at__isnull=True, ended_on__isnull=True)


def note(case: Case, event: Event, was: dict[str, Any], *, by: UUID | None, at: datetime) -> Step:
    """The step that `event` tells of can be taken back until the next one. The case is held by the caller."""
    return Step.objects.create(case=case, edition=case.edition + 1, event=event, by_id=by, taken_at=at, before=was)


def undo(step_id: UUID, *, by: UUID, at: datetime, reason: str) -> tuple[Case, dict[str, Any], Event]:
    """Take a step back: whoever took it, within the minute, before anything else was done.

    Gives the case, what the caller kept, and the event that was annulled. Raises NothingToUndo.
    """
    with transaction.atomic():
        step = Step.objects.filter(pk=step_id).select_related("event").first()
        if step is None or step.by_id != by or at - step.taken_at > UNDO_WITHIN:
            raise NothingToUndo
        case = Case.objects.select_for_update().get(pk=step.case_id)
        if case.edition != step.edition:
            raise NothingToUndo
        annul(step.event, by=by, at=at, reason=reason)
        for name, value in step.before["case"].items():
            setattr(case, name, value)
        _restore_handovers(case, step.before, at)
        case.changed_at, case.edition = at, case.edition + 1
        settle(case)
        case.save()
        step.delete()
    return case, step.before["more"], step.event


def _restore_handovers(case: Case, was: dict[str, Any], at: datetime) -> None:
    ran, held = set(was["running"]), set(was["held"])
    for handover in case.handovers.running():
        if str(handover.pk) not in ran:
            handover.end(Handover.Ending.UNDONE, at=at)
    Handover.objects.filter(case=case, pk__in=ran, ended_at__isnull=False).update(ended_at=None, ending="")
    pauses = Pause.objects.filter(handover__case=case, handover__in=ran)
    pauses.filter(ended_on__isnull=True).exclude(pk__in=held).update(ended_on=F("began_on"))
    pauses.filter(pk__in=held).update(ended_on=None)
    for handover in case.handovers.running():
        clocks.set_due(handover)


def forget(at: datetime) -> int:
    """Steps that can be taken back no more go."""
    gone, _rows = Step.objects.filter(taken_at__lt=at - UNDO_WITHIN).delete()
    return gone
