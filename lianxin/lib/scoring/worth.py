"""The most an item can be worth, by which a sum is rescaled where some of it was left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from lianxin.lib.scoring.spec import Gives, Grain, Item, Take

ZERO = Fraction(0)


@dataclass(frozen=True)
class Worths:
    """The most that items can be worth to one party: `parts` are how many parts each is asked in.

    `weights` are those of the party for the items that are asked of it; any other is worth nothing.
    """

    items: Mapping[str, Item]
    parts: Mapping[str, int]
    weights: Mapping[str, Fraction]

    def of(self, code: str) -> Fraction:
        """Its upper edge, or else all that it gives; what it gives without end is not in it."""
        item = self.items[code]
        if code not in self.weights or (item.gives is None and item.at_most is None):
            return ZERO
        most = item.at_most if item.at_most is not None else self._given(item, item.gives or Gives())
        return most * self.weights[code]

    def _given(self, item: Item, gives: Gives) -> Fraction:
        most = (gives.base or ZERO) + (gives.full or ZERO) + max(ZERO, gives.met or ZERO)
        most += max(ZERO, gives.each_met or ZERO) * self.parts[item.code]
        if gives.each is not None and item.counts:
            most += max(ZERO, gives.each) * dict(item.counts.caps).get(Grain.PERIOD, ZERO)
        if gives.tiers:
            most += max((points for _bounds, points in gives.tiers.rows), default=ZERO)
        if gives.rated:
            most += max(gives.rated.grades.values(), default=ZERO)
        return most + sum((self._taken(take, codes) for take, codes in gives.items), ZERO)

    def _taken(self, take: Take, codes: tuple[str, ...]) -> Fraction:
        worths = [self.of(code) for code in codes if code in self.weights]
        if take is Take.SUM:
            return sum(worths, ZERO)
        return (max if take is Take.HIGHEST else min)(worths, default=ZERO)
