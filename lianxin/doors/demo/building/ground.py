"""Electoral districts, and the congresses that deputies are elected to."""

from datetime import date, datetime

from lianxin.ground.people.models import Body, District, Region
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.district import Drawing
from lianxin.ground.people.models.region import Level


def draw_districts(congress: Body, villages: list[Region], size: int, *, on: date, at: datetime) -> list[District]:
    """Districts of neighbouring villages, `size` each, never over two townships."""
    by_township: dict[object, list[Region]] = {}
    for village in villages:
        by_township.setdefault(village.parent_id, []).append(village)
    drawings: list[Drawing] = []
    for group in by_township.values():
        for start in range(0, len(group), size):
            part = group[start : start + size]
            number = str(len(drawings) + 1)
            name = "、".join(village.name for village in part[:2]) + ("等" if len(part) > 2 else "") + "选区"
            drawings.append(Drawing(number, name, part))
    return District.draw_all(congress, drawings, on=on, by=None, at=at)


def villages_of(region: Region) -> list[Region]:
    """The villages of a place, by code: neighbours by code are neighbours on the ground."""
    return list(Region.objects.within(region).filter(level=Level.VILLAGE, ends_on__isnull=True).order_by("code"))


def congresses(level: CongressLevel) -> list[Body]:
    """The congresses of a level, by the code of their place."""
    found = Body.objects.congresses().filter(level=level).select_related("region", "region__parent")
    return list(found.order_by("region__code"))
