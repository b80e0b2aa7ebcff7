"""Periods of any length and start, and the stretches they are cut into. All of them are half-open: the end is not in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

LATEST_START = 28  # the last day of a month that every month has


@dataclass(frozen=True, order=True)
class Stretch:
    """Days from `start` up to, and without, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"{self.start} is not before {self.end}.")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def shared(self, start: date | None, end: date | None) -> "Stretch | None":
        """What it has in common with the days from `start` to `end`; None is without bound."""
        first, last = max(self.start, start or date.min), min(self.end, end or date.max)
        return Stretch(first, last) if first < last else None


@dataclass(frozen=True)
class Cycle:
    """Periods of so many months that follow each other without a gap; one of them begins on `anchor`.

    Raises ValueError for less than a month, or an anchor on a day that some months do not have.
    """

    months: int
    anchor: date = date(2000, 1, 1)

    def __post_init__(self) -> None:
        if self.months < 1 or self.anchor.day > LATEST_START:
            raise ValueError(f"No cycle: {self.months} months from {self.anchor}.")

    def at(self, day: date) -> Stretch:
        """The period in which a day lies."""
        passed = (day.year - self.anchor.year) * 12 + day.month - self.anchor.month - (day.day < self.anchor.day)
        start = months_later(self.anchor, passed // self.months * self.months)
        return Stretch(start, months_later(start, self.months))

    def before(self, period: Stretch) -> Stretch:
        """The period before a period of this cycle."""
        return Stretch(months_later(period.start, -self.months), period.start)


def months_later(day: date, months: int) -> date:
    """The same day of the month, so many months later. Raises ValueError where that month has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1)


def cut(period: Stretch, months: int) -> tuple[Stretch, ...]:
    """A period in parts of so many months, counted from its own start; 0 months is the period itself.

    Raises ValueError where the parts do not fill it, which is for whoever writes the rule to say.
    """
    if not months:
        return (period,)
    parts = tuple(_parts(period, months))
    if parts[-1].end != period.end:
        raise ValueError(f"{period} is not filled by parts of {months} months.")
    return parts


def _parts(period: Stretch, months: int) -> Iterator[Stretch]:
    start = period.start
    while start < period.end:
        end = months_later(start, months)
        yield Stretch(start, end)
        start = end
