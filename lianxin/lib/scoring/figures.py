"""Figures: what one item of a sheet came to, and the steps that led there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)
Marks = Mapping[str, Sequence[Fraction]]
CHECK = "check"  # what a figure lacks that waits for records to be checked


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


def summed(values: Iterable[Fraction]) -> Fraction:
    """The sum, reckoned in whole numbers for each denominator; most values of a sheet have the same few."""
    wholes: dict[int, int] = {}
    for numerator, denominator in map(Fraction.as_integer_ratio, values):
        wholes[denominator] = wholes.get(denominator, 0) + numerator
    return sum((Fraction(numerator, denominator) for denominator, numerator in wholes.items()), ZERO)
