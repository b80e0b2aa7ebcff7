"""What a regulation says, as frozen values: what is counted, what is asked, what it gives. No arithmetic is done here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

NOBODY: Mapping[str, frozenset[str]] = MappingProxyType({})


class Credit(Enum):
    """What a happening with several parties counts for each of them."""

    EACH = "each"
    SPLIT = "split"
    LEAD_ONLY = "lead_only"
    AS_RECORDED = "as_recorded"


class Grain(Enum):
    """Within what a count may be capped, the finest first; each lies within the next."""

    RECORD = 0
    DAY = 1
    MONTH = 2
    QUARTER = 3
    HALF_YEAR = 4
    YEAR = 5
    PERIOD = 6


MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF_YEAR: 6, Grain.YEAR: 12, Grain.PERIOD: 0}


@dataclass(frozen=True)
class Measure:
    """What is counted of a party's records: each one, or what it measures (`of_quantity`: hours, half-days, yuan).

    With `ties`, a scheme, it is the ties of the party that are counted, and nothing else is said.

    `roles` are those in which the party took part, any where none is named. `caps` are the most that counts within
    a grain, the finest grain first. `a_target` is the most that counts toward one and the same target: caps then hold
    for each target by itself, and what was toward nobody does not count. None: targets are not told apart.
    """

    records: tuple[str, ...]
    of_quantity: bool = False
    roles: tuple[str, ...] = ()
    credit: Credit = Credit.EACH
    caps: tuple[tuple[Grain, Fraction], ...] = ()
    a_target: Fraction | None = None
    ties: str = ""


class IfNothing(Enum):
    """What a share of nothing required is worth: everything, nothing, or the item is left out."""

    FULL = "full"
    ZERO = "zero"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Asked:
    """What is required in each part of `months` months of the period; 0 months is the period itself.

    `at_least` and `at_most`, which is not to be passed, are counts; beside `out_of` they are shares of what was held less
    what was excused. `toward` is the scheme of ties whose targets are each counted by themselves.
    """

    at_least: Fraction | None = None
    at_most: Fraction | None = None
    out_of: Measure | None = None
    less: Measure | None = None
    months: int = 0
    toward: str = ""
    if_nothing: IfNothing = IfNothing.FULL


@dataclass(frozen=True)
class Bounds:
    """From where to where a value lies; each edge says whether it is within."""

    at_least: Fraction | None = None
    more_than: Fraction | None = None
    at_most: Fraction | None = None
    less_than: Fraction | None = None

    def hold(self, value: Fraction) -> bool:
        """Whether the value lies within."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.more_than is None or value > self.more_than)
            and (self.at_most is None or value <= self.at_most)
            and (self.less_than is None or value < self.less_than)
        )


class By(Enum):
    """What a table or a condition reads off an item."""

    POINTS = "points"
    COUNT = "count"
    SHARE = "share"
    MISSING = "missing"


@dataclass(frozen=True)
class Tiers:
    """A table: the points of the first row within whose bounds the value lies; of no row, none."""

    by: By
    rows: tuple[tuple[Bounds, Fraction], ...]


class Combine(Enum):
    """How the marks of several raters become one."""

    MEAN = "mean"
    WEIGHTED = "weighted"
    MEDIAN = "median"
    MIN = "min"
    MAX = "max"
    TRIMMED = "trimmed"


@dataclass(frozen=True)
class Rated:
    """Marks of raters: `raters` are their roles with their weights; several of one role are their mean.

    `grades` are what a word is worth; without them marks are points. Where a role is missing, the item waits, or
    (`drops_missing`) the others make it up among themselves.
    """

    raters: Mapping[str, Fraction]
    combine: Combine
    record: str
    grades: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}))
    drops_missing: bool = False


class Take(Enum):
    """What is taken of several items."""

    SUM = "adds"
    HIGHEST = "highest_of"
    LOWEST = "lowest_of"


@dataclass(frozen=True)
class Gives:
    """What an item is worth: the sum of what stands here.

    `base` from the start; `each` for one counted; `full` times the share of what was required; `met` if all of it was;
    `each_met` for each part of the period in which it was; `missing` for one missing; `beyond` for one beyond; a
    table; marks; other items.
    """

    base: Fraction | None = None
    each: Fraction | None = None
    full: Fraction | None = None
    met: Fraction | None = None
    each_met: Fraction | None = None
    missing: Fraction | None = None
    beyond: Fraction | None = None
    tiers: Tiers | None = None
    rated: Rated | None = None
    items: tuple[tuple[Take, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Reads:
    """A condition on one item: a value of it within bounds, or whether its requirement is met."""

    item: str
    by: By = By.POINTS
    bounds: Bounds = Bounds()
    is_met: bool | None = None

    @property
    def items(self) -> frozenset[str]:
        """The items it reads."""
        return frozenset((self.item,))


@dataclass(frozen=True)
class AllOf:
    """Holds if all of them hold."""

    of: tuple["Condition", ...]

    @property
    def items(self) -> frozenset[str]:
        """The items they read."""
        return frozenset().union(*(one.items for one in self.of))


@dataclass(frozen=True)
class AnyOf:
    """Holds if one of them holds."""

    of: tuple["Condition", ...]

    @property
    def items(self) -> frozenset[str]:
        """The items they read."""
        return frozenset().union(*(one.items for one in self.of))


@dataclass(frozen=True)
class NotThis:
    """Holds if it does not hold."""

    of: "Condition"

    @property
    def items(self) -> frozenset[str]:
        """The items it reads."""
        return self.of.items


Condition = Reads | AllOf | AnyOf | NotThis


@dataclass(frozen=True)
class Who:
    """Parties of one kind whose traits are among those named; for each name one is enough, and none of `without`."""

    kind: str = ""
    traits: Mapping[str, frozenset[str]] = field(default_factory=lambda: NOBODY)
    without: Mapping[str, frozenset[str]] = field(default_factory=lambda: NOBODY)

    def takes_in(self, kind: str, traits: Mapping[str, frozenset[str]]) -> bool:
        """Whether a party of this kind with these traits is meant."""
        if self.kind and kind != self.kind:
            return False
        if not self.traits and not self.without:
            return True
        nothing: frozenset[str] = frozenset()
        return all(words & traits.get(name, nothing) for name, words in self.traits.items()) and not any(
            words & traits.get(name, nothing) for name, words in self.without.items()
        )


class Way(Enum):
    """Which way a value between two steps goes."""

    HALF_UP = "half_up"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Rounding:
    """To a multiple of `step`. Half up is away from zero, as people reckon: -0.5 becomes -1."""

    step: Fraction
    way: Way = Way.HALF_UP

    def of(self, value: Fraction) -> Fraction:
        """The value, rounded."""
        steps = abs(value) / self.step
        whole = steps.numerator // steps.denominator
        up = steps - whole >= Fraction(1, 2) if self.way is Way.HALF_UP else steps != whole
        if self.way is not Way.HALF_UP:
            up = up and (self.way is Way.UP) == (value > 0)
        rounded = (whole + up) * self.step
        return rounded if value >= 0 else -rounded


@dataclass(frozen=True)
class Item:
    """One line of a sheet: what is counted, what is asked, what it gives, its edges; for whom, where not for all."""

    code: str
    counts: Measure | None = None
    asks: Asked | None = None
    gives: Gives | None = None
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    zero_if: Condition | None = None
    weights: tuple[tuple[Who, Fraction], ...] = ()
    rounding: Rounding | None = None
    who: Who = Who()

    @property
    def months(self) -> int:
        """Of how many months the parts of the period are, each asked for itself; 0 is the period itself."""
        return self.asks.months if self.asks else 0


class Join(Enum):
    """What is asked of whoever was obliged for a part of the time only."""

    PRORATE = "prorate"
    FULL = "full"
    FROM_NEXT_PERIOD = "from_next_period"


class Ties(Enum):
    """What becomes of equals at the edge of a quota."""

    ALL_IN = "all_in"
    NONE_IN = "none_in"


@dataclass(frozen=True)
class Band:
    """A grade: between which totals, unless what; and the largest share of all parties that may have it."""

    grade: str
    bounds: Bounds
    unless: Condition | None = None
    quota: Fraction | None = None
    ties: Ties = Ties.NONE_IN


@dataclass(frozen=True)
class Trigger:
    """What happens to a party so often in a row, in closed periods, that a body is to be told: a grade, a place, a test."""

    code: str
    grades: frozenset[str] = frozenset()
    last: int = 0
    when: Condition | None = None
    in_a_row: int = 1


@dataclass(frozen=True)
class Regulation:
    """A regulation: for whom, its items in an order in which each comes after those it needs, its total, its grades."""

    code: str
    who: Who
    items: Sequence[Item]
    total: Item | None
    join: Join = Join.FULL
    leaves: frozenset[str] = frozenset()
    bands: Sequence[Band] = ()
    triggers: Sequence[Trigger] = ()
    months: int = 12
    anchor: date = date(2000, 1, 1)
