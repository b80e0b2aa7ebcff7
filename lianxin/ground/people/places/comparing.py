"""What the official list says, beside what stands on the platform.

A place of the list is found, level by level from the top, by the first of these that holds:
1. code and name, as they are or as they once were here;
2. it was merged or closed here since: then it is left alone;
3. its name, where just one place without a match has it on either side: in the same place around it, then in the
   same county;
4. its code alone.
What it is called, which code it has and where it lies may then differ, and what nothing on the list matches is gone.
What the office itself changed here is newer than the list, and no difference.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lianxin.ground.people.models.region import Level, Region
from lianxin.ground.people.models.region_change import RegionChange
from lianxin.ground.people.places.divisions import Division

Kind = RegionChange.Kind
T = TypeVar("T")


@dataclass(frozen=True)
class Difference:
    """A place, which had this name and code, stands otherwise than on the list.

    `after` is the name or the code on the list, or the code of what it lies in there, which is called `to`.
    """

    region: Region
    name: str
    code: str
    kind: RegionChange.Kind
    after: str = ""
    to: str = ""


@dataclass
class Comparison:
    """The list beside the platform: places `found`, by the code on the list, those without a match, and what differs."""

    found: dict[str, Region] = field(default_factory=dict)
    new: list[Division] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


@dataclass
class Standing:
    """Places on the platform with all the names, codes and surroundings they have had."""

    regions: Sequence[Region]
    changes: Iterable[RegionChange]

    def __post_init__(self) -> None:
        self.names = {region.id: {region.name} for region in self.regions}
        self.codes = {region.id: {region.code} for region in self.regions}
        self.parents = {region.id: {region.parent_id} for region in self.regions}
        for change in self.changes:
            self.names[change.region_id].add(change.name_before)
            self.codes[change.region_id].add(change.code_before)
            self.parents[change.region_id].add(change.parent_before_id)
        self.by_code: dict[str, list[Region]] = defaultdict(list)
        for region in self.regions:
            for code in self.codes[region.id]:
                self.by_code[code].append(region)

    def known(self, division: Division) -> Region | None:
        """The place that has, or once had, this code and this name; one that stands before one that ended."""
        fitting = [r for r in self.by_code.get(division.code, ()) if division.name in self.names[r.id]]
        return min(fitting, key=lambda region: (region.ends_on is not None, region.code != division.code), default=None)


def compare(divisions: Sequence[Division], standing: Standing, loaded: Region | None) -> Comparison:
    """The comparison; `loaded` is the place that the list is of, where it stands already."""
    result, taken = Comparison(), set()
    for level in Level:
        there = [division for division in divisions if division.level == level]
        here = [region for region in standing.regions if region.level == level]
        _match(result.found, there, here, standing)
        taken |= {result.found[division.code].id for division in there if division.code in result.found}
    names = {division.code: division.name for division in divisions}
    for division in divisions:
        if region := result.found.get(division.code):
            parent = result.found.get(division.parent)
            for kind, after in _differences(division, region, parent, standing):
                to = names[after] if kind == Kind.MOVED else ""
                result.differences.append(Difference(region, region.name, region.code, kind, after, to))
        else:
            result.new.append(division)
    levels = {division.level for division in divisions}
    inside = [region for region in standing.regions if loaded and region.path.startswith(loaded.path)]
    for region in inside:
        if region.level in levels and not region.ends_on and region.id not in taken:
            result.differences.append(Difference(region, region.name, region.code, Kind.CLOSED))
    return result


def _match(found: dict[str, Region], there: list[Division], here: list[Region], standing: Standing) -> None:
    for division in there:
        if region := standing.known(division):
            found[division.code] = region
    by_parent = (
        lambda d: (found[d.parent].id, d.name) if d.parent in found else None,
        lambda r: (r.parent_id, r.name),
    )
    by_county = (lambda d: (d.code[:6], d.name), lambda r: (r.code[:6], r.name))
    by_code = (lambda d: d.code, lambda r: r.code)
    for key_there, key_here in (by_parent, by_county, by_code):
        matched = {region.id for region in found.values()}
        left_there = _single((d for d in there if d.code not in found), key_there)
        left_here = _single((r for r in here if r.id not in matched and not r.ends_on), key_here)
        for key in left_there.keys() & left_here.keys():
            found[left_there[key].code] = left_here[key]


def _single(things: Iterable[T], key: Callable[[T], Hashable]) -> dict[Hashable, T]:
    """Things by key, for the keys that just one has."""
    found: dict[Hashable, list[T]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def _differences(
    division: Division, region: Region, parent: Region | None, standing: Standing
) -> Iterable[tuple[RegionChange.Kind, str]]:
    if region.ends_on:
        return
    if division.name not in standing.names[region.id]:
        yield Kind.RENAMED, division.name
    if division.code not in standing.codes[region.id]:
        yield Kind.RECODED, division.code
    if (parent.id if parent else None) not in standing.parents[region.id]:
        yield Kind.MOVED, division.parent
