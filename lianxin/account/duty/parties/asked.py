"""What is asked about parties: of which regulation, in which period, of which body; and what of it has to be read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, reduce
from operator import or_
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from lianxin.account.duty.books import Traits
from lianxin.account.duty.files import Written
from lianxin.account.duty.language.who import plain
from lianxin.ground.core.clock import today
from lianxin.ground.people.models import Body, Region
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.errors import NothingInForce
from lianxin.ground.rulebook.preset import Preset
from lianxin.lib.scoring.parties import Tenure
from lianxin.lib.scoring.periods import Stretch
from lianxin.lib.scoring.spec import Who

M = TypeVar("M", bound=Model)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """Which parties are read: of this regulation in this period, those of a body's place alone, or the one with this id."""

    written: Written
    period: Stretch
    body: Body | None = None
    only: UUID | None = None

    @property
    def last_day(self) -> date:
        """The last day of the period."""
        return self.period.end - A_DAY

    @cached_property
    def rules(self) -> Preset:
        """The rules of the body on the last day of the period, or of today where that has yet to come, or had none."""
        body = self.body.pk if self.body else None
        try:
            return in_force(min(self.last_day, today()), body)
        except NothingInForce:
            return in_force(today(), body)

    @cached_property
    def traits(self) -> frozenset[str]:
        """What the regulation tells parties apart by."""
        return frozenset(trait for who in self._all_who() for traits in (who.traits, who.without) for trait in traits)

    @cached_property
    def schemes(self) -> frozenset[str]:
        """The schemes whose ties it counts, or asks about."""
        items = self.written.regulation.items
        asked = [item.asks for item in items if item.asks]
        measures = [item.counts for item in items] + [one for asks in asked for one in (asks.out_of, asks.less)]
        counted = (measure.ties for measure in measures if measure)
        return frozenset(filter(None, (*counted, *(asks.toward for asks in asked))))

    def _all_who(self) -> Iterator[Who]:
        regulation = self.written.regulation
        yield regulation.who
        for item in (*regulation.items, *([regulation.total] if regulation.total else ())):
            yield item.who
            yield from (who for who, _times in item.weights)

    def meets(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Those of them that hold on any day of the period; both of their days are in it."""
        return rows.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lt=self.period.end),
            Q(ends_on__isnull=True) | Q(ends_on__gte=self.period.start),
        )

    def theirs(self, rows: QuerySet[M], *ways: str) -> QuerySet[M]:
        """Those of them that hold in the period and lie in the body's place by one of these ways to a place."""
        found = self.meets(rows)
        if self.only:
            return found.filter(pk=self.only)
        if self.body is None or self.body.region is None:
            return found
        return found.filter(reduce(or_, (Q(**{f"{way}path__begins": self.body.region.path}) for way in ways)))


def obliged(starts_on: date | None, ends_on: date | None) -> Tenure:
    """When somebody serves who does from one day to another, both included."""
    return Tenure(starts_on, ends_on + A_DAY if ends_on else None)


def lying_in(region: Region | None) -> Iterator[tuple[str, str]]:
    """The township and the village in which a place lies, by name and by code; read what it lies in beforehand."""
    while region is not None:
        if region.level in ("township", "village"):
            yield from ((region.level, region.name), (region.level, region.code))
        region = region.parent if region.level in ("grid", "village") else None


def gathered(pairs: Iterable[tuple[str, str]]) -> Traits:
    """Words by what they say, as regulations are read; empty ones left out."""
    found: dict[str, set[str]] = {}
    for trait, word in pairs:
        if word := plain(word):
            found.setdefault(trait, set()).add(word)
    return {trait: frozenset(words) for trait, words in found.items()}
