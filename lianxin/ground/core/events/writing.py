"""How events come into the record: one statement each for events, parties, measures and texts."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.events.kinds import WORD, EventKind, kind
from lianxin.ground.core.models import Event, EventMeasure, EventParty, EventText


@dataclass(frozen=True)
class Ref:
    """What an event is about: the kind of thing, and its id."""

    kind: str
    id: UUID


@dataclass(frozen=True)
class Party:
    """For whom an event counts, in which role, with which share."""

    kind: str
    id: UUID
    role: str
    share: tuple[int, int] = (1, 1)


@dataclass(frozen=True)
class Place:
    """Where it happened: official codes as they were on that day; nothing that is not known."""

    county: str = ""
    township: str = ""
    village: str = ""


@dataclass(frozen=True)
class Entry:
    """One event to be recorded. `of` and `effect` say what it does to another event."""

    kind: str
    subject: Ref
    by: UUID | None
    at: datetime
    body: UUID | None = None
    place: Place = Place()
    parties: Sequence[Party] = ()
    measures: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    rule_version: str = ""
    of: Event | None = None
    effect: str = Event.Effect.NONE


class OutsideTransaction(RuntimeError):
    """An event was to be written outside a transaction: what it tells of could then fail alone."""


def record(kind: str, **entry: Any) -> Event:
    """Write one event (see Entry) and return it. Raises UnknownKind, ValueError for what the kind does not declare."""
    return record_all([Entry(kind, **entry)])[0]


def record_all(entries: Sequence[Entry]) -> list[Event]:
    """Write many events with one statement each for events, parties, measures and texts."""
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction("Events are written inside the transaction of what they tell of.")
    recorded_at = now()
    events, parties, measures, texts = [], [], [], []
    for entry in entries:
        declared = kind(entry.kind)
        _check(declared, entry)
        event = _event(declared, entry, recorded_at)
        events.append(event)
        parties += [
            EventParty(
                event=event, kind=p.kind, party_id=p.id, role=p.role,
                share_of=p.share[0], share_in=p.share[1], happened_on=event.happened_on,
            )
            for p in entry.parties
        ]  # fmt: skip
        measures += [
            EventMeasure(event=event, name=name, unit=declared.measures[name], count=count)
            for name, count in entry.measures.items()
        ]
        for name, text in entry.texts.items():
            salt = secrets.token_bytes(16)
            event.facts[f"text:{name}"] = EventText.salted_hash(salt, text)
            texts.append(EventText(event=event, name=name, text=text, salt=salt))
    Event.objects.bulk_create(events)
    EventParty.objects.bulk_create(parties)
    EventMeasure.objects.bulk_create(measures)
    EventText.objects.bulk_create(texts)
    return events


def _event(declared: EventKind, entry: Entry, recorded_at: datetime) -> Event:
    return Event(
        kind=declared.code,
        subject_kind=entry.subject.kind,
        subject_id=entry.subject.id,
        by_id=entry.by,
        happened_at=entry.at,
        recorded_at=recorded_at,
        happened_on=timezone.localdate(entry.at),
        recorded_on=timezone.localdate(recorded_at),
        body_id=entry.body,
        county=entry.place.county,
        township=entry.place.township,
        village=entry.place.village,
        facts={name: _plain(value) for name, value in sorted(entry.facts.items())},
        rule_version=entry.rule_version,
        must_be_checked=declared.must_be_checked,
        of=entry.of,
        effect=entry.effect,
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value.isoformat() if isinstance(value, date) else value


def _check(declared: EventKind, entry: Entry) -> None:
    """Raise ValueError for anything the kind does not declare."""
    if entry.subject.kind != declared.subject:
        raise ValueError(f"{declared.code} is about a {declared.subject}, not a {entry.subject.kind}.")
    for said, allowed in (
        (entry.measures, declared.measures),
        (entry.facts, declared.facts),
        (entry.texts, declared.texts),
    ):
        if extra := set(said) - set(allowed):
            raise ValueError(f"{declared.code} does not declare {', '.join(sorted(extra))}.")
    if extra := {p.role for p in entry.parties} - set(declared.parties):
        raise ValueError(f"{declared.code} does not declare the party {', '.join(sorted(extra))}.")
    for name, value in entry.facts.items():
        if type(value) is not declared.facts[name]:
            raise ValueError(f"{declared.code}: {name} is a {declared.facts[name].__name__}, not {value!r}.")
        if isinstance(value, str) and not WORD.fullmatch(value):
            raise ValueError(f"{declared.code}: {name} is a code; free text belongs in texts.")


def annul(event: Event, *, by: UUID | None, at: datetime, reason: str, error: type[RuleError] = RuleError) -> Event:
    """Annul `event` with a reason. Raises `error` where it is annulled already (the record keeps the first)."""
    from django.utils.translation import gettext as _

    if not reason.strip():
        raise error(_("请写明撤销的原因。"))
    if event.said_of.filter(effect=Event.Effect.ANNULS).exists():
        raise error(_("这条记录已经撤销过了，不能再撤销一次。"))
    return record(
        "core.annulled",
        subject=Ref("event", event.id),
        by=by,
        at=at,
        body=event.body_id,
        texts={"reason": reason.strip()},
        of=event,
        effect=Event.Effect.ANNULS,
    )
