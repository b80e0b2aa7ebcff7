"""The sheet of one party: every item of a regulation worked out, in exact fractions, with the steps that led there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from statistics import median
from typing import Protocol

from lianxin.lib.scoring import spec
from lianxin.lib.scoring.periods import Stretch, cut
from lianxin.lib.scoring.spec import By, Combine, Gives, IfNothing, Item, Measure, Rated, Reads, Regulation, Take
from lianxin.lib.scoring.worth import Worths

ZERO, ONE = Fraction(0), Fraction(1)
Marks = Mapping[str, Sequence[Fraction]]


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


class State(Enum):
    """Whether a figure can be told."""

    KNOWN = "known"
    PENDING = "pending"
    LEFT_OUT = "left_out"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Step:
    """One step of the arithmetic: which one, and its numbers. The last number is what came out, where one did."""

    what: str
    numbers: tuple[Fraction, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reached:
    """What was reached in one part of the period: `done`, of what was `needed` and what was held in the `whole`.

    `most` is what should not be passed.
    """

    done: Fraction
    needed: Fraction | None = None
    whole: Fraction | None = None
    most: Fraction | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether something is asked, and here it comes to nothing."""
        return self.whole is not None and not self.whole

    @property
    def is_met(self) -> bool:
        """Whether what was asked is met."""
        return (self.needed is None or self.done >= self.needed) and (self.most is None or self.done <= self.most)


@dataclass(frozen=True)
class Figure:
    """What one item came to. `points` of a pending one are what stands so far; `lacking` says for whom it waits.

    `is_met` is None where nothing was asked, or that cannot be told yet.
    """

    code: str
    state: State
    points: Fraction = ZERO
    is_met: bool | None = None
    count: Fraction = ZERO
    share: Fraction | None = None
    missing: Fraction = ZERO
    steps: tuple[Step, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.state is State.PENDING


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


CHECK = "check"  # what a figure lacks that waits for records to be checked


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
        for reads in _reads_of(regulation):
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
            barred = _told(band.unless, figures)
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
        weight, zeroed = _weight(item, kind, traits), _told(item.zero_if, figures)
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
            return _Working(item, worths).figure(reached, dict(marks), parts, weight, zeroed)
        key = (item.code, reached, marks, weight, zeroed)
        if (known := self._known.get(key)) is None:
            known = self._known[key] = _Working(item, worths).figure(reached, dict(marks), parts, weight, zeroed)
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


@dataclass
class _Working:
    """Works out one figure, noting every step."""

    item: Item
    worths: Worths

    def figure(
        self,
        reached: tuple[Reached, ...],
        marks: Marks,
        parts: tuple[tuple[Take, tuple[Figure, ...]], ...],
        weight: Fraction,
        zeroed: bool | None,
    ) -> Figure:
        self.steps: list[Step] = []
        self.lacking: list[str] = []
        self.reached = reached
        done = sum((part.done for part in reached), ZERO)
        figure = self._requirement(Figure(self.item.code, State.KNOWN, count=done))
        if reached:
            self._note("counted", done)
        if (nothing := self._nothing_required(figure)) is not None:
            return nothing
        if self._is_left_out(parts):
            return replace(figure, state=State.LEFT_OUT)
        points = self._points(self.item.gives, figure, marks, parts) if self.item.gives else ZERO
        points = self._edges(points)
        if zeroed is None:
            self.lacking.append("condition")
        elif zeroed:
            points = ZERO
            self._note("zeroed", points)
        if weight != ONE:
            points *= weight
            self._note("weighted", weight, points)
        if self.item.rounding and (rounded := self.item.rounding.of(points)) != points:
            self._note("rounded", self.item.rounding.step, rounded)
            points = rounded
        state = State.PENDING if self.lacking else State.KNOWN
        return replace(
            figure, state=state, points=points, steps=tuple(self.steps), lacking=tuple(dict.fromkeys(self.lacking))
        )

    def _note(self, what: str, *numbers: Fraction, names: tuple[str, ...] = ()) -> None:
        self.steps.append(Step(what, numbers, names))

    def _requirement(self, figure: Figure) -> Figure:
        """The figure with what was required: the share reached, what is missing, whether it is met."""
        asks = self.item.asks
        if asks is None:
            return figure
        missing = sum((max(ZERO, part.needed - part.done) for part in self.reached if part.needed is not None), ZERO)
        whole = sum((part.whole for part in self.reached if part.whole is not None), ZERO)
        if asks.out_of:
            share = sum((min(part.done, part.whole or ZERO) for part in self.reached), ZERO) / whole if whole else None
        else:
            within = sum((min(part.done, part.needed or ZERO) for part in self.reached), ZERO)
            share = within / whole if whole else None
        is_met = all(part.is_met for part in self.reached)
        unmoved = is_met and asks.if_nothing is IfNothing.ZERO and all(part.is_nothing for part in self.reached)
        return replace(figure, is_met=None if unmoved else is_met, share=share, missing=missing)

    def _nothing_required(self, figure: Figure) -> Figure | None:
        """An item of which nothing was required, as its rule says; None where something was, or that does not matter."""
        asks = self.item.asks
        if asks is None or figure.share is not None or (asks.at_least is None and asks.out_of is None):
            return None
        if asks.if_nothing is IfNothing.LEFT_OUT:
            return replace(figure, state=State.LEFT_OUT, is_met=None)
        return None

    def _is_left_out(self, parts: tuple[tuple[Take, tuple[Figure, ...]], ...]) -> bool:
        """Whether it gives nothing but what other items gave, and of those that are asked all were left out."""
        states = {one.state for _take, figures in parts for one in figures} - {State.NOT_ASKED}
        return states == {State.LEFT_OUT} and replace(self.item.gives or Gives(), items=()) == Gives()

    def _points(
        self, gives: Gives, figure: Figure, marks: Marks, parts: tuple[tuple[Take, tuple[Figure, ...]], ...]
    ) -> Fraction:
        points = ZERO
        for add in (self._simple(gives, figure), self._of_parts(gives), self._table(gives, figure)):
            points += add
        if gives.rated:
            points += self._rated(gives.rated, marks)
        for take, figures in parts:
            points += self._taken(take, figures)
        return points

    def _simple(self, gives: Gives, figure: Figure) -> Fraction:
        points = ZERO
        if gives.base is not None:
            self._note("base", gives.base)
            points += gives.base
        if gives.each is not None:
            self._note("each", figure.count, gives.each, figure.count * gives.each)
            points += figure.count * gives.each
        if gives.full is not None:
            share = self._share(figure)
            self._note("full", share, gives.full, share * gives.full)
            points += share * gives.full
        if gives.met is not None:
            met = gives.met if figure.is_met else ZERO
            self._note("met" if figure.is_met else "not_met", met)
            points += met
        return points

    def _share(self, figure: Figure) -> Fraction:
        """The share of what was required; of nothing, as the rule says."""
        if figure.share is None:
            return ONE if self.item.asks and self.item.asks.if_nothing is IfNothing.FULL else ZERO
        return figure.share

    def _of_parts(self, gives: Gives) -> Fraction:
        """What each part of the period gives, or takes."""
        points = ZERO
        if gives.each_met is not None:
            met = Fraction(sum(self._counts_as_met(part) for part in self.reached))
            self._note("each_met", met, gives.each_met, met * gives.each_met)
            points += met * gives.each_met
        for name, times in (("missing", gives.missing), ("beyond", gives.beyond)):
            if times is not None:
                amount = sum((_gap(part, name) for part in self.reached), ZERO)
                self._note(name, amount, times, amount * times)
                points += amount * times
        return points

    def _counts_as_met(self, part: Reached) -> bool:
        """Whether a part of the period was met; one of which nothing was required, as the rule says."""
        is_zero = self.item.asks is not None and self.item.asks.if_nothing is IfNothing.ZERO
        return part.is_met and not (part.is_nothing and is_zero)

    def _table(self, gives: Gives, figure: Figure) -> Fraction:
        if gives.tiers is None:
            return ZERO
        value = self._share(figure) if gives.tiers.by is By.SHARE else _read(figure, gives.tiers.by)
        points = next((points for bounds, points in gives.tiers.rows if bounds.hold(value)), ZERO)
        self._note("tiers", value, points)
        return points

    def _rated(self, rated: Rated, marks: Marks) -> Fraction:
        """The marks made one; what is there so far, while a rater is missing."""
        absent = [role for role in rated.raters if role not in marks]
        if absent and (not rated.drops_missing or len(absent) == len(rated.raters)):
            self.lacking.extend(absent)
            return ZERO
        own = {role: sum(given, ZERO) / len(given) for role, given in marks.items()}
        points = combined(rated, own)
        self._note("rated", *own.values(), points, names=tuple(own))
        return points

    def _taken(self, take: Take, figures: tuple[Figure, ...]) -> Fraction:
        self.lacking.extend(lack for one in figures if one.is_open for lack in one.lacking)
        values = [one.points for one in figures if one.state in (State.KNOWN, State.PENDING)]
        if take is not Take.SUM:
            chosen = (max if take is Take.HIGHEST else min)(values, default=ZERO)
            self._note(take.value, *values, chosen)
            return chosen
        points = sum(values, ZERO)
        self._note("adds", *values, points)
        out = sum((self.worths.of(one.code) for one in figures if one.state is State.LEFT_OUT), ZERO)
        whole = sum((self.worths.of(one.code) for one in figures), ZERO)
        if out and whole != out:
            points *= whole / (whole - out)
            self._note("rescaled", whole, whole - out, points)
        return points

    def _edges(self, points: Fraction) -> Fraction:
        if self.item.at_least is not None and points < self.item.at_least:
            points = self.item.at_least
            self._note("at_least", points)
        if self.item.at_most is not None and points > self.item.at_most:
            points = self.item.at_most
            self._note("at_most", points)
        return points


def _gap(part: Reached, name: str) -> Fraction:
    """How much is missing from what was needed, or is beyond it, or beyond what should not be passed."""
    if name == "missing":
        return max(ZERO, part.needed - part.done) if part.needed is not None else ZERO
    edge = part.most if part.most is not None else part.needed
    return max(ZERO, part.done - edge) if edge is not None else ZERO


def combined(rated: Rated, marks: Mapping[str, Fraction]) -> Fraction:
    """The marks of several roles as one; trimmed leaves out one highest and one lowest of three or more.

    Raises ValueError where there are none.
    """
    values = sorted(marks.values())
    if not values:
        raise ValueError("No marks.")
    if rated.combine is Combine.WEIGHTED:
        weights = sum((rated.raters[role] for role in marks), ZERO)
        return sum((mark * rated.raters[role] for role, mark in marks.items()), ZERO) / weights
    if rated.combine is Combine.MEDIAN:
        return median(values)
    if rated.combine in (Combine.MIN, Combine.MAX):
        return values[0] if rated.combine is Combine.MIN else values[-1]
    if rated.combine is Combine.TRIMMED and len(values) > 2:
        values = values[1:-1]
    return sum(values, ZERO) / len(values)


def holds(condition: spec.Condition, figures: Mapping[str, Figure]) -> bool | None:
    """Whether a condition holds; None where a figure that would decide it is not known."""
    if isinstance(condition, spec.NotThis):
        inner = holds(condition.of, figures)
        return None if inner is None else not inner
    if isinstance(condition, spec.AllOf | spec.AnyOf):
        decisive = isinstance(condition, spec.AnyOf)
        found = [holds(one, figures) for one in condition.of]
        return decisive if decisive in found else None if None in found else not decisive
    figure = figures[condition.item]
    if figure.state is not State.KNOWN:
        return None
    if condition.is_met is not None:
        return figure.is_met is condition.is_met if figure.is_met is not None else None
    if condition.by is By.SHARE and figure.share is None:
        return None
    return condition.bounds.hold(_read(figure, condition.by))


def _reads_of(regulation: Regulation) -> Iterator[Reads]:
    """Every single reading of the conditions of a regulation."""
    totals = (regulation.total,) if regulation.total else ()
    yield from _reads(item.zero_if for item in (*regulation.items, *totals))
    yield from _reads(band.unless for band in regulation.bands)
    yield from _reads(trigger.when for trigger in regulation.triggers)


def _reads(conditions: Iterable[spec.Condition | None]) -> Iterator[Reads]:
    for condition in conditions:
        if isinstance(condition, Reads):
            yield condition
        elif condition is not None:
            yield from _reads((condition.of,) if isinstance(condition, spec.NotThis) else condition.of)


def _told(condition: spec.Condition | None, figures: Mapping[str, Figure]) -> bool | None:
    """Whether a condition bars or zeroes: what hangs on an item that was left out never does; None while one waits."""
    if condition is None:
        return False
    held = holds(condition, figures)
    return held if held is not None else None if any(figures[code].is_open for code in condition.items) else False


def _read(figure: Figure, by: By) -> Fraction:
    if by is By.SHARE:
        return figure.share or ZERO
    return {By.POINTS: figure.points, By.COUNT: figure.count, By.MISSING: figure.missing}[by]
