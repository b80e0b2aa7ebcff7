"""Taking the last step back: what it changed becomes what it was, and its event is annulled."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import F

from lianxin.ground.cases import clocks
from lianxin.ground.cases.errors import NothingToUndo
from lianxin.ground.cases.models import Case, Handover, Pause, Rating, Reply, Step
from lianxin.ground.cases.settling import settle
from lianxin.ground.core.events import annul
from lianxin.ground.core.models import Event

UNDO_WITHIN = timedelta(seconds=60)  # the page offers it for less; a slow line is given the rest
CASE = ("stage", "ending", "ended_at", "outcome", "outcome_by", "returns", "body_id", "region_id", "merged_into_id")
HANDOVER = ("ended_at", "ending", "signed_in_at", "contacted_at", "return_asked_at")
REPLY = ("asked_at", "approved_by", "approved_at", "sent_at", "means")


def before(case: Case, **more: Any) -> dict[str, Any]:
    """What a step may change: the case, the handovers that run, their replies and pauses; and `more`, which the caller keeps."""
    running = list(case.handovers.running())
    pauses = Pause.objects.filter(handover__in=running, ended_on__isnull=True)
    return {
        "case": _kept(case, CASE),
        "handovers": _all_kept(running, HANDOVER),
        "replies": _all_kept(Reply.objects.filter(handover__in=running), REPLY),
        "paused": [str(pk) for pk in pauses.values_list("pk", flat=True)],
        "more": more,
    }


def note(case: Case, event: Event, was: dict[str, Any], *, by: UUID | None, at: datetime) -> Step:
    """The step that `event` tells of can be taken back until the next one. The case is held by the caller."""
    return Step.objects.create(case=case, edition=case.edition + 1, event=event, by_id=by, taken_at=at, before=was)


def undo(step_id: UUID, *, by: UUID, at: datetime, reason: str) -> tuple[Case, dict[str, Any], Event]:
    """Take a step back: whoever took it, within the minute, before anything else was done.

    An answer that had gone out is a draft again. Gives the case, what the caller kept, and the event that was annulled.
    Raises NothingToUndo.
    """
    with transaction.atomic():
        step = Step.objects.filter(pk=step_id).select_related("event").first()
        if step is None or step.by_id != by or at - step.taken_at > UNDO_WITHIN:
            raise NothingToUndo
        case = Case.objects.select_for_update().get(pk=step.case_id)
        if case.edition != step.edition:
            raise NothingToUndo
        annul(step.event, by=by, at=at, reason=reason)
        for name, value in _read(Case, step.before["case"]).items():
            setattr(case, name, value)
        _restore_handovers(case, step.before, at)
        _restore_replies(case, step.before)
        case.changed_at, case.edition = at, case.edition + 1
        settle(case)
        case.save()
        step.delete()
    return case, step.before["more"], step.event


def _restore_handovers(case: Case, was: Mapping[str, Any], at: datetime) -> None:
    ran = was["handovers"]
    for handover in case.handovers.running():
        if str(handover.pk) not in ran:
            handover.end(Handover.Ending.UNDONE, at=at)
    for pk, columns in ran.items():
        Handover.objects.filter(pk=pk).update(**_read(Handover, columns))
    pauses = Pause.objects.filter(handover__in=list(ran))
    pauses.filter(ended_on__isnull=True).exclude(pk__in=was["paused"]).update(ended_on=F("began_on"))
    pauses.filter(pk__in=was["paused"]).update(ended_on=None)
    for handover in case.handovers.running():
        clocks.set_due(handover)


def _restore_replies(case: Case, was: Mapping[str, Any]) -> None:
    for reply in Reply.objects.filter(handover__in=list(was["handovers"])):
        unsent = {"sent_at": None, "means": ""}
        if reply.sent_at and not was["replies"].get(str(reply.pk), unsent)["sent_at"]:
            Rating.objects.filter(case=case, round=reply.round_id, given_at__isnull=True).delete()
        columns = was["replies"].get(str(reply.pk), unsent)
        Reply.objects.filter(pk=reply.pk).update(**_read(Reply, columns))


def _kept(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Columns of a row as JSON can hold them."""
    return {name: _plain(getattr(row, name)) for name in names}


def _all_kept(rows: Iterable[models.Model], names: Iterable[str]) -> dict[str, dict[str, Any]]:
    return {str(row.pk): _kept(row, names) for row in rows}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _read(model: type[models.Model], columns: Mapping[str, Any]) -> dict[str, Any]:
    """The same columns as the rows of `model` hold them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in columns.items()}


def forget(at: datetime) -> int:
    """Steps that can be taken back no more go."""
    gone, _rows = Step.objects.filter(taken_at__lt=at - UNDO_WITHIN).delete()
    return gone
