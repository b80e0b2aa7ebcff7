"""What is said of an event afterwards: that it is annulled, confirmed, refused, or that a text of it is taken away.

Each holds the row of the event until its transaction ends, so that two people cannot say contrary things at once.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lianxin.ground.core import erasing
from lianxin.ground.core.backups import erasures, texts
from lianxin.ground.core.events.errors import (
    AlreadyAnnulled,
    AlreadyConfirmed,
    AlreadyRefused,
    CheckedTwice,
    NeedsNoCheck,
    NeedsReason,
    NotAnnullable,
    NoText,
    OwnWork,
)
from lianxin.ground.core.events.writing import Ref, record
from lianxin.ground.core.models import Effect, Event, EventText


def annul(event: Event, *, by: UUID | None, at: datetime, reason: str) -> Event:
    """Annul `event`. Raises NeedsReason, AlreadyAnnulled, NotAnnullable."""
    if event.effect in (Effect.ANNULS, Effect.REDACTS):
        raise NotAnnullable
    with transaction.atomic():
        _hold(event)
        return _say("core.annulled", event, by=by, at=at, reason=reason)


def confirm(event: Event, *, by: UUID, at: datetime, doers: Collection[UUID] = ()) -> Event:
    """Confirm `event` as one who was not there: neither its recorder nor one of `doers` (ids of users).

    Raises NeedsNoCheck, AlreadyAnnulled, AlreadyRefused, AlreadyConfirmed, CheckedTwice, OwnWork.
    """
    with transaction.atomic():
        confirmed_by = _open_to_check(event, by, doers)
        if by in confirmed_by:
            raise CheckedTwice
        return _say("core.confirmed", event, by=by, at=at)


def refuse(event: Event, *, by: UUID, at: datetime, reason: str, doers: Collection[UUID] = ()) -> Event:
    """Refuse to confirm `event`: it does not count. Raises as `confirm` does (two checks may be one person's), NeedsReason."""
    with transaction.atomic():
        _open_to_check(event, by, doers)
        return _say("core.refused", event, by=by, at=at, reason=reason)


def redact(event: Event, name: str, *, by: UUID | None, at: datetime, reason: str) -> Event:
    """Take the text `name` of `event` away for good, with its salt; the event keeps a hash that tells nothing.

    Raises NeedsReason, NoText. What a database file keeps of it afterwards, see erasing.
    """
    with transaction.atomic():
        held, _rows = EventText.objects.filter(event=event, name=name).delete()
        if not held:
            raise NoText
        erasures.note_after_commit(erasures.Erasure(texts.KIND, event.pk, at, name))
        erasing.forget_after_commit()
        return _say("core.redacted", event, by=by, at=at, reason=reason, facts={"text": name})


def _say(
    kind: str,
    event: Event,
    *,
    by: UUID | None,
    at: datetime,
    reason: str | None = None,
    facts: dict[str, str] | None = None,
) -> Event:
    if reason is not None and not reason.strip():
        raise NeedsReason
    return record(
        kind,
        subject=Ref("event", event.id),
        by=by,
        at=at,
        body=event.body_id,
        facts=facts or {},
        texts={} if reason is None else {"reason": reason.strip()},
        of=event,
    )


def _hold(event: Event) -> None:
    """Hold the row of the event. Raises AlreadyAnnulled."""
    Event.objects.select_for_update().get(pk=event.pk)
    if Event.objects.filter(of=event, effect=Effect.ANNULS).exists():
        raise AlreadyAnnulled


def _open_to_check(event: Event, by: UUID, doers: Collection[UUID]) -> set[UUID | None]:
    """Hold the event and answer who has confirmed it so far. Raises where nothing is left to check for this person."""
    if not event.checks_needed:
        raise NeedsNoCheck
    if by == event.by_id or by in doers:
        raise OwnWork
    _hold(event)
    said = Event.objects.standing().filter(of=event)
    if said.filter(effect=Effect.REFUSES).exists():
        raise AlreadyRefused
    confirmed_by = set(said.filter(effect=Effect.CONFIRMS).values_list("by_id", flat=True))
    if len(confirmed_by) >= event.checks_needed:
        raise AlreadyConfirmed
    return confirmed_by
