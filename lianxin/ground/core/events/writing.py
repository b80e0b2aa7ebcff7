"""How events come into the record: one statement each for events, parties, measures and texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone

from lianxin.ground.core.clock import day_of, now
from lianxin.ground.core.events.kinds import WORD, EventKind, FactType, Named, kind
from lianxin.ground.core.events.texts import new_text
from lianxin.ground.core.models import Event, EventMeasure, EventParty, EventText

LARGEST = 2**53 - 1  # whole numbers of JSON are exact up to here (RFC 8259, 6)


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
    """One event to be recorded, by a user's id, or None for the platform itself.

    `of` is the event that a kind with an effect speaks of. `checks` says how many people must confirm it, where a
    preset asks for another number than the kind does.
    """

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
    checks: int | None = None
    of: Event | None = None


class OutsideTransaction(RuntimeError):
    """An event was to be written outside a transaction: what it tells of could then fail alone."""


def record(kind: str, **entry: Any) -> Event:
    """Write one event (see Entry) and return it. Raises UnknownKind, ValueError for what does not fit the kind."""
    return record_all([Entry(kind, **entry)])[0]


def record_all(entries: Iterable[Entry]) -> list[Event]:
    """Write many events with one statement each for events, parties, measures and texts; all of them, or none."""
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction("Events are written inside the transaction of what they tell of.")
    rows = rows_of(entries)
    Event.objects.bulk_create(rows.events)
    EventParty.objects.bulk_create(rows.parties)
    EventMeasure.objects.bulk_create(rows.measures)
    EventText.objects.bulk_create(rows.texts)
    return rows.events


@dataclass
class Rows:
    """Entries as rows of the four tables."""

    events: list[Event] = field(default_factory=list)
    parties: list[EventParty] = field(default_factory=list)
    measures: list[EventMeasure] = field(default_factory=list)
    texts: list[EventText] = field(default_factory=list)


def rows_of(entries: Iterable[Entry]) -> Rows:
    """The rows of entries, recorded now, none of them saved. Raises as `record` does."""
    rows, recorded_at = Rows(), now()
    for entry in entries:
        declared = kind(entry.kind)
        check(declared, entry)
        event = _event(declared, entry, recorded_at)
        rows.events.append(event)
        rows.parties += [_party(event, party) for party in entry.parties]
        rows.measures += [
            EventMeasure(event=event, name=name, unit=declared.measures[name], count=count)
            for name, count in entry.measures.items()
        ]
        rows.texts += [new_text(event, name, text) for name, text in entry.texts.items()]
    return rows


def _event(declared: EventKind, entry: Entry, recorded_at: datetime) -> Event:
    return Event(
        kind=declared.code,
        subject_kind=entry.subject.kind,
        subject_id=entry.subject.id,
        by_id=entry.by,
        happened_at=entry.at,
        recorded_at=recorded_at,
        happened_on=day_of(entry.at),
        recorded_on=day_of(recorded_at),
        body_id=entry.body,
        county=entry.place.county,
        township=entry.place.township,
        village=entry.place.village,
        facts={name: _plain(value) for name, value in entry.facts.items()},
        rule_version=entry.rule_version,
        checks_needed=declared.checks if entry.checks is None else entry.checks,
        of=entry.of,
        effect=declared.effect,
    )


def _party(event: Event, party: Party) -> EventParty:
    return EventParty(
        event=event,
        kind=party.kind,
        party_id=party.id,
        role=party.role,
        share_of=party.share[0],
        share_in=party.share[1],
        happened_at=event.happened_at,
    )


def _plain(value: Any) -> Any:
    return (
        str(value)
        if isinstance(value, (UUID, TextChoices))
        else value.isoformat()
        if isinstance(value, date)
        else value
    )


def check(declared: EventKind, entry: Entry) -> None:
    """Raise ValueError for anything that does not fit the kind."""
    if timezone.is_naive(entry.at):
        raise ValueError(f"{declared.code}: a moment needs a time zone.")
    if entry.subject.kind != declared.subject:
        raise ValueError(f"{declared.code} is about a {declared.subject}, not a {entry.subject.kind}.")
    if bool(declared.effect) != (entry.of is not None):
        raise ValueError(
            f"{declared.code} {'speaks of another event: say which' if declared.effect else 'speaks of none'}."
        )
    roles = {party.role for party in entry.parties}
    said = {*roles, *entry.measures, *entry.facts, *entry.texts}
    for given, allowed in (
        (roles, declared.parties),
        (entry.measures, declared.measures),
        (entry.facts, declared.facts),
        (entry.texts, declared.texts),
    ):
        if extra := set(given) - set(allowed):
            raise ValueError(f"{declared.code} does not declare {', '.join(sorted(extra))}.")
    if missing := declared.places - said:
        raise ValueError(f"{declared.code}: the sentence needs {', '.join(sorted(missing))}.")
    _check_parties(declared, entry)
    for name, count in entry.measures.items():
        if type(count) is not int:
            raise ValueError(f"{declared.code}: {name} is a whole number of {declared.measures[name]}, not {count!r}.")
    for name, value in entry.facts.items():
        _check_fact(declared.code, name, value, declared.facts[name])


def _check_parties(declared: EventKind, entry: Entry) -> None:
    if len({(party.kind, party.id, party.role) for party in entry.parties}) < len(entry.parties):
        raise ValueError(f"{declared.code}: somebody is named twice in one role.")
    for party in entry.parties:
        part, whole = party.share
        if not 0 <= part <= whole or whole < 1:
            raise ValueError(f"{declared.code}: {part} of {whole} is no share.")


def _check_fact(code: str, name: str, value: Any, declared: FactType) -> None:
    expected = declared.type if isinstance(declared, Named) else declared
    if issubclass(expected, TextChoices):
        if value not in expected.values:
            raise ValueError(f"{code}: {name} is one of {', '.join(expected.values)}, not {value!r}.")
    elif type(value) is not expected:
        raise ValueError(f"{code}: {name} is a {expected.__name__}, not {value!r}.")
    elif isinstance(value, str) and not WORD.fullmatch(value):
        raise ValueError(f"{code}: {name} is a code; free text belongs in texts.")
    elif isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError(f"{code}: {name} is larger than JSON keeps exactly.")
