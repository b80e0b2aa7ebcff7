"""What is known only when a period closes: places, quotas on grades, and what happened several periods in a row."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from lianxin.lib.scoring.conditions import holds
from lianxin.lib.scoring.figures import State
from lianxin.lib.scoring.sheets import Sheet
from lianxin.lib.scoring.spec import Band, Regulation, Ties, Trigger

Party = TypeVar("Party", bound=Hashable)


@dataclass(frozen=True)
class Closed:
    """What a closed period says of one party. Without `points` its sheet was not complete, it was left out, or there is no total."""

    points: Fraction | None
    grade: str = ""
    place: int | None = None
    from_last: int | None = None
    sheet: Sheet | None = None

    @property
    def is_told(self) -> bool:
        """Whether it was complete: with a total, or by a regulation that has none."""
        return self.points is not None or (self.sheet is not None and not self.sheet.total and self.sheet.is_complete)


def close(regulation: Regulation, sheets: Mapping[Party, Sheet]) -> dict[Party, Closed]:
    """Every party of a closed period with its place and its grade; a sheet that is not complete has neither.

    Equals share the better place; `from_last` counts from the end, where equals share the worse one, which is 1.
    """
    points = {
        party: sheet.total.points
        for party, sheet in sheets.items()
        if sheet.total and sheet.total.state is State.KNOWN and sheet.is_complete
    }
    ranked = sorted(points.values(), reverse=True)
    better, worse = _first_places(ranked), _first_places(ranked[::-1])
    grades = _within_quotas(regulation, sheets, points)
    return {
        party: Closed(points[party], grades[party], better[points[party]], worse[points[party]], sheet)
        if party in points
        else Closed(None, sheet=sheet)
        for party, sheet in sheets.items()
    }


def _first_places(values: Sequence[Fraction]) -> dict[Fraction, int]:
    """The place of each value: one more than there are before it."""
    places: dict[Fraction, int] = {}
    for number, value in enumerate(values, 1):
        places.setdefault(value, number)
    return places


def _within_quotas(
    regulation: Regulation, sheets: Mapping[Party, Sheet], points: Mapping[Party, Fraction]
) -> dict[Party, str]:
    """Grades after quotas: whoever finds no room in a grade is asked about the next one below."""
    grades = {party: sheets[party].grade for party in points}
    for number, band in enumerate(regulation.bands[:-1], 1):
        if band.quota is None:
            continue
        own = [party for party, grade in grades.items() if grade == band.grade]
        for party in _without_room(band, own, points):
            grades[party] = _first_open(regulation.bands[number:], sheets[party])
    return grades


def _first_open(bands: Sequence[Band], sheet: Sheet) -> str:
    """The first of these grades from which nothing bars the sheet; its total is above them all."""
    return next((band.grade for band in bands if not (band.unless and holds(band.unless, sheet.figures))), "")


def _without_room(band: Band, parties: Iterable[Party], points: Mapping[Party, Fraction]) -> set[Party]:
    """Those of a grade for whom its quota has no room; the quota is a share of all, in whole parties, rounded down."""
    parties = list(parties)
    room = int((band.quota or Fraction(0)) * len(points))
    if len(parties) <= room:
        return set()
    ranked = sorted((points[party] for party in parties), reverse=True)
    edge = ranked[room] if room < len(ranked) else None
    last_in = ranked[room - 1] if room else None
    assert edge is not None
    if edge != last_in or band.ties is Ties.NONE_IN:
        return {party for party in parties if points[party] <= edge}
    return {party for party in parties if points[party] < edge}


def fires(trigger: Trigger, history: Sequence[Closed | None]) -> bool:
    """Whether it holds in so many periods in a row, the last of them the last one; never by one that was not told."""
    recent = history[-trigger.in_a_row :]
    return len(recent) == trigger.in_a_row and all(_held(trigger, closed) for closed in recent)


def _held(trigger: Trigger, closed: Closed | None) -> bool:
    if closed is None or not closed.is_told:
        return False
    by_grade = closed.points is not None and closed.grade in trigger.grades
    by_place = trigger.last and closed.from_last is not None and closed.from_last <= trigger.last
    by_test = trigger.when and closed.sheet and holds(trigger.when, closed.sheet.figures)
    return bool(by_grade or by_place or by_test)
