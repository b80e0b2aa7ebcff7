"""Small maps: outlines of counties with a dot for each village, as paths of an SVG."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
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
    shapes: tuple[Shape, ...]
    dots: str
    meant: str


def draw(counties: Iterable[str], dots: Iterable[Point] = (), meant: Iterable[Point] = ()) -> Map | None:
    """A map of the counties whose outlines are known; None where none is."""
    known = tuple(code for code in sorted(set(counties)) if code in outlines())
    if not known:
        return None
    paper, shapes = _land(known)
    return Map(paper.width, paper.height, shapes, dots=paper.dots(dots), meant=paper.dots(meant))


@lru_cache(maxsize=64)
def _land(codes: tuple[str, ...]) -> tuple["_Paper", tuple[Shape, ...]]:
    """The paper for these counties, and their shapes on it: outlines never change while a process runs."""
    known = {code: outlines()[code] for code in codes}
    paper = _Paper.for_(known.values())
    return paper, tuple(Shape(code, paper.outline(outline)) for code, outline in known.items())


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

    def placed(self, degrees: Iterable[tuple[float, float]]) -> list[str]:
        """Longitudes and latitudes as points on the paper; hundreds stand on a page, so none takes a call."""
        west, north, tall, wide = self.west, self.north, self.scale, self.across * self.scale
        return [f"{(x - west) * wide + MARGIN:.1f} {(north - y) * tall + MARGIN:.1f}" for x, y in degrees]

    def outline(self, outline: Outline) -> str:
        return "".join(f"M{'L'.join(self.placed(ring[:-1]))}Z" for ring in outline.rings)

    def dots(self, points: Iterable[Point]) -> str:
        """Lines of no length: with a round stroke each is a dot."""
        return "".join([f"M{point}h0" for point in self.placed((x, y) for y, x in points)])
