"""The sheet of one party: every item of a regulation worked out, in exact fractions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from lianxin.lib.scoring.conditions import holds, is_told, reads_of
from lianxin.lib.scoring.figures import CHECK, ONE, ZERO, Figure, Marks, Reached, State
from lianxin.lib.scoring.periods import Stretch, cut
from lianxin.lib.scoring.spec import IfNothing, Item, Measure, Rated, Reads, Regulation, Take
from lianxin.lib.scoring.working import Working
from lianxin.lib.scoring.worth import Worths


class Book(Protocol):
    """What a sheet asks about one party in one period."""

    def count(self, measure: Measure, stretch: Stretch) -> Fraction:
        """How much counts in these days."""

    def waiting(self, measure: Measure, stretch: Stretch) -> Fraction:
        """How much more would count, were everything confirmed that waits for a check."""

    def targets(self, scheme: str, stretch: Stretch) -> Fraction:
        """How many ties of the scheme the party has; one that ran for half of the days is half a tie."""

    def share(self, stretch: Stretch) -> Fraction:
        """Which part of what these days ask is asked of the party."""

    def marks(self, record: str) -> Marks:
        """The marks the party was given, by the raters' roles: points, or what their grades are worth."""


@dataclass(frozen=True)
class Sheet:
    """Every figure of one party in one period, and the grade, where there are grades and it can be told."""

    figures: Mapping[str, Figure]
    total: Figure | None
    grade: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether nothing waits any more."""
        return not any(figure.is_open for figure in self.figures.values())


class Scorer:
    """Works out sheets by one regulation for one period; what many parties have alike is worked out once."""

    def __init__(self, regulation: Regulation, period: Stretch):
        self.regulation = regulation
        self.period = period
        self._known: dict[object, Figure] = {}
        self._items = {item.code: item for item in regulation.items}
        self._parts = {item.code: cut(period, item.asks.months if item.asks else 0) for item in regulation.items}
        self._lengths = {code: len(parts) for code, parts in self._parts.items()}
        self._readers: dict[str, list[Reads]] = {}
        for reads in reads_of(regulation):
            self._readers.setdefault(reads.item, []).append(reads)

    def sheet(self, book: Book, kind: str, traits: Mapping[str, frozenset[str]]) -> Sheet:
        """The sheet of the party with this book, kind and traits."""
        figures: dict[str, Figure] = {}
        for item in self.regulation.items:
            figures[item.code] = self._figure(item, book, kind, traits, figures)
        total = None
        if self.regulation.total:
            total = self._figure(self.regulation.total, book, kind, traits, figures)
            figures[total.code] = total
        return Sheet(figures, total, self._grade(total, figures))

    def _grade(self, total: Figure | None, figures: Mapping[str, Figure]) -> str:
        """The first band that holds; none where that cannot be told yet."""
        if total is None or total.state is not State.KNOWN:
            return ""
        for band in self.regulation.bands:
            if not band.bounds.hold(total.points):
                continue
            barred = is_told(band.unless, figures)
            if barred is None:
                return ""
            if not barred:
                return band.grade
        return ""

    def _figure(
        self,
        item: Item,
        book: Book,
        kind: str,
        traits: Mapping[str, frozenset[str]],
        figures: Mapping[str, Figure],
    ) -> Figure:
        if not item.who.takes_in(kind, traits):
            is_out = item.asks is not None and item.asks.if_nothing is IfNothing.LEFT_OUT
            return Figure(item.code, State.LEFT_OUT if is_out else State.NOT_ASKED)
        weight, zeroed = _weight(item, kind, traits), is_told(item.zero_if, figures)
        reached, hopes = self._reached(item, book)
        marks = _marks(item.gives.rated, book) if item.gives and item.gives.rated else ()
        parts = tuple((take, tuple(figures[code] for code in codes)) for take, codes in _taken(item))
        worths = self._worths(kind, traits, figures if parts else {})
        figure = self._worked(item, reached, marks, parts, weight, zeroed, worths)
        hoped = (self._worked(item, hope, marks, parts, weight, zeroed, worths) for hope in hopes)
        if any(self._said(one) != self._said(figure) for one in hoped):
            return replace(figure, state=State.PENDING, is_met=None, lacking=(*figure.lacking, CHECK))
        return figure

    def _said(self, figure: Figure) -> tuple[object, ...]:
        """All of a figure that anything hangs on: what it gives, whether it is met, what conditions read off it."""
        read = (holds(reads, {figure.code: figure}) for reads in self._readers.get(figure.code, ()))
        return (figure.state, figure.points, figure.is_met, *read)

    def _worked(
        self,
        item: Item,
        reached: tuple[Reached, ...],
        marks: tuple[tuple[str, tuple[Fraction, ...]], ...],
        parts: tuple[tuple[Take, tuple[Figure, ...]], ...],
        weight: Fraction,
        zeroed: bool | None,
        worths: Worths,
    ) -> Figure:
        """The figure from all that it depends on; alike for alike."""
        if parts:
            return Working(item, worths).figure(reached, dict(marks), parts, weight, zeroed)
        key = (item.code, reached, marks, weight, zeroed)
        if (known := self._known.get(key)) is None:
            known = self._known[key] = Working(item, worths).figure(reached, dict(marks), parts, weight, zeroed)
        return known

    def _worths(self, kind: str, traits: Mapping[str, frozenset[str]], figures: Mapping[str, Figure]) -> Worths:
        """What the items worked out so far can be worth to the party."""
        asked = [code for code, figure in figures.items() if figure.state is not State.NOT_ASKED]
        weights = {code: _weight(self._items[code], kind, traits) for code in asked}
        return Worths(self._items, self._lengths, weights)

    def _reached(self, item: Item, book: Book) -> tuple[tuple[Reached, ...], tuple[tuple[Reached, ...], ...]]:
        """What was reached in each part, and what would be, were what waits confirmed: of one measure, or of all."""
        if item.counts is None:
            return (), ()
        stretches = self._parts[item.code]
        measures = (item.counts, item.asks and item.asks.out_of, item.asks and item.asks.less)
        waiting = {one for one in measures if one and any(book.waiting(one, stretch) for stretch in stretches)}
        hopes = {frozenset(waiting), *(frozenset((one,)) for one in waiting)} if waiting else ()
        now = tuple(_in_one_part(item, book, stretch) for stretch in stretches)
        return now, tuple(tuple(_in_one_part(item, book, stretch, hope) for stretch in stretches) for hope in hopes)


def _in_one_part(item: Item, book: Book, stretch: Stretch, hope: frozenset[Measure] = frozenset()) -> Reached:
    """What was reached in these days, were everything confirmed of the measures that one may hope for."""

    def count(measure: Measure) -> Fraction:
        return book.count(measure, stretch) + (book.waiting(measure, stretch) if measure in hope else ZERO)

    assert item.counts
    done, asks = count(item.counts), item.asks
    if asks is None:
        return Reached(done)
    if asks.out_of:
        whole = count(asks.out_of)
        whole -= min(whole, count(asks.less)) if asks.less else ZERO
        needed = None if asks.at_least is None else whole * asks.at_least
        return Reached(done, needed, whole, asks.at_most)
    needed = None
    if asks.at_least is not None:
        needed = asks.at_least * book.share(stretch)
        needed *= book.targets(asks.toward, stretch) if asks.toward else ONE
    return Reached(done, needed, needed, asks.at_most)


def _weight(item: Item, kind: str, traits: Mapping[str, frozenset[str]]) -> Fraction:
    return next((times for who, times in item.weights if who.takes_in(kind, traits)), ONE)


def _taken(item: Item) -> tuple[tuple[Take, tuple[str, ...]], ...]:
    return item.gives.items if item.gives else ()


def _marks(rated: Rated, book: Book) -> tuple[tuple[str, tuple[Fraction, ...]], ...]:
    """The marks that count, in an order that does not matter."""
    marks = book.marks(rated.record)
    return tuple((role, tuple(sorted(marks[role]))) for role in rated.raters if marks.get(role))
