"""A point for each village of a county with an outline: not where it is, but a dot of its own on the map (示意位置).

No list tells where villages lie. The rule: a square grid is laid over the county's outline, fine enough for four
cells a village; the cells whose middle lies inside, with room to both sides, are taken in the order of a Hilbert
curve, which never leaps; the villages, in the order of their townships' codes and then their own, get cells at
equal steps along it. So the villages of a township lie together, townships next to each other in the list lie side
by side, the same list gives the same points, and every point lies inside. Without an outline there is no point.
"""

from collections import defaultdict
from math import cos, radians

from lianxin.ground.people.places import package
from lianxin.ground.people.places.outlines import Outline, outlines
from lianxin.ground.people.places.townships import townships

Point = tuple[float, float]  # latitude, longitude in degrees
CELLS_A_VILLAGE = 4
DIGITS = 6  # a tenth of a metre


def village_points(code: str) -> dict[str, Point]:
    """Points of the villages at or around `code`, by village code; none where no county there has an outline.

    A development zone has no outline of its own: its townships lie in the county that their official code names.
    """
    points: dict[str, Point] = {}
    for city in sorted({county[:4] for county in outlines() if county.startswith(code[:4])}):
        county_of = {township.statistics_code: township.code for township in townships(city)}
        grounds: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for village, _name in package.names_below("villages.csv", city):
            township = county_of[village[:9]]
            grounds[township[:6]].append((township, village))
        for county, villages in grounds.items():
            if outline := outlines().get(county):
                ordered = [village for _township, village in sorted(villages)]
                points |= zip(ordered, spread(outline, len(ordered)), strict=True)
    return points


def spread(outline: Outline, count: int) -> list[Point]:
    """`count` different points inside the outline, each near the one before it."""
    if not count:
        return []
    order = 2
    cells: list[Point] = []
    while len(cells) < CELLS_A_VILLAGE * count:
        order += 1
        cells = _cells_inside(outline, order)
    return [cells[(2 * i + 1) * len(cells) // (2 * count)] for i in range(count)]


def _cells_inside(outline: Outline, order: int) -> list[Point]:
    """The middles of the cells inside the outline, of a grid of 2**order by 2**order, along the curve."""
    west, south, east, north = outline.box
    degree = cos(radians((south + north) / 2))  # a degree eastward over a degree northward
    side = max((east - west) * degree, north - south) / 2**order
    half = side / degree / 2
    inside: dict[int, Point] = {}
    for row in range(2**order):
        latitude = round(south + (row + 0.5) * side, DIGITS)
        crossings = outline.crossings(latitude)
        for enters, leaves in zip(crossings[::2], crossings[1::2], strict=True):
            first = max(int((enters - west) * degree / side - 1), 0)
            for column in range(first, 2**order):
                longitude = round(west + (column + 0.5) * side / degree, DIGITS)
                if longitude + half >= leaves:
                    break
                if longitude - half > enters:
                    inside[along_curve(order, column, row)] = (latitude, longitude)
    return [inside[step] for step in sorted(inside)]


def along_curve(order: int, x: int, y: int) -> int:
    """How far along the Hilbert curve of this order the cell lies (D. Hilbert, Math. Ann. 38, 1891).

    >>> [along_curve(1, x, y) for x, y in ((0, 0), (0, 1), (1, 1), (1, 0))]
    [0, 1, 2, 3]
    """
    steps, size = 0, 1 << order
    half = size >> 1
    while half:
        right, up = int(bool(x & half)), int(bool(y & half))
        steps += half * half * ((3 * right) ^ up)
        if not up:
            if right:
                x, y = size - 1 - x, size - 1 - y
            x, y = y, x
        half >>= 1
    return steps
