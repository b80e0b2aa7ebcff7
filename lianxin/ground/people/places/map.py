"""Small maps: outlines of counties with a dot for each village, as paths of an SVG."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import cos, radians

from lianxin.ground.people.places.outlines import Outline, outlines
from lianxin.ground.people.places.points import Point

LONG_SIDE = 320
MARGIN = 8


@dataclass(frozen=True)
class Shape:
    """The outline of a county: its code, and its path."""

    code: str
    path: str


@dataclass(frozen=True)
class Map:
    """What a page draws: shapes, the dots of villages, and those of them that are meant, in a box of this size."""

    width: int
    height: int
    shapes: list[Shape]
    dots: str
    meant: str


def draw(counties: Iterable[str], dots: Iterable[Point] = (), meant: Iterable[Point] = ()) -> Map | None:
    """A map of the counties whose outlines are known; None where none is."""
    known = {code: outlines()[code] for code in sorted(set(counties)) if code in outlines()}
    if not known:
        return None
    paper = _Paper.for_(known.values())
    return Map(
        width=paper.width,
        height=paper.height,
        shapes=[Shape(code, paper.outline(outline)) for code, outline in known.items()],
        dots=paper.dots(dots),
        meant=paper.dots(meant),
    )


@dataclass(frozen=True)
class _Paper:
    """Where degrees lie on the paper: a degree eastward is drawn as much shorter as it is on the ground."""

    west: float
    north: float
    across: float
    scale: float
    width: int
    height: int

    @classmethod
    def for_(cls, shown: Collection[Outline]) -> "_Paper":
        wests, souths, easts, norths = zip(*(outline.box for outline in shown), strict=True)
        west, south, east, north = min(wests), min(souths), max(easts), max(norths)
        across = cos(radians((south + north) / 2))
        scale = LONG_SIDE / max((east - west) * across, north - south)
        width, height = (east - west) * across * scale, (north - south) * scale
        return cls(west, north, across, scale, round(width) + 2 * MARGIN, round(height) + 2 * MARGIN)

    def at(self, longitude: float, latitude: float) -> str:
        x = (longitude - self.west) * self.across * self.scale + MARGIN
        y = (self.north - latitude) * self.scale + MARGIN
        return f"{x:.1f} {y:.1f}"

    def outline(self, outline: Outline) -> str:
        return "".join(f"M{'L'.join(self.at(x, y) for x, y in ring[:-1])}Z" for ring in outline.rings)

    def dots(self, points: Iterable[Point]) -> str:
        """Lines of no length: with a round stroke each is a dot."""
        return "".join(f"M{self.at(longitude, latitude)}h0" for latitude, longitude in points)
