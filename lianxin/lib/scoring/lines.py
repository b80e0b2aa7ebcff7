"""One line of a sheet: an item worked out for one party after another."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from lianxin.lib.scoring.conditions import holds, is_told
from lianxin.lib.scoring.figures import CHECK, ONE, Figure, State
from lianxin.lib.scoring.questions import Asking, Book, Told
from lianxin.lib.scoring.spec import IfNothing, Item, Rated, Reads, Take
from lianxin.lib.scoring.working import Working
from lianxin.lib.scoring.worth import Worths

Traits = Mapping[str, frozenset[str]]
Parts = tuple[tuple[Take, tuple[Figure, ...]], ...]


class Given(NamedTuple):
    """All that a figure depends on, but for other figures: alike for alike."""

    told: Told
    marks: tuple[tuple[str, tuple[Fraction, ...]], ...] = ()
    weight: Fraction | None = None
    zeroed: bool | None = False


class Line:
    """One item. What parties have alike is worked out once; `reads` are the conditions on it."""

    def __init__(self, item: Item, asking: Asking | None, reads: Sequence[Reads]):
        self.item, self.asking, self.reads = item, asking, reads
        is_out = item.asks is not None and item.asks.if_nothing is IfNothing.LEFT_OUT
        self._not_asked = Figure(item.code, State.LEFT_OUT if is_out else State.NOT_ASKED)
        self._rated = item.gives.rated if item.gives else None
        self._takes = item.gives.items if item.gives else ()
        self._known: dict[Given, Figure] = {}

    def figure(
        self, book: Book, kind: str, traits: Traits, figures: Mapping[str, Figure], worths: Callable[[], Worths]
    ) -> Figure:
        """What it comes to for the party with this book, kind and traits, and the `figures` it needs."""
        item = self.item
        if not item.who.takes_in(kind, traits):
            return self._not_asked
        given = Given(
            self.asking.told(book) if self.asking else Told(),
            _marks(self._rated, book) if self._rated else (),
            weight_of(item, kind, traits) if item.weights else None,
            is_told(item.zero_if, figures) if item.zero_if else False,
        )
        parts = tuple((take, tuple(figures[code] for code in codes)) for take, codes in self._takes)
        figure = self._worked(given, parts, worths)
        for hope in self._hoped(given, book):
            if self._said(self._worked(hope, parts, worths)) != self._said(figure):
                return replace(figure, state=State.PENDING, is_met=None, lacking=(*figure.lacking, CHECK))
        return figure

    def _hoped(self, given: Given, book: Book) -> Iterator[Given]:
        """What it would depend on, were what waits confirmed: of what is counted, and of the marks."""
        hoped = self.asking.hoped(book) if self.asking else ()
        yield from (given._replace(told=told) for told in hoped)
        if self._rated and (marks := _marks(self._rated, book, hopes=True)) != given.marks:
            yield given._replace(marks=marks)
            yield from (given._replace(told=told, marks=marks) for told in hoped[:1])

    def _said(self, figure: Figure) -> tuple[object, ...]:
        """All of a figure that anything hangs on: what it gives, whether it is met, what conditions read off it."""
        read = (holds(reads, {figure.code: figure}) for reads in self.reads)
        return (figure.state, figure.points, figure.is_met, *read)

    def _worked(self, given: Given, parts: Parts, worths: Callable[[], Worths]) -> Figure:
        known = self._known.get(given) if not parts else None
        if known is None:
            reached, weight = given.told.reached(self.item.asks), ONE if given.weight is None else given.weight
            known = Working(self.item, worths).figure(reached, dict(given.marks), parts, weight, given.zeroed)
            if not parts:
                self._known[given] = known
        return known


def weight_of(item: Item, kind: str, traits: Traits) -> Fraction:
    """By how much what an item gives is multiplied for such a party."""
    return next((times for who, times in item.weights if who.takes_in(kind, traits)), ONE)


def _marks(rated: Rated, book: Book, *, hopes: bool = False) -> tuple[tuple[str, tuple[Fraction, ...]], ...]:
    """The marks that count, in an order that does not matter."""
    marks = book.marks(rated.record, hopes=hopes)
    return tuple((role, tuple(sorted(marks[role]))) for role in rated.raters if marks.get(role))
