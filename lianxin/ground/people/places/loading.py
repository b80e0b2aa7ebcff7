"""Loads the places of a county, a city or a province onto the platform, and tells what has changed since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from lianxin.ground.core.clock import day_of
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.events import Ref, record
from lianxin.ground.people.models.region import Level, Region
from lianxin.ground.people.models.region_change import RegionChange
from lianxin.ground.people.pinyin import spell
from lianxin.ground.people.places.comparing import Comparison, Difference, Standing, compare
from lianxin.ground.people.places.divisions import Division, divisions, find
from lianxin.ground.people.places.points import village_points

Kind = RegionChange.Kind
ROWS_A_STATEMENT = 1000


@dataclass
class Loaded:
    """What a load did. `changes` were made, or are only told of where they were not asked for; `refused` could not be.

    `held` are places of the list that have nowhere to stand until the changes are made: their code is another's.
    """

    region: Region
    added: int = 0
    changes: list[Difference] = field(default_factory=list)
    refused: list[tuple[Difference, RuleError]] = field(default_factory=list)
    held: list[Division] = field(default_factory=list)


def load_region(
    code: str, *, by: UUID | None, at: datetime,
    with_villages: bool = True, apply_changes: bool = False, on: date | None = None,
) -> Loaded:  # fmt: skip
    """Load the place with this official code (2, 4 or 6 digits), those around it and those in it. All or nothing.

    What stands already stays as it is. Where the list says otherwise, the difference is told; with `apply_changes`
    it is made, from the day `on` (else that of `at`), by the verbs of Region, so that what was before stays known.
    Loading again changes nothing. Raises NoSuchDivision, DivisionsMissing.
    """
    lines = list(divisions(code, with_villages=with_villages))
    code, on = find(code), on or day_of(at)
    with transaction.atomic():
        loaded = Region.objects.standing().filter(code=code).first()
        comparison = compare(lines, _standing(lines, code, loaded), loaded)
        result = Loaded(region=loaded or Region(), changes=comparison.differences)
        made = [d for d in comparison.differences if apply_changes]
        _recode([d for d in made if d.kind == Kind.RECODED], result, on, by, at)
        _add(comparison, result, code)
        for difference in made:
            if difference.kind != Kind.RECODED:
                _apply(difference, comparison, result, on, by, at)
        result.region = Region.objects.standing().get(code=code)
        changed = len(made) - len(result.refused)
        if result.added or changed:
            record(
                "people.regions_loaded",
                subject=Ref("region", result.region.id),
                by=by,
                at=at,
                place=result.region.place(),
                measures={"added": result.added, "changed": changed},
            )
    return result


def _standing(lines: Iterable[Division], code: str, loaded: Region | None) -> Standing:
    """The places around, at and in the one loaded, and whatever else has a code that begins as its code does."""
    around = [line.code for line in lines if len(line.code) < len(code)]
    near = Q(code__begins=code) | Q(code__in=around)
    if loaded:
        near |= Q(path__begins=loaded.path)
    regions = list(Region.objects.filter(near).exclude(level=Level.GRID))
    known = {region.id for region in regions}
    changes = RegionChange.objects.filter(region__in=Region.objects.filter(near))
    return Standing(regions, [change for change in changes if change.region_id in known])


def _add(comparison: Comparison, result: Loaded, code: str) -> None:
    """Add what is new, each below the place around it; what has nowhere to stand is held."""
    found, new = comparison.found, []
    points = village_points(code) if any(line.level == Level.VILLAGE for line in comparison.new) else {}
    codes = [line.code for line in comparison.new]
    taken = set(Region.objects.standing().filter(code__in=codes).values_list("code", flat=True)) if found else set()
    for line in comparison.new:
        parent = found.get(line.parent)
        if line.code in taken or (line.parent and not parent):
            result.held.append(line)
            continue
        pinyin, initials = spell(line.name)
        region = Region(
            code=line.code, name=line.name, level=line.level, parent=parent, pinyin=pinyin, initials=initials
        )
        region.path = f"{parent.path if parent else ''}{region.id.hex}/"
        region.latitude, region.longitude = points.get(line.code, (None, None))
        found[line.code] = region
        new.append(region)
    Region.objects.bulk_create(new, batch_size=ROWS_A_STATEMENT)
    result.added = len(new)


def _recode(differences: Sequence[Difference], result: Loaded, on: date, by: UUID | None, at: datetime) -> None:
    """Give all the new codes together: one's new code may be another's old one."""
    try:
        with transaction.atomic():
            Region.recode_all([(d.region, d.after) for d in differences], on=on, by=by, at=at)
    except RuleError as error:
        result.refused += [(difference, error) for difference in differences]


def _apply(
    difference: Difference, comparison: Comparison, result: Loaded, on: date, by: UUID | None, at: datetime
) -> None:
    """Make one change; where a rule of the work refuses it, it is told of and the others are made."""
    region = difference.region
    try:
        with transaction.atomic():
            if difference.kind == Kind.RENAMED:
                region.rename(difference.after, on=on, by=by, at=at)
            elif difference.kind == Kind.MOVED:
                region.move(comparison.found[difference.after], on=on, by=by, at=at)
            elif difference.kind == Kind.CLOSED:
                region.close(on=on, by=by, at=at)
    except RuleError as error:
        result.refused.append((difference, error))
