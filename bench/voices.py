"""Many opinions quickly: what the verbs wrote for some, copied row by row, each copy with ids, number and words of its own.

A copy differs from what verbs write in nothing but that: see tests/bench/test_voices.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from bench.history import fields_of, insert
from lianxin.affairs.opinions import search
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.models import Case, Handover, Pause, Promise, Rating, Reply, Round
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event, EventParty, EventText

Row = models.Model
ORDER: tuple[type[Row], ...] = (
    Case,
    Round,
    Handover,
    Pause,
    Reply,
    Promise,
    Rating,
    Event,
    EventParty,
    EventText,
    Opinion,
)
AT_ONCE = 500  # copies in one transaction


def family(opinion: Opinion) -> dict[type[Row], list[Row]]:
    """Every row that the verbs wrote for an opinion."""
    case = opinion.case
    events = list(Event.objects.about("opinion", opinion.pk).order_by("pk"))
    found: dict[type[Row], Sequence[Row]] = {
        Case: [case],
        Round: list(case.rounds.all()),
        Handover: list(case.handovers.order_by("handed_at", "pk")),
        Pause: list(Pause.objects.filter(handover__case=case)),
        Reply: list(case.replies.all()),
        Promise: list(case.promises.all()),
        Rating: list(case.ratings.all()),
        Event: events,
        EventParty: list(EventParty.objects.filter(event__in=events)),
        EventText: list(EventText.objects.filter(event__in=events)),
        Opinion: [opinion],
    }
    return {model: list(found[model]) for model in ORDER}


def multiply(opinions: Sequence[Opinion], count: int, words: Sequence[str], days: int, seed: str = "voices") -> int:
    """So many copies of these opinions, spread over the last `days`; how many events they have."""
    random, events = Random(seed), 0
    families = [family(opinion) for opinion in opinions]
    for numbers in _parts(count):
        rows: dict[type[Row], list[list[Any]]] = {model: [] for model in ORDER}
        for number in numbers:
            back = timedelta(days=days * (count - number) // count)
            copied = copy(
                families[number % len(families)], f"{seed[:1].upper()}{number:07}", random.choice(words), back
            )
            for model, made in copied.items():
                rows[model] += made
        with transaction.atomic():
            for model in ORDER:
                insert(model, rows[model])
        events += len(rows[Event])
    search.rebuild()
    return events


def copy(
    rows: Mapping[type[Row], Sequence[Row]], number: str, words: str, back: timedelta
) -> dict[type[Row], list[list[Any]]]:
    """The rows of one family as the database takes them, under new ids, so much longer ago."""
    ids: dict[UUID, UUID] = {}
    for model in ORDER:
        for row in rows[model]:
            if isinstance(row.pk, UUID):
                ids[row.pk] = new_id()
    return {model: [_copied(row, ids, number, words, back) for row in rows[model]] for model in ORDER}


def _copied(row: Row, ids: Mapping[UUID, UUID], number: str, words: str, back: timedelta) -> list[Any]:
    own: dict[str, str] = {}
    if isinstance(row, Case):
        own = {"number": number}
    elif isinstance(row, Opinion):
        own = {"code_mark": number, "title": words[:30], "text": words}
    elif isinstance(row, EventText) and row.name == "words":
        own = {"text": words}
    values = []
    for field in fields_of(type(row)):
        value = getattr(row, field.attname)
        if field.attname in own:
            value = own[field.attname]
        elif isinstance(value, UUID):
            value = ids.get(value, value)
        elif isinstance(value, datetime | date):
            value = value - back
        values.append(field.get_db_prep_save(value, connection))
    return values


def _parts(count: int) -> Iterator[range]:
    return (range(start, min(start + AT_ONCE, count)) for start in range(0, count, AT_ONCE))
