"""Outlines of counties, where data/ has them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

FILE = Path(__file__).parent / "data" / "county_outlines.geojson"
NATION = "156"  # ISO 3166 number of the country, which begins the codes of the file

Ring = tuple[tuple[float, float], ...]  # (longitude, latitude) in degrees; the last point is the first


@dataclass(frozen=True)
class Outline:
    """The rings of a county's outline: its land and its islands."""

    rings: tuple[Ring, ...]

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north, in degrees."""
        xs, ys = zip(*(point for ring in self.rings for point in ring), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def crossings(self, latitude: float) -> list[float]:
        """The longitudes, from west to east, at which a line along this latitude goes in, out, in, out …"""
        return sorted(
            x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
            for (x1, y1), (x2, y2) in self._edges()
            if (y1 > latitude) != (y2 > latitude)
        )

    def contains(self, latitude: float, longitude: float) -> bool:
        """Whether the point lies inside."""
        return sum(x < longitude for x in self.crossings(latitude)) % 2 == 1

    def _edges(self) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
        for ring in self.rings:
            yield from zip(ring, ring[1:], strict=False)


@cache
def outlines() -> Mapping[str, Outline]:
    """Every outline by county code; read once."""
    found = {}
    for feature in json.loads(FILE.read_text(encoding="utf-8"))["features"]:
        rings = (ring for polygon in feature["geometry"]["coordinates"] for ring in polygon)
        outline = Outline(tuple(tuple((x, y) for x, y in ring) for ring in rings))
        found[feature["properties"]["gb"].removeprefix(NATION)] = outline
    return found
