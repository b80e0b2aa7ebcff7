"""Everything counted of one party, from its records row by row: a few queries, however many items a regulation has."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from uuid import UUID

from lianxin.account.duty.books import Party, Shelf
from lianxin.account.duty.counting import Counting
from lianxin.lib.scoring.periods import Stretch
from lianxin.lib.scoring.sheets import Scorer
from lianxin.lib.scoring.spec import Measure
from lianxin.lib.scoring.tallies import Row, tally


class OwnShelf(Shelf):
    """The shelf of one party alone: what it did on days on which it served. A query for every few kinds of records."""

    def __init__(self, scorer: Scorer, counting: Counting, party: Party):
        self.scorer, self.regulation, self.period = scorer, scorer.regulation, scorer.period
        rows = (row for records in _together(counting) for row in counting.rows(Measure(records), self.period))
        self._rows: Sequence[Row] = [row for row in rows if party.tenure.holds(row.on)]
        self._hoped: Sequence[Row] = [replace(row, is_waiting=False) for row in self._rows]
        self._has_waiting = any(row.is_waiting for row in self._rows)
        rated = {item.gives.rated.record for item in self.regulation.items if item.gives and item.gives.rated}
        self._marks = {record: counting.marks(record, self.period) for record in sorted(rated)}
        self._known: dict[tuple[Measure, Stretch, bool], Fraction] = {}

    def count(self, measure: Measure, stretch: Stretch, party: UUID) -> Fraction:
        """How much counts in one part of the period."""
        return self._tally(measure, stretch, hopes=False)

    def hope(self, measure: Measure, stretch: Stretch, party: UUID) -> Fraction:
        """How much would count, were everything confirmed."""
        return self._tally(measure, stretch, hopes=self._has_waiting)

    def _tally(self, measure: Measure, stretch: Stretch, *, hopes: bool) -> Fraction:
        key = (measure, stretch, hopes)
        if (known := self._known.get(key)) is None:
            known = self._known[key] = tally(self._hoped if hopes else self._rows, measure, stretch)
        return known


def _together(counting: Counting) -> Iterator[tuple[str, ...]]:
    """Records that one query reads: they measure by the same name and step, and share no kind of event."""
    lots: dict[tuple[str, int, int], list[str]] = {}
    for record, kinds in counting.kinds.items():
        lot = 0
        while any(
            set(kinds) & set(counting.kinds[other]) for other in lots.get((*counting.measure_of(record), lot), ())
        ):
            lot += 1
        if kinds:
            lots.setdefault((*counting.measure_of(record), lot), []).append(record)
    yield from (tuple(records) for records in lots.values())
