"""Made-up records, and sheets worked out of them in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from fractions import Fraction
from itertools import count

from lianxin.lib.scoring.figures import Figure, Marks, State
from lianxin.lib.scoring.parties import Leave, Tenure
from lianxin.lib.scoring.periods import Stretch
from lianxin.lib.scoring.questions import Question
from lianxin.lib.scoring.sheets import Scorer, Sheet
from lianxin.lib.scoring.spec import (
    Asked,
    Band,
    Bounds,
    Condition,
    Gives,
    Item,
    Join,
    Measure,
    Regulation,
    Take,
    Ties,
    Who,
)
from lianxin.lib.scoring.tallies import Row, tally

F = Fraction
YEAR = Stretch(date(2026, 1, 1), date(2027, 1, 1))
VISITS = Measure(("visit",))
MEETINGS = Measure(("meeting",))
HELD = Measure(("held",))
EXCUSED = Measure(("excused",))
numbers = count(1)


def row(on: str = "2026-03-02", record: str = "visit", **facts) -> Row:
    day = date.fromisoformat(on)
    known = {"id": f"{next(numbers):05}", "happened_at": datetime.combine(day, time(9), UTC), "on": day}
    return Row(**(known | {"record": record} | facts))


def rows(number: int, record: str = "visit", **facts) -> list[Row]:
    return [row(record=record, **facts) for _ in range(number)]


def stretch(start: str, end: str) -> Stretch:
    return Stretch(date.fromisoformat(start), date.fromisoformat(end))


def leave(start: str, end: str, kind: str = "illness") -> Leave:
    return Leave(kind, date.fromisoformat(start), date.fromisoformat(end))


def tenure(start: str | None = None, end: str | None = None, *leaves: Leave) -> Tenure:
    return Tenure(start and date.fromisoformat(start), end and date.fromisoformat(end), leaves)


@dataclass
class Book:
    """What lianxin.lib.scoring.questions.Book promises, of one party's rows."""

    rows: Sequence[Row] = ()
    tenure: Tenure = Tenure()
    join: Join = Join.PRORATE
    kinds: frozenset[str] = frozenset(("illness",))
    ties: Mapping[str, Fraction] = field(default_factory=dict)
    given: Marks = field(default_factory=dict)
    hoped: Marks | None = None
    period: Stretch = YEAR

    def counts(self, question: Question) -> tuple[Fraction, ...]:
        return tuple(tally(self.rows, question.measure, stretch) for stretch in question.stretches)

    def hopes(self, question: Question) -> tuple[Fraction, ...]:
        confirmed = [replace(row, is_waiting=False) for row in self.rows]
        return tuple(tally(confirmed, question.measure, stretch) for stretch in question.stretches)

    def targets(self, scheme: str, stretch: Stretch) -> Fraction:
        return self.ties.get(scheme, F(0))

    def share(self, stretch: Stretch) -> Fraction:
        return self.tenure.share(stretch, self.period, self.join, self.kinds)

    def marks(self, record: str, *, hopes: bool = False) -> Marks:
        return self.hoped if hopes and self.hoped is not None else self.given


def regulation(*items: Item, adds: Sequence[str] | None = None, total: Item | None = None, **facts) -> Regulation:
    """All items that give something are added up, if no total is said."""
    codes = tuple(item.code for item in items if item.gives) if adds is None else tuple(adds)
    total = total or Item("total", gives=Gives(items=((Take.SUM, codes),)))
    return Regulation("r", Who(), items, total, **facts)


def sheet(book: Book, *items: Item, kind: str = "deputy", traits=None, **facts) -> Sheet:
    return Scorer(regulation(*items, **facts), book.period).sheet(book, kind, traits or {})


def figure(book: Book, item: Item, **facts) -> Figure:
    """The figure of one item that stands alone."""
    return sheet(book, item, **facts).figures[item.code]


def item(code: str = "visits", counts: Measure | None = VISITS, *, asks: Asked | None = None, **facts) -> Item:
    """An item; what it gives may stand beside it: `full=F(10)`."""
    gives = {key: facts.pop(key) for key in list(facts) if key in Gives.__dataclass_fields__}
    return Item(code, counts, asks, Gives(**gives) if gives else None, **facts)


def scored(code: str, points: object, **facts) -> Item:
    """An item that is worth so much, whatever was done."""
    return item(code, None, base=F(points), **facts)


def known(code: str, points: object = 0, **facts) -> Figure:
    return Figure(code, State.KNOWN, F(points), **facts)


def sheet_of(total: object, grade: str = "good", offences: int = 0) -> Sheet:
    figure = total if isinstance(total, Figure) else known("total", total)
    figures = {"total": figure, "offences": known("offences", count=F(offences))}
    return Sheet(figures, figure, "" if figure.state is not State.KNOWN else grade)


def graded(quota: str | None = None, ties: Ties = Ties.NONE_IN, unless: Condition | None = None) -> Regulation:
    """Excellent from 90, good from 60, poor."""
    return regulation(
        bands=(
            Band("excellent", Bounds(at_least=F(90)), quota=F(quota) if quota else None, ties=ties),
            Band("good", Bounds(at_least=F(60)), unless=unless),
            Band("poor", Bounds()),
        )
    )
