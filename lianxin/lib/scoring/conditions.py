"""Conditions: whether they hold of the figures of a sheet, and whether that can be told yet."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from lianxin.lib.scoring import spec
from lianxin.lib.scoring.figures import ZERO, Figure, State
from lianxin.lib.scoring.spec import By, Reads, Regulation


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
    return condition.bounds.hold(value_of(figure, condition.by))


def reads_of(regulation: Regulation) -> Iterator[Reads]:
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


def is_told(condition: spec.Condition | None, figures: Mapping[str, Figure]) -> bool | None:
    """Whether a condition bars or zeroes: what hangs on an item that was left out never does; None while one waits."""
    if condition is None:
        return False
    held = holds(condition, figures)
    return held if held is not None else None if any(figures[code].is_open for code in condition.items) else False


def value_of(figure: Figure, by: By) -> Fraction:
    """What a table or a condition reads off a figure; of a share that has no value, nothing."""
    if by is By.SHARE:
        return figure.share or ZERO
    return {By.POINTS: figure.points, By.COUNT: figure.count, By.MISSING: figure.missing}[by]
