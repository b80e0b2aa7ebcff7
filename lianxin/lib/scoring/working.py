"""Works out one figure of one party, step by step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import median

from lianxin.lib.scoring.conditions import value_of
from lianxin.lib.scoring.figures import ONE, ZERO, Figure, Marks, Reached, State, Step, summed
from lianxin.lib.scoring.spec import By, Combine, Gives, IfNothing, Item, Rated, Take
from lianxin.lib.scoring.worth import Worths


@dataclass
class Working:
    """Works out one figure, noting every step."""

    item: Item
    worths: Callable[[], Worths]

    def figure(
        self,
        reached: tuple[Reached, ...],
        marks: Marks,
        parts: tuple[tuple[Take, tuple[Figure, ...]], ...],
        weight: Fraction,
        zeroed: bool | None,
    ) -> Figure:
        """What it came to: of what was reached in each part, the marks, the figures it takes in, the party's weight."""
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
        value = self._share(figure) if gives.tiers.by is By.SHARE else value_of(figure, gives.tiers.by)
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
        points = summed(values)
        self._note("adds", *values, points)
        out = [one for one in figures if one.state is State.LEFT_OUT]
        return self._rescaled(points, out, figures) if out else points

    def _rescaled(self, points: Fraction, left_out: Sequence[Figure], figures: Sequence[Figure]) -> Fraction:
        """What is left stands for the whole: times all that the items are worth, divided by what those left are."""
        worths = self.worths()
        out = sum((worths.of(one.code) for one in left_out), ZERO)
        whole = sum((worths.of(one.code) for one in figures), ZERO)
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
