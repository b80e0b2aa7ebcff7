"""How much of a party's records counts: plain arithmetic over rows, earlier ones first where a cap is reached.

A database counts the same for all parties at once (lianxin.account.duty.counting); here is what it has to agree with,
and what tells which records counted and how much of each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from lianxin.lib.scoring.periods import Stretch, cut
from lianxin.lib.scoring.spec import MONTHS, Credit, Grain, Measure

NOTHING = Fraction(0)
LEAD = "lead"


@dataclass(frozen=True)
class Row:
    """One record as it concerns one party. `of` is how many parties of this kind took part, `share` what was recorded.

    `quantity` is what it measures, in its unit; `targets` toward whom it was, empty if toward nobody in particular.
    `is_waiting` says that it has still to be checked, and so does not count yet.
    """

    id: str
    happened_at: datetime
    on: date
    record: str
    quantity: Fraction = Fraction(1)
    role: str = ""
    share: Fraction = Fraction(1)
    of: int = 1
    targets: frozenset[str] = frozenset()
    is_waiting: bool = False

    def worth(self, measure: Measure) -> Fraction:
        """What it counts for its party by itself, before any cap."""
        whole = self.quantity if measure.of_quantity else Fraction(1)
        if measure.credit is Credit.SPLIT:
            return whole / self.of
        if measure.credit is Credit.AS_RECORDED:
            return whole * self.share
        return whole

    def concerns(self, measure: Measure) -> bool:
        """Whether it is what the measure counts."""
        if measure.credit is Credit.LEAD_ONLY and self.role != LEAD:
            return False
        return self.record in measure.records and (not measure.roles or self.role in measure.roles)


def counted(rows: Iterable[Row], measure: Measure, stretch: Stretch) -> list[tuple[Row, Fraction]]:
    """The rows of one party that concern the measure in these days, in order, each with how much of it counts.

    What is counted of each target is counted of each toward whom the row was.
    """
    own = [row for row in rows if row.on in stretch and row.concerns(measure) and not row.is_waiting]
    room = _Room(measure, stretch)
    by_target = measure.a_target is not None
    found = []
    for row in sorted(own, key=lambda row: (row.happened_at, row.id)):
        targets = sorted(row.targets) if by_target else [""]
        found.append((row, sum((room.taken(row, target) for target in targets), NOTHING)))
    return found


class _Room:
    """What is left below the caps of a measure."""

    def __init__(self, measure: Measure, stretch: Stretch):
        self.measure, self.stretch = measure, stretch
        self.left: dict[object, Fraction] = {}

    def taken(self, row: Row, target: str) -> Fraction:
        """How much of a row counts of this target; so much less is left for the next one."""
        most: dict[object, Fraction] = {
            (grain, _within(grain, row, self.stretch), target): cap for grain, cap in self.measure.caps
        }
        if self.measure.a_target is not None:
            most[target] = self.measure.a_target
        counts = min([row.worth(self.measure), *(self.left.get(key, cap) for key, cap in most.items())])
        for key, cap in most.items():
            self.left[key] = self.left.get(key, cap) - counts
        return counts


def tally(rows: Iterable[Row], measure: Measure, stretch: Stretch) -> Fraction:
    """How much counts in these days."""
    return sum((counts for _row, counts in counted(rows, measure, stretch)), NOTHING)


def _within(grain: Grain, row: Row, stretch: Stretch) -> object:
    """What a cap of this grain takes together with the row."""
    if grain is Grain.RECORD:
        return row.id
    if grain is Grain.DAY:
        return row.on
    return _part(cut(stretch, MONTHS[grain]), row.on)


def _part(parts: Sequence[Stretch], day: date) -> int:
    return next(number for number, part in enumerate(parts) if day in part)


def waiting(rows: Iterable[Row], measure: Measure, stretch: Stretch) -> Iterator[Row]:
    """Rows that will count in these days, once they are checked."""
    return (row for row in rows if row.is_waiting and row.on in stretch and row.concerns(measure))
