"""What lies in a place: how many places of each level, and a small map; one query for both."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from lianxin.ground.people.models.region import Level, Region
from lianxin.ground.people.places.map import Map, draw
from lianxin.ground.people.places.points import Point


@dataclass(frozen=True)
class Inside:
    """How many places of each level stand in a place, and its map where outlines are known."""

    counts: Counter[str]
    map: Map | None = None


def look_inside(region: Region, around: Sequence[Region], parts: Sequence[Region]) -> Inside:
    """What lies in `region`; `around` are the places around it and itself, `parts` those directly in it.

    A province is counted by its parts alone: whatever lies deeper may be tens of thousands of rows.
    """
    if region.level == Level.PROVINCE:
        return Inside(Counter(part.level for part in parts))
    if region.level == Level.CITY:
        inside = Region.objects.within(region).standing().exclude(pk=region.pk)
        levels = inside.values_list("level").annotate(Count("pk")).order_by()
        return Inside(Counter(dict(levels)), draw(part.code for part in parts))
    return _in_a_county(region, around, parts)


def _in_a_county(region: Region, around: Sequence[Region], parts: Sequence[Region]) -> Inside:
    """A county or something in one: every village of the county is a dot, those in the place or around it are meant."""
    county = [place for place in around if place.level in (Level.CITY, Level.COUNTY)][-1]
    villages = Region.objects.within(county).standing().filter(level=Level.VILLAGE)
    counts = Counter(part.level for part in parts if part.level != Level.VILLAGE)
    dots: list[Point] = []
    meant: list[Point] = []
    counties, here, is_county = set(), region.path, region.pk == county.pk
    for path, township, latitude, longitude in villages.values_list("path", "parent__code", "latitude", "longitude"):
        counties.add(township[:6])
        is_inside = path.startswith(here)
        counts[Level.VILLAGE] += is_inside and path != here
        if latitude is not None and longitude is not None:
            is_meant = not is_county and (is_inside or here.startswith(path))
            (meant if is_meant else dots).append((latitude, longitude))
    return Inside(counts, draw(counties, dots, meant))
