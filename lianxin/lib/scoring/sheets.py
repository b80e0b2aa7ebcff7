"""The sheet of one party: every item of a regulation worked out, in exact fractions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from lianxin.lib.scoring.conditions import is_told, reads_of
from lianxin.lib.scoring.figures import Figure, State
from lianxin.lib.scoring.lines import Line, Traits, weight_of
from lianxin.lib.scoring.periods import Stretch, cut
from lianxin.lib.scoring.questions import Book, Question, askings_of
from lianxin.lib.scoring.spec import Item, Reads, Regulation
from lianxin.lib.scoring.worth import Worths


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
    """Works out sheets by one regulation for one period."""

    def __init__(self, regulation: Regulation, period: Stretch):
        self.regulation = regulation
        self._items = {item.code: item for item in regulation.items}
        self._lengths = {item.code: len(cut(period, item.months)) for item in regulation.items}
        self._askings = askings_of(regulation.items, period)
        reads: dict[str, list[Reads]] = {}
        for one in reads_of(regulation):
            reads.setdefault(one.item, []).append(one)
        every: list[Item] = [*regulation.items, *([regulation.total] if regulation.total else [])]
        self._lines = [Line(item, self._askings.get(item.code), reads.get(item.code, ())) for item in every]

    @property
    def questions(self) -> tuple[Question, ...]:
        """What it asks of every book, each once."""
        return tuple(dict.fromkeys(one for asking in self._askings.values() for one in asking.questions))

    def sheet(self, book: Book, kind: str, traits: Traits) -> Sheet:
        """The sheet of the party with this book, kind and traits."""
        figures: dict[str, Figure] = {}
        worths = partial(self._worths, kind, traits, figures)
        for line in self._lines:
            figures[line.item.code] = line.figure(book, kind, traits, figures, worths)
        total = figures[self.regulation.total.code] if self.regulation.total else None
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

    def _worths(self, kind: str, traits: Traits, figures: Mapping[str, Figure]) -> Worths:
        """What the items worked out so far can be worth to the party."""
        asked = [code for code, figure in figures.items() if figure.state is not State.NOT_ASKED]
        weights = {code: weight_of(self._items[code], kind, traits) for code in asked if code in self._items}
        return Worths(self._items, self._lengths, weights)
