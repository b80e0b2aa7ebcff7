"""An event as the exact bytes that are sealed: JSON as RFC 8785 writes it. docs/record.md lists every member."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast

from lianxin.ground.core.models import Event, EventMeasure, EventParty

VERSION = 1
CHUNK = 500  # events read at once: fewer than the parameters that any database takes
COLUMNS = (
    "id",
    "kind",
    "subject_kind",
    "subject_id",
    "by_id",
    "happened_at",
    "recorded_at",
    "happened_on",
    "recorded_on",
    "body_id",
    "county",
    "township",
    "village",
    "facts",
    "rule_version",
    "checks_needed",
    "of_id",
    "effect",
)


UNREADABLE = (ValueError, TypeError, AttributeError)  # what Django raises for a column that cannot hold its value


@dataclass(frozen=True)
class Leaf:
    """What is sealed of one event, with the columns it was made of. `data` is None where one of them is unreadable."""

    id: UUID
    data: bytes | None
    row: Mapping[str, Any] = field(default_factory=dict)
    parties: Sequence[Mapping[str, Any]] = ()


class UnreadableId(ValueError):
    """A row of the record has an id that is none."""


def leaf_of(
    row: Mapping[str, Any], parties: Iterable[Mapping[str, Any]], measures: Iterable[Mapping[str, Any]]
) -> bytes:
    """The bytes of one event, given its columns and those of its parties and measures."""
    return canonical(
        {
            "v": VERSION,
            "id": row["id"],
            "kind": row["kind"],
            "subject": [row["subject_kind"], row["subject_id"]],
            "by": row["by_id"],
            "happened_at": row["happened_at"],
            "recorded_at": row["recorded_at"],
            "happened_on": row["happened_on"],
            "recorded_on": row["recorded_on"],
            "body": row["body_id"],
            "place": [row["county"], row["township"], row["village"]],
            "facts": row["facts"],
            "rule_version": row["rule_version"],
            "checks_needed": row["checks_needed"],
            "of": row["of_id"],
            "effect": row["effect"],
            "parties": sorted(
                [p["kind"], str(p["party_id"]), p["role"], p["share_of"], p["share_in"]] for p in parties
            ),
            "measures": sorted([m["name"], m["unit"], m["count"]] for m in measures),
        }
    )


def canonical(value: Any) -> bytes:
    """JSON without spaces, members sorted, in UTF-8; ids, days and moments (UTC, microseconds) as text."""
    return json.dumps(value, default=_text, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _text(value: Any) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a leaf.")


def chunks(day: date, body: UUID | None, using: str = "default") -> Iterator[list[Leaf]]:
    """The leaves of a body's events of one day of recording, by id, so many at a time. Raises UnreadableId."""
    events = Event.objects.using(using).filter(recorded_on=day, body_id=body).order_by("id")
    ids = events.annotate(text=Cast("id", CharField())).values_list("text", flat=True).iterator(chunk_size=CHUNK)
    while chunk := list(islice(ids, CHUNK)):
        yield read([_id(text) for text in chunk], using)


def read(ids: Sequence[UUID], using: str = "default") -> list[Leaf]:
    """The leaves of these events, in this order; one that cannot be read has no data."""
    try:
        return _read(ids, using)
    except UNREADABLE:
        if len(ids) == 1:
            return [Leaf(ids[0], None)]
        return [leaf for id in ids for leaf in read([id], using)]


def _read(ids: Sequence[UUID], using: str) -> list[Leaf]:
    rows = {row["id"]: row for row in Event.objects.using(using).filter(id__in=ids).values(*COLUMNS)}
    parties, measures = defaultdict(list), defaultdict(list)
    for party in EventParty.objects.using(using).filter(event__in=ids).values():
        parties[party["event_id"]].append(party)
    for measure in EventMeasure.objects.using(using).filter(event__in=ids).values():
        measures[measure["event_id"]].append(measure)
    return [Leaf(id, leaf_of(rows[id], parties[id], measures[id]), rows[id], parties[id]) for id in ids if id in rows]


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UnreadableId(text) from None
