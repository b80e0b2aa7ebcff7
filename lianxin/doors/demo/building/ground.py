"""The platform, its places, its rules, its bodies, its electoral districts."""

from datetime import date, datetime

from lianxin.doors.demo.rules import DemoRules
from lianxin.ground import rulebook
from lianxin.ground.core.models import Platform
from lianxin.ground.people.founding import found, open_terms
from lianxin.ground.people.models import Body, District, Region
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.places.loading import load_region
from lianxin.ground.people.rules import BodyRules


def make_platform(
    preset: str, *, at: datetime, is_demo: bool = True, is_rehearsal: bool = False
) -> tuple[Platform, Region]:
    """The platform's row, its rules, and the places of its county (or city) with all villages."""
    rules = rulebook.adopt(preset, body_id=None, by=None, at=at).rules
    first = rules.first_page
    platform = Platform.objects.create(
        name=first.platform,
        preset=preset,
        county_code=first.division,
        is_demo=is_demo,
        is_rehearsal=is_rehearsal,
        created_at=at,
    )
    Platform.forget()
    return platform, load_region(first.division, by=None, at=at).region


def make_bodies(home: Region, rules: BodyRules, demo: DemoRules, *, on: date, at: datetime) -> None:
    """Every congress from the national one down to the townships, each with a running term."""
    counties = [home] if home.level == Level.COUNTY else Region.objects.within(home).filter(level=Level.COUNTY)
    for county in counties:
        found(county, rules, on=on, by=None, at=at)
    open_terms(Body.objects.congresses(), demo.term, on=on)


def draw_districts(congress: Body, villages: list[Region], size: int, *, on: date, at: datetime) -> list[District]:
    """Districts of neighbouring villages, `size` each, never over two townships."""
    by_township: dict[object, list[Region]] = {}
    for village in villages:
        by_township.setdefault(village.parent_id, []).append(village)
    drawn = []
    for group in by_township.values():
        for start in range(0, len(group), size):
            part = group[start : start + size]
            number = str(len(drawn) + 1)
            name = "、".join(village.name for village in part[:2]) + ("等" if len(part) > 2 else "") + "选区"
            drawn.append(District.draw(congress, number, name, part, seats=None, on=on, by=None, at=at))
    return drawn


def villages_of(region: Region) -> list[Region]:
    """The villages of a place, by code: neighbours by code are neighbours on the ground."""
    return list(Region.objects.within(region).filter(level=Level.VILLAGE, ends_on__isnull=True).order_by("code"))


def congresses(level: CongressLevel) -> list[Body]:
    """The congresses of a level, by the code of their place."""
    found = Body.objects.congresses().filter(level=level).select_related("region", "region__parent")
    return list(found.order_by("region__code"))
