"""Verifying: does the record still say what it said when its days were sealed? Reads only; needs no running server."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from heapq import merge
from uuid import UUID

from django.db.models import CharField, Max
from django.db.models.functions import Cast

from lianxin.ground.core.events import merkle
from lianxin.ground.core.events.leaves import UNREADABLE, Leaf, UnreadableId, chunks
from lianxin.ground.core.events.roots import Printed
from lianxin.ground.core.events.sealing import Group, last_day_over
from lianxin.ground.core.events.verifying.chain import chain, printed, tree
from lianxin.ground.core.events.verifying.contents import contents, orphans
from lianxin.ground.core.events.verifying.finding import Fault, Finding
from lianxin.ground.core.models import DailyCount, DaySeal, Event

__all__ = ["Fault", "Finding", "Verification"]

PATIENCE = timedelta(hours=25)  # a day that is over for longer and not sealed is a finding
Pair = tuple[UUID, bytes, str]  # an event under a seal, the hash of its leaf, and the algorithm


@dataclass
class Verification:
    """One look at the whole record, or at what was recorded `since` a day; the chain of seals is always followed whole."""

    at: datetime
    using: str = "default"
    since: date | None = None
    roots: Sequence[Printed] = ()
    events: int = 0
    seals: int = 0
    late: int = 0
    open: int = 0  # events of days that are not sealed yet
    days: set[date] = field(default_factory=set)

    def findings(self) -> Iterator[Finding]:
        """Every fault, the earliest day first; what belongs to no day comes last."""
        of_seals = [*chain(self.using), *printed(self.roots, self.using)]
        groups, unreadable = self._groups()
        self._sealed_until = DaySeal.objects.using(self.using).aggregate(day=Max("day"))["day"] or date.min
        if overdue := self._overdue(groups):
            of_seals.append(Finding(Fault.NOT_SEALED, overdue[0], note=str(overdue[-1]) if overdue[1:] else ""))
        for day in sorted({day for day, _body in groups} | {finding.day for finding in of_seals if finding.day}):
            yield from (finding for finding in of_seals if finding.day == day)
            bodies = sorted((body for d, body in groups if d == day), key=str)
            if bodies and (self.since is None or day >= self.since):
                self.days.add(day)
                yield from self._day(day, bodies)
        yield from (finding for finding in of_seals if finding.day is None)
        yield from unreadable
        yield from orphans(self.using)

    def _groups(self) -> tuple[set[Group], list[Finding]]:
        """Every day and body with events, seals or counts; days and bodies are read as text, for they may be damaged."""
        found: set[Group] = set()
        unreadable = []
        for model, day in ((Event, "recorded_on"), (DaySeal, "day"), (DailyCount, "recorded_on")):
            rows = model._default_manager.using(self.using).order_by().values(day, "body_id")
            texts = rows.annotate(d=Max(Cast(day, CharField())), b=Max(Cast("body_id", CharField())))
            for d, b in texts.values_list("d", "b"):
                try:
                    found.add((date.fromisoformat(d), UUID(b) if b else None))
                except ValueError:
                    unreadable.append(Finding(Fault.UNREADABLE, None, note=f"{model._meta.verbose_name} {d} {b}"))
        return found, unreadable

    def _overdue(self, groups: set[Group]) -> list[date]:
        """Days after the last sealed one that should have been sealed by now."""
        until = last_day_over(self.at - PATIENCE)
        return sorted({day for day, _body in groups if self._sealed_until < day <= until})

    def _day(self, day: date, bodies: list[UUID | None]) -> Iterator[Finding]:
        kinds: Counter[tuple[UUID | None, str]] = Counter()
        faults = 0
        for body in bodies:
            for finding in self._group(day, body, kinds):
                faults += 1
                yield finding
        rows = DailyCount.objects.using(self.using).filter(recorded_on=day)
        counted = {(body, kind): count for body, kind, count in rows.values_list("body_id", "kind", "count")}
        if not faults and counted != kinds:  # where events are missing, their counts are wrong too
            yield Finding(Fault.COUNT_WRONG, day)

    def _group(self, day: date, body: UUID | None, kinds: Counter[tuple[UUID | None, str]]) -> Iterator[Finding]:
        find = partial(_find, day, body)
        pairs: list[Iterator[Pair]] = []
        for seal in DaySeal.objects.using(self.using).filter(day=day, body_id=body).order_by("part"):
            self.seals += 1
            self.late += seal.count if seal.is_late else 0
            yield from tree(seal)
            pairs.append(_pairs(seal))
        sealed = merge(*pairs)
        nearest = next(sealed, None)
        try:
            for chunk in chunks(day, body, self.using):
                self.events += len(chunk)
                yield from contents(chunk, find, self.using)
                for leaf in chunk:
                    while nearest and nearest[0] < leaf.id:
                        yield self._gone(nearest[0], find)
                        nearest = next(sealed, None)
                    if nearest and nearest[0] == leaf.id:
                        kinds[body, leaf.row.get("kind", "")] += 1
                        yield from _compare(leaf, nearest, find)
                        nearest = next(sealed, None)
                    elif day <= self._sealed_until:
                        yield find(Fault.UNSEALED, leaf.id)
                    else:
                        self.open += 1
        except UnreadableId as garbled:
            yield Finding(Fault.UNREADABLE, day, body, str(garbled))
        while nearest:
            yield self._gone(nearest[0], find)
            nearest = next(sealed, None)

    def _gone(self, id: UUID, find: "partial[Finding]") -> Finding:
        """A sealed event that is not among those of its day and body."""
        try:
            there = Event.objects.using(self.using).filter(pk=id).values_list("recorded_on", "body_id").first()
        except UNREADABLE:
            return find(Fault.UNREADABLE, id)
        return find(Fault.MOVED, id, f"{there[0]} {there[1] or '-'}") if there else find(Fault.MISSING, id)


def _find(day: date, body: UUID | None, fault: Fault, event: UUID, note: str = "") -> Finding:
    return Finding(fault, day, body, event, note)


def _pairs(seal: DaySeal) -> Iterator[Pair]:
    return ((id, hash, seal.algorithm) for id, hash in seal.pairs())


def _compare(leaf: Leaf, sealed: Pair, find: "partial[Finding]") -> Iterator[Finding]:
    _id, hash, algorithm = sealed
    if leaf.data is None:
        yield find(Fault.UNREADABLE, leaf.id)
    elif algorithm in merkle.ALGORITHMS and merkle.leaf(algorithm, leaf.data) != hash:
        yield find(Fault.CHANGED, leaf.id)
