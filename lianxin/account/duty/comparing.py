"""What another version of a regulation would do, person by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Protocol
from uuid import UUID

from lianxin.account.duty.books import Party
from lianxin.lib.scoring.closing import Closed
from lianxin.lib.scoring.figures import State

ZERO = Fraction(0)


class Done(Protocol):
    """Parties, and how the period closes for each."""

    @property
    def parties(self) -> Sequence[Party]:
        """In the order of their list."""

    @property
    def closed(self) -> Mapping[UUID, Closed]:
        """By their ids."""


@dataclass(frozen=True)
class Standing:
    """How one party stands by one version: its total, the grade, and how many requirements are missed.

    `points` are those so far while something waits (`waits`); None where the version gives none, or leaves it out.
    """

    points: Fraction | None
    grade: str
    missed: int
    waits: bool

    @classmethod
    def of(cls, closed: Closed) -> "Standing":
        """As the period closes, or as it would if it closed now."""
        sheet = closed.sheet
        if sheet is None:
            return cls(closed.points, closed.grade, 0, waits=False)
        missed = sum(figure.is_met is False for figure in sheet.figures.values())
        known = sheet.total and sheet.total.state in (State.KNOWN, State.PENDING)
        points = sheet.total.points if sheet.total and known else None
        return cls(points, closed.grade, missed, waits=not sheet.is_complete)


@dataclass(frozen=True)
class Change:
    """How one party stands by one version and by the other; None is a version that does not concern it."""

    party: Party
    before: Standing | None
    after: Standing | None

    @property
    def is_other(self) -> bool:
        """Whether anything would differ."""
        return self.before != self.after

    @cached_property
    def difference(self) -> Fraction | None:
        """How many points more, or less; None where one version gives none."""
        before, after = (self.before or NOBODY).points, (self.after or NOBODY).points
        return None if before is None or after is None else after - before

    @property
    def is_regraded(self) -> bool:
        """Whether the grade would be another one."""
        return (self.before or NOBODY).grade != (self.after or NOBODY).grade

    @property
    def size(self) -> tuple[Fraction, int, str]:
        """What changes are put in order by: the largest first."""
        before, after = self.before or NOBODY, self.after or NOBODY
        points = abs((after.points or ZERO) - (before.points or ZERO))
        return (-points, -abs(after.missed - before.missed), self.party.name)


NOBODY = Standing(None, "", 0, waits=False)


def compare(before: Done, after: Done) -> list[Change]:
    """Person by person what the second version would do, those with the largest difference first."""
    ids = {party.id: party for party in (*before.parties, *after.parties)}
    changes = [Change(party, _standing(before, own), _standing(after, own)) for own, party in ids.items()]
    return sorted(changes, key=lambda change: change.size)


def _standing(done: Done, party: UUID) -> Standing | None:
    closed = done.closed.get(party)
    return Standing.of(closed) if closed else None
