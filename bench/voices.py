"""Many opinions quickly: what the verbs wrote for some, copied row by row, each copy with ids, number and words of its own.

A copy differs from what verbs write in nothing but that: see tests/bench/test_voices.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from bench.history import fields_of, insert
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
AT_ONCE = 2_000  # copies in one transaction
KEY = Case._meta.pk
Places = list[tuple[int, int]]  # in a row, and which


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
    """So many copies of these opinions in turn, spread over the last `days`; how many events they have.

    They stand in the index of words once it is made anew (`search.rebuild`).
    """
    random, events = Random(seed), 0
    families = [family(opinion) for opinion in opinions]

    @lru_cache(len(families))
    def pattern(which: int, back: int) -> Pattern:
        return Pattern(families[which], timedelta(days=back))

    for _part, numbers in groupby(range(count), lambda number: number // AT_ONCE):
        rows: dict[type[Row], list[list[Any]]] = {model: [] for model in ORDER}
        for number in numbers:
            copied = pattern(number % len(families), days * (count - number) // count)
            for model, row in copied.copy(f"{seed.upper()}-{number}", random.choice(words)):
                rows[model].append(row)
        with transaction.atomic():
            for model in ORDER:
                insert(model, rows[model])
        events += len(rows[Event])
    return events


class Pattern:
    """The rows of one family so much longer ago, as the database takes them, but for what each copy has of its own."""

    def __init__(self, rows: Mapping[type[Row], Sequence[Row]], back: timedelta) -> None:
        keys = [row.pk for model in ORDER for row in rows[model] if isinstance(row.pk, UUID)]
        self.ids = {key: place for place, key in enumerate(keys)}
        self.rows = [(model, *self._prepared(row, back)) for model in ORDER for row in rows[model]]

    def copy(self, number: str, words: str) -> Iterator[tuple[type[Row], list[Any]]]:
        """The rows under new ids, with this number and these words."""
        ids, own = [KEY.get_db_prep_save(new_id(), connection) for _key in self.ids], (number, words, words[:30])
        for model, values, keys, said in self.rows:
            row = values.copy()
            for place, which in keys:
                row[place] = ids[which]
            for place, which in said:
                row[place] = own[which]
            yield model, row

    def _prepared(self, row: Row, back: timedelta) -> tuple[list[Any], Places, Places]:
        """The values of a row, where ids stand in it, and where words of its own."""
        values, keys, said, own = [], [], [], _own(row)
        for place, field in enumerate(fields_of(type(row))):
            value = getattr(row, field.attname)
            if field.attname in own:
                said.append((place, own[field.attname]))
            elif isinstance(value, UUID) and value in self.ids:
                keys.append((place, self.ids[value]))
            elif isinstance(value, datetime | date):
                value = value - back
            values.append(field.get_db_prep_save(value, connection))
        return values, keys, said


def _own(row: Row) -> dict[str, int]:
    """Which of number, words and title a column has."""
    if isinstance(row, Case):
        return {"number": 0}
    if isinstance(row, Opinion):
        return {"code_mark": 0, "text": 1, "title": 2}
    return {"text": 1} if isinstance(row, EventText) and row.name == "words" else {}
