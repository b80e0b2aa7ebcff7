"""Electoral districts, and the congresses that deputies are elected to."""

from datetime import date, datetime
from itertools import pairwise

from lianxin.ground.people.models import Body, District, Region
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.district import Drawing
from lianxin.ground.people.models.region import Level


def draw_districts(congress: Body, villages: list[Region], count: int, *, on: date, at: datetime) -> list[District]:
    """So many districts of neighbouring villages, never over two townships: as even as townships allow.

    Where there are fewer villages, each is a district; where there are more townships, each township.
    """
    by_township: dict[object, list[Region]] = {}
    for village in villages:
        by_township.setdefault(village.parent_id, []).append(village)
    drawings: list[Drawing] = []
    for township, share in shares({id: len(group) for id, group in by_township.items()}, count).items():
        for part in parted(by_township[township], share):
            name = "、".join(village.name for village in part[:2]) + ("等" if len(part) > 2 else "") + "选区"
            drawings.append(Drawing(str(len(drawings) + 1), name, part))
    return District.draw_all(congress, drawings, on=on, by=None, at=at)


def shares(sizes: dict[object, int], count: int) -> dict[object, int]:
    """How many of `count` parts each group gets: one at least, then the next to whom has the largest parts."""
    given = dict.fromkeys(sizes, 1)
    for _ in range(min(count, sum(sizes.values())) - len(sizes)):
        given[max(sizes, key=lambda id: sizes[id] / given[id])] += 1
    return given


def parted(group: list[Region], count: int) -> list[list[Region]]:
    """A group cut into so many parts of neighbours, of which none is larger than another by more than one."""
    cuts = [number * len(group) // count for number in range(count + 1)]
    return [group[start:end] for start, end in pairwise(cuts)]


def villages_of(region: Region) -> list[Region]:
    """The villages of a place, by code: neighbours by code are neighbours on the ground."""
    return list(Region.objects.within(region).filter(level=Level.VILLAGE, ends_on__isnull=True).order_by("code"))


def congresses(level: CongressLevel) -> list[Body]:
    """The congresses of a level, by the code of their place."""
    found = Body.objects.congresses().filter(level=level).select_related("region", "region__parent")
    return list(found.order_by("region__code"))
