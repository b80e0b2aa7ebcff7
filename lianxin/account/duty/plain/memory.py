"""The tables of the record in memory, for one run: the same tables, so that the same statements count in them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from uuid import UUID, uuid5

from django.db import connections

from lianxin.account.duty.counting import TOWARD, KindsOf
from lianxin.account.duty.language.counting import UNITS
from lianxin.account.duty.language.regulation import RegulationRule
from lianxin.account.duty.plain.registers import Line, id_of
from lianxin.ground.core.models import Event, EventMeasure, EventParty
from lianxin.ground.core.models.event import Effect

ALIAS = "memory"
AT_ONCE = 50_000  # rows handed over at once


@contextmanager
def tables() -> Iterator[str]:
    """Empty tables of events, parties and measures in memory; gives the alias of their database."""
    settings = connections.databases["default"] | {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    connections.databases[ALIAS] = settings | {"OPTIONS": {}, "ATOMIC_REQUESTS": False}
    try:
        with connections[ALIAS].schema_editor() as editor:
            for model in (Event, EventParty, EventMeasure):
                editor.create_model(model)
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def kinds_of(rule: RegulationRule) -> KindsOf:
    """In memory every record's code is the kind of its events."""
    return {code: (code,) for code in rule.records}


def fill(using: str, rule: RegulationRule, lines: Iterable[Line]) -> None:
    """Put a register into the tables."""
    events: dict[str, Event] = {}
    said: list[Event] = []
    parties: list[EventParty] = []
    measures: dict[UUID, EventMeasure] = {}
    for line in lines:
        if (event := events.get(line.event)) is None:
            event = events[line.event] = _event(line)
            said += _said(line, event)
            if (measure := _measure(rule, line, event)) is not None:
                measures[event.pk] = measure
            parties += [_party(event, "target", target, TOWARD) for target in line.toward]
        parties.append(_party(event, rule.whom.kind, line.party, line.role, line.share.as_integer_ratio()))
    for model, made in (
        (Event, [*events.values(), *said]),
        (EventParty, parties),
        (EventMeasure, [*measures.values()]),
    ):
        _insert(using, model, made)


def _event(line: Line) -> Event:
    at = line.at.replace(tzinfo=UTC)
    return Event(
        id=id_of(f"event {line.event}"),
        kind=line.record,
        subject_kind="",
        subject_id=id_of(line.event),
        happened_at=at,
        recorded_at=at,
        happened_on=line.at.date(),
        recorded_on=line.at.date(),
        facts={"grade": line.grade} if line.grade else {},
        checks_needed=int(line.state in ("waiting", "refused")),
    )


def _said(line: Line, event: Event) -> Iterator[Event]:
    """What annuls or refuses an event, where the register says so."""
    effect = {"annulled": Effect.ANNULS, "refused": Effect.REFUSES}.get(line.state)
    if effect:
        yield Event(
            id=uuid5(event.pk, effect),
            kind=f"{effect}",
            subject_kind="",
            subject_id=event.subject_id,
            happened_at=event.happened_at,
            recorded_at=event.recorded_at,
            happened_on=event.happened_on,
            recorded_on=event.recorded_on,
            of_id=event.pk,
            effect=effect,
        )


def _measure(rule: RegulationRule, line: Line, event: Event) -> EventMeasure | None:
    """What an event measures; a record that is counted by times measures nothing."""
    record = rule.records[line.record]
    if record.unit == "time":
        return None
    count = line.quantity * UNITS[record.unit][1]
    return EventMeasure(event_id=event.pk, name=record.measure or "quantity", unit=record.unit, count=int(count))


def _party(event: Event, kind: str, word: str, role: str, share: tuple[int, int] = (1, 1)) -> EventParty:
    return EventParty(
        event_id=event.pk,
        kind=kind,
        party_id=id_of(word),
        role=role,
        share_of=share[0],
        share_in=share[1],
        happened_at=event.happened_at,
    )


def _insert(using: str, model: type, made: Sequence[object]) -> None:
    model.objects.using(using).bulk_create(made, batch_size=AT_ONCE)  # type: ignore[attr-defined]
