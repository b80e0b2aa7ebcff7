"""Points of villages: dots of their own inside the outline of the county."""

from collections import defaultdict
from itertools import combinations
from math import cos, dist, pi, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.ground.people.places.map import draw
from lianxin.ground.people.places.outlines import Outline, outlines
from lianxin.ground.people.places.points import along_curve, spread, village_points

Point = tuple[float, float]


def winds_around(outline: Outline, point: Point) -> bool:
    """Whether the outline winds around the point: told by the sum of signed crossings, not by even and odd."""
    latitude, longitude = point
    for ring in outline.rings:
        turns = 0
        for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
            side = (x2 - x1) * (latitude - y1) - (longitude - x1) * (y2 - y1)
            if y1 <= latitude < y2 and side > 0:
                turns += 1
            elif y2 <= latitude < y1 and side < 0:
                turns -= 1
        if turns:
            return True
    return False


@st.composite
def stars(draw: st.DrawFn) -> Outline:
    """An outline of any star-like shape, somewhere in the country, with islands or without."""
    rings = []
    for _island in range(draw(st.integers(1, 3))):
        x, y = draw(st.floats(75, 130)), draw(st.floats(18, 53))
        reaches = draw(st.lists(st.floats(0.01, 0.8), min_size=3, max_size=24))
        turns = [2 * pi * i / len(reaches) for i in range(len(reaches))]
        ring = [(x + r * cos(t), y + r * sin(t)) for r, t in zip(reaches, turns, strict=True)]
        rings.append((*ring, ring[0]))
        if not _apart(rings):
            rings.pop()
    return Outline(tuple(rings))


def _apart(rings: list[tuple[Point, ...]]) -> bool:
    boxes = [(min(x for x, _y in ring), max(x for x, _y in ring)) for ring in rings]
    return all(a[1] < b[0] or b[1] < a[0] for a, b in combinations(boxes, 2))


@given(stars(), st.integers(0, 300))
def test_every_point_lies_inside_and_no_two_are_one(outline: Outline, count: int) -> None:
    points = spread(outline, count)
    assert len(set(points)) == count
    assert all(winds_around(outline, point) for point in points)
    assert points == spread(outline, count)


@given(stars(), st.floats(70, 135), st.floats(15, 55))
def test_inside_and_outside_are_told_apart(outline: Outline, longitude: float, latitude: float) -> None:
    assert outline.contains(latitude, longitude) == winds_around(outline, (latitude, longitude))


@pytest.mark.parametrize("order", [1, 4])
def test_the_curve_visits_every_cell_and_never_leaps(order: int) -> None:
    side = range(2**order)
    walk = sorted((along_curve(order, x, y), x, y) for x in side for y in side)
    assert [step for step, _x, _y in walk] == list(range(4**order))
    assert all(abs(x - u) + abs(y - v) == 1 for (_s, x, y), (_t, u, v) in zip(walk, walk[1:], strict=False))


@pytest.mark.parametrize(("code", "count"), [("420504", 52), ("520627", 446), ("331022", 295)])
def test_every_village_of_a_county_has_a_point_in_its_outline(code: str, count: int) -> None:
    points = village_points(code)
    assert len(points) == len(set(points.values())) == count
    assert all(winds_around(outlines()[code], point) for point in points.values())


def test_villages_of_development_zones_have_points_too() -> None:
    points = village_points("2201")
    assert len(points) == 2798
    assert sum(code.startswith("22017") for code in points) == 203
    assert all(any(winds_around(outline, point) for outline in outlines().values()) for point in points.values())


def test_villages_of_a_township_lie_together() -> None:
    points = village_points("520627")
    flat = {code: (x * cos(radians(y)), y) for code, (y, x) in points.items()}
    townships = defaultdict(list)
    for code, point in flat.items():
        townships[code[:9]].append(point)
    near = [dist(a, b) for villages in townships.values() for a, b in combinations(villages, 2)]
    far = [dist(a, b) for a, b in combinations(flat.values(), 2)]
    assert sum(near) / len(near) < sum(far) / len(far) / 3


def test_a_county_without_an_outline_has_no_points() -> None:
    assert village_points("110101") == {}


@pytest.mark.parametrize("code", sorted(outlines())[::300])
def test_a_dot_lies_on_the_paper_where_the_outline_puts_the_same_place(code: str) -> None:
    corners = [(latitude, longitude) for ring in outlines()[code].rings for longitude, latitude in ring[:-1]]
    drawing = draw([code], dots=corners)
    assert drawing
    (shape,) = drawing.shapes
    assert drawing.dots.replace("h0", "").replace("M", "L") == shape.path.replace("Z", "").replace("M", "L")
