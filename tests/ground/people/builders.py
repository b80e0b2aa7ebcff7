"""Builds people and places for tests: each `make_` takes the facts that matter and fills in the rest."""

from datetime import date
from itertools import count
from typing import Any

from lianxin.ground.people.models import Body, District, DistrictPart, Mandate, Person, Region, Term
from lianxin.ground.people.pinyin import spell

ELECTED_ON = date(2021, 12, 3)
_number = count(1)


def make_region(name: str = "柳溪村", level: str = "village", parent: Region | None = None, **facts: Any) -> Region:
    pinyin, initials = spell(name)
    facts.setdefault("code", f"99{next(_number):010d}")
    region = Region(name=name, level=level, parent=parent, pinyin=pinyin, initials=initials, **facts)
    region.path = f"{parent.path if parent else ''}{region.id.hex}/"
    region.save()
    return region


def make_county(name: str = "云江区") -> Region:
    """A county with two townships, 石桥镇 (柳溪村, 橘林村, 渡口村) and 花溪乡 (柳溪村, 茶山村): one village name recurs."""
    county = make_region(name, "county", make_region("澄州市", "city", make_region("南江省", "province")))
    for township, villages in (("石桥镇", ("柳溪村", "橘林村", "渡口村")), ("花溪乡", ("柳溪村", "茶山村"))):
        place = make_region(township, "township", county)
        for village in villages:
            make_region(village, "village", place)
    return county


def make_congress(region: Region, level: str = "county", number: int = 7, **facts: Any) -> Body:
    facts.setdefault("name", f"{region.name}人民代表大会")
    congress = Body.objects.create(kind="congress", region=region, level=level, starts_on=ELECTED_ON, **facts)
    Term.objects.create(congress=congress, number=number, starts_on=ELECTED_ON)
    return congress


def make_person(name: str = "罗青禾", **facts: Any) -> Person:
    pinyin, initials = spell(name)
    return Person.objects.create(name=name, pinyin=pinyin, initials=initials, **facts)


def make_mandate(congress: Body, person: Person | None = None, **facts: Any) -> Mandate:
    facts.setdefault("card_number", f"{next(_number):04d}")
    facts.setdefault("starts_on", ELECTED_ON)
    term = congress.terms.get()
    return Mandate.begin(
        person=person or make_person(), term=term, congress=congress, level=congress.level, by=None, **facts
    )


def make_district(congress: Body, *regions: Region, number: str = "1", name: str = "第一选区") -> District:
    district = District.objects.create(congress=congress, number=number, name=name, starts_on=ELECTED_ON)
    for region in regions:
        DistrictPart.objects.create(district=district, region=region, starts_on=ELECTED_ON)
    return district
