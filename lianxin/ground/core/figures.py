"""数字 Every figure that people answer for is declared here by its app, with what it counts among what; pages show no other.

A figure opens its list. Where the sample is smaller than the least, no share is shown: a handful of answers says little,
and may say who gave them.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lianxin.ground.core.clock import day_of, now

YEARS = range(1900, 2200)  # nobody kept books before; no calendar of ours ends in them


@dataclass(frozen=True)
class Period:
    """期间 Whole local days, both ends included."""

    starts_on: date
    ends_on: date
    code: str

    @classmethod
    def year(cls, year: int) -> "Period":
        """A calendar year. Raises ValueError for one that no calendar has."""
        return cls(date(year, 1, 1), date(year, 12, 31), f"{year:04}")

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """A calendar month. Raises ValueError for one that no calendar has."""
        first = date(year, month, 1)
        return cls(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), f"{year:04}-{month:02}")

    @classmethod
    def named(cls, code: str) -> "Period | None":
        """What `2026` or `2026-03` names; None for anything else."""
        year, _dash, month = code.partition("-")
        if not (code.isascii() and year.isdigit() and len(year) == len("2026") and (month.isdigit() or code == year)):
            return None
        if int(year) not in YEARS:
            return None
        try:
            return cls.month(int(year), int(month)) if month else cls.year(int(year))
        except ValueError:
            return None

    @property
    def before(self) -> "Period":
        """The month before a month, the year before a year."""
        last = self.starts_on - timedelta(days=1)
        return Period.month(last.year, last.month) if "-" in self.code else Period.year(last.year)

    @property
    def called(self) -> str:
        """In words: 2026年, 2026年3月."""
        if "-" in self.code:
            return date_format(self.starts_on, "YEAR_MONTH_FORMAT")
        return _("%(year)d年") % {"year": self.starts_on.year}


@dataclass(frozen=True)
class Counted:
    """What was counted. `part` is None where nothing could be; `whole` is None for a figure that is no share.

    `sample` is from how many it was found, where that is not the whole; `listed` and `unlisted` say how many of what it
    was counted among are public, and how many are not.
    """

    part: int | None
    whole: int | None = None
    sample: int | None = None
    listed: int = 0
    unlisted: int = 0
    least: int = 0

    def told(self, *, is_enough: bool) -> str:
        """In print: 63, 41 / 47; a dash where there was nothing to count, or too little to show."""
        if self.part is None or self.whole == 0 or not is_enough:
            return "—"
        return str(self.part) if self.whole is None else f"{self.part} / {self.whole}"


@dataclass(frozen=True)
class Definition:
    """指标 How a figure is found: what it counts (`counts`) among what (`among`, nothing where it is no share).

    `kind` is how its bar is drawn: said, claimed, or none for what residents say is solved. `count` does the counting for
    a period as of a moment; `address` is the page that lists what it was counted among, and `members` the ids of all of
    it, public or not: of what is counted. One `is_so_far` counts from the beginning, whatever the period.
    """

    code: str
    name: str | Promise
    counts: str | Promise
    count: Callable[[Period, datetime], Counted]
    address: Callable[[Period], str]
    among: str | Promise = ""
    unit: str | Promise = ""
    kind: str = ""
    members: Callable[[Period, datetime], Iterable[UUID]] = lambda _period, _at: ()
    is_so_far: bool = False


@dataclass(frozen=True)
class Figure:
    """One figure of one period. It is made by `read` alone; the components take nothing else."""

    definition: Definition
    period: Period
    as_of: datetime
    counted: Counted

    @property
    def is_known(self) -> bool:
        """Whether there was anything to count."""
        return self.counted.part is not None and self.counted.whole != 0

    @property
    def sample(self) -> int:
        """From how many it was found."""
        found = self.counted.whole if self.counted.sample is None else self.counted.sample
        return found or 0

    @property
    def is_enough(self) -> bool:
        """Whether the sample is large enough for the figure to be shown; a plain count always is."""
        return self.sample >= self.counted.least or (self.counted.whole is None and self.counted.sample is None)

    @property
    def href(self) -> str:
        """Where what it was counted among is listed."""
        return self.definition.address(self.period)


class UnknownFigure(LookupError):
    """Nobody declared a figure of this code."""


_definitions: dict[str, Definition] = {}


def register(*definitions: Definition) -> None:
    """Declare figures; a code declared twice raises ValueError."""
    for one in definitions:
        if _definitions.get(one.code, one) is not one:
            raise ValueError(f"{one.code} is declared twice.")
        _definitions[one.code] = one


def all_definitions() -> list[Definition]:
    """Every figure, in the order in which they were declared."""
    return list(_definitions.values())


def definition(code: str) -> Definition:
    """How a figure is found. Raises UnknownFigure."""
    if code not in _definitions:
        raise UnknownFigure(code)
    return _definitions[code]


class _Kept:
    """What was counted in the last minutes, in this process: counting goes over a whole period."""

    FOR_S: ClassVar[float] = 600.0
    figures: ClassVar[dict[tuple[str, str, date], tuple[float, Figure]]] = {}


def read(code: str, period: Period) -> Figure:
    """The figure as it was found within the last ten minutes; it says as of when. Raises UnknownFigure."""
    at = now()
    key = (code, period.code, day_of(at))
    read_at, kept = _Kept.figures.get(key, (0.0, None))
    if kept is None or time.monotonic() - read_at > _Kept.FOR_S:
        one = definition(code)
        kept = Figure(one, period, at, one.count(period, at))
        if len(_Kept.figures) > 500:  # noqa: PLR2004 - somebody walks through all the periods
            forget()
        _Kept.figures[key] = (time.monotonic(), kept)
    return kept


def read_all(codes: Iterable[str], period: Period) -> list[Figure]:
    """Several, in their order."""
    return [read(code, period) for code in codes]


def forget() -> None:
    """Count anew the next time."""
    _Kept.figures.clear()
