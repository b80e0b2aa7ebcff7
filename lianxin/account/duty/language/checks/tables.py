"""Rows of tables and of grades, by the edges of each."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from lianxin.account.duty.language.numbers import in_figures
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.reading import Path
from lianxin.lib.scoring.spec import Bounds


def unreached(path: Path, rows: Sequence[Bounds]) -> Iterator[Wrong]:
    """Rows that nothing reaches, because those before them take all of it, or because their edges contradict."""
    for number, row in enumerate(rows):
        if _is_empty(row):
            yield Wrong((*path, number), _("有数在内的档次：下限不高于上限"))
        elif any(_covers(before, row) for before in rows[:number]):
            yield Wrong((*path, number), _("轮得到的档次：前面的档次已经把它包括了"))


def _low(row: Bounds) -> tuple[Fraction, bool] | None:
    """The lower edge, and whether it lies outside."""
    edges = [(row.at_least, False), (row.more_than, True)]
    return max(((edge, is_out) for edge, is_out in edges if edge is not None), default=None)


def _high(row: Bounds) -> tuple[Fraction, bool] | None:
    """The upper edge, and whether it lies within."""
    edges = [(row.at_most, True), (row.less_than, False)]
    return min(((edge, is_in) for edge, is_in in edges if edge is not None), default=None)


def _is_empty(row: Bounds) -> bool:
    low, high = _low(row), _high(row)
    if low is None or high is None:
        return False
    return low[0] > high[0] or (low[0] == high[0] and (low[1] or not high[1]))


def _covers(wide: Bounds, row: Bounds) -> bool:
    low, high = _low(wide), _high(wide)
    own_low, own_high = _low(row), _high(row)
    reaches_down = low is None or (own_low is not None and own_low >= low)
    reaches_up = high is None or (own_high is not None and own_high <= high)
    return reaches_down and reaches_up


def gaps(rows: Sequence[Bounds]) -> Iterator[Wrong]:
    """Totals that no grade takes."""
    ordered = sorted(
        (row for row in rows if not _is_empty(row)), key=lambda row: _low(row) or (Fraction(-(10**12)), False)
    )
    for below, above in pairwise(ordered):
        high, low = _high(below), _low(above)
        if high is None or low is None:
            continue
        if high[0] < low[0] or (high[0] == low[0] and not high[1] and low[1]):
            found = _("%(from)s和%(to)s之间没有等次") % {"from": in_figures(high[0]), "to": in_figures(low[0])}
            yield Wrong(("bands",), _("每个总分都有等次"), found)
