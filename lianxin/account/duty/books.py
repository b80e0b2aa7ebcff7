"""The books of a period: what the sheets of many parties, or of one, ask, fetched beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from lianxin.account.duty.counting import Counting, Counts
from lianxin.lib.scoring.figures import Marks
from lianxin.lib.scoring.parties import Tenure
from lianxin.lib.scoring.periods import Stretch, cut
from lianxin.lib.scoring.sheets import Scorer, Sheet
from lianxin.lib.scoring.spec import Measure, Rated, Regulation

ZERO = Fraction(0)
Traits = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Party:
    """对象 Somebody or something with a sheet: its id, kind and name, its traits, when it served, its ties by scheme."""

    id: UUID
    kind: str
    name: str
    traits: Traits = field(default_factory=dict)
    tenure: Tenure = Tenure()
    ties: Mapping[str, Fraction] = field(default_factory=dict)


class Shelf:
    """Everything counted for one regulation in one period: one or two queries for each measure, however many parties."""

    def __init__(self, regulation: Regulation, counting: Counting, period: Stretch):
        self.regulation, self.period = regulation, period
        self.scorer = Scorer(regulation, period)
        self._counts: dict[tuple[Measure, Stretch], Counts] = {}
        self._hopes: dict[tuple[Measure, Stretch], Counts] = {}
        waiting = counting.waiting(period)
        for measure, months in dict.fromkeys(_asked_of(regulation)):
            stretches = cut(period, months)
            for stretch, counts in zip(stretches, counting.counts(measure, period, months), strict=True):
                self._counts[measure, stretch] = counts
            if waiting.intersection(measure.records):
                hopes = counting.counts(measure, period, months, hopes=True)
                for stretch, counts in zip(stretches, hopes, strict=True):
                    self._hopes[measure, stretch] = counts
        self._marks = {rated.record: counting.marks(rated.record, period) for rated in _rated(regulation)}

    def sheet(self, party: Party) -> Sheet:
        """The sheet of one party; no query."""
        return self.scorer.sheet(Book(self, party), party.kind, party.traits)

    def count(self, measure: Measure, stretch: Stretch, party: UUID) -> Fraction:
        """How much counts for a party in one part of the period."""
        return self._counts[measure, stretch].get(party, ZERO)

    def hope(self, measure: Measure, stretch: Stretch, party: UUID) -> Fraction:
        """How much would count, were everything confirmed."""
        hopes = self._hopes.get((measure, stretch))
        return self.count(measure, stretch, party) if hopes is None else hopes.get(party, ZERO)

    def marks(self, record: str, party: UUID) -> list[tuple[str, str, Fraction]]:
        """The marks a party was given: role, grade, points."""
        return self._marks[record].get(party, [])


@dataclass(frozen=True)
class Book:
    """The book of one party, read from the shelf. See lianxin.lib.scoring.sheets.Book."""

    shelf: Shelf
    party: Party

    def count(self, measure: Measure, stretch: Stretch) -> Fraction:
        """How much counts in these days."""
        return self.shelf.count(measure, stretch, self.party.id)

    def waiting(self, measure: Measure, stretch: Stretch) -> Fraction:
        """How much more would count, were everything confirmed."""
        return self.shelf.hope(measure, stretch, self.party.id) - self.count(measure, stretch)

    def targets(self, scheme: str, stretch: Stretch) -> Fraction:
        """How many ties of the scheme the party has."""
        return self.party.ties.get(scheme, ZERO)

    def share(self, stretch: Stretch) -> Fraction:
        """Which part of what these days ask is asked of the party."""
        own = self.shelf.regulation
        return self.party.tenure.share(stretch, self.shelf.period, own.join, own.leaves)

    def marks(self, record: str) -> Marks:
        """The marks by the raters' roles, as points."""
        grades = next(rated.grades for rated in _rated(self.shelf.regulation) if rated.record == record)
        found: dict[str, list[Fraction]] = {}
        for role, grade, points in self.shelf.marks(record, self.party.id):
            found.setdefault(role, []).append(grades.get(grade, points))
        return found


def _asked_of(regulation: Regulation) -> list[tuple[Measure, int]]:
    """Every measure with the months of the parts in which it is asked."""
    return [
        (measure, item.asks.months if item.asks else 0)
        for item in regulation.items
        for measure in (item.counts, item.asks and item.asks.out_of, item.asks and item.asks.less)
        if measure
    ]


def _rated(regulation: Regulation) -> list[Rated]:
    return [item.gives.rated for item in regulation.items if item.gives and item.gives.rated]
