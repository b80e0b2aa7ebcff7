"""For which part of a period a party is asked: since when it is one, until when, and when it was on leave."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lianxin.lib.scoring.figures import ONE
from lianxin.lib.scoring.periods import Stretch
from lianxin.lib.scoring.spec import Join


@dataclass(frozen=True)
class Leave:
    """Days off of one type, half-open; `kind` is the type's code."""

    kind: str
    start: date
    end: date


@dataclass(frozen=True)
class Tenure:
    """When a party was obliged: its days as a party (`end` is not in them, None is still), and its leave."""

    start: date | None = None
    end: date | None = None
    leaves: Sequence[Leave] = ()

    def share(self, stretch: Stretch, period: Stretch, join: Join, kinds: frozenset[str]) -> Fraction:
        """The part of what a stretch of a period asks that is asked of this party, from 0 to 1.

        Leave of the listed `kinds` is always taken off. Whoever came or left meanwhile is asked in proportion to the days
        (prorate), for all (full), or, having come after the period began, for nothing in it (from_next_period).
        """
        if not self.leaves and (self.start or date.min) <= period.start and period.end <= (self.end or date.max):
            return ONE
        own = stretch.shared(self.start, self.end)
        if own is None or (join is Join.FROM_NEXT_PERIOD and self.start and self.start > period.start):
            return Fraction(0)
        days = own if join is not Join.FULL else stretch
        return Fraction(days.days - self._away(days, kinds), stretch.days)

    def holds(self, day: date) -> bool:
        """Whether it was a party on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def is_within(self, period: Stretch) -> bool:
        """Whether it was a party on any day of the period."""
        return period.shared(self.start, self.end) is not None

    def _away(self, stretch: Stretch, kinds: frozenset[str]) -> int:
        spans = (stretch.shared(leave.start, leave.end) for leave in self.leaves if leave.kind in kinds)
        return sum(span.days for span in _joined(span for span in spans if span))


def _joined(spans: Iterable[Stretch]) -> Iterator[Stretch]:
    """The same days, each once."""
    last: Stretch | None = None
    for span in sorted(spans):
        if last and span.start <= last.end:
            last = Stretch(last.start, max(last.end, span.end))
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
