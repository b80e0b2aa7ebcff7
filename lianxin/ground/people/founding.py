"""How a platform begins: its rules, its places, and the bodies that the law gives a county."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lianxin.ground import rulebook
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Entry, Ref, record_all
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Body, Region, Term
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.places.loading import load_region
from lianxin.ground.people.rules import BodyRules

LEVELS = {
    Level.PROVINCE: CongressLevel.PROVINCE,
    Level.CITY: CongressLevel.CITY,
    Level.COUNTY: CongressLevel.COUNTY,
    Level.TOWNSHIP: CongressLevel.TOWNSHIP,
}
FORMED_AT = {  # what is founded with a congress; the rest (special committees, groups) a locality founds by name
    CongressLevel.COUNTY: ("standing_committee", "directors_meeting", "deputies_office", "presidium"),
    CongressLevel.TOWNSHIP: ("presidium",),
}
SUBDISTRICT = "街道"  # an agency of a district government has no congress of its own (Organic Law, art. 85)


class Founding:
    """Makes bodies that are not there yet, and remembers them, so that all are saved and told at once."""

    def __init__(self, rules: BodyRules, on: date):
        self.rules, self.on = rules, on
        self.there = {(body.kind, body.name): body for body in Body.objects.filter(ends_on__isnull=True)}
        self.made: list[Body] = []

    def body(self, kind: str, region: Region | None, level: str, parent: Body | None = None) -> Body:
        """The body of this kind at this place, made if it is not there. `parent` formed it."""
        name = name_of(kind, self.rules.kinds[kind].name, region)
        if (kind, name) not in self.there:
            body = Body(kind=kind, name=name, region=region, level=level, parent=parent, starts_on=self.on)
            self.there[kind, name] = body
            self.made.append(body)
        return self.there[kind, name]


def found_platform(preset: str, *, at: datetime, is_demo: bool = False, is_rehearsal: bool = False) -> Region:
    """Make the platform of a preset: its row, its rules, all its places, and the bodies of its counties. All or nothing.

    Returns the place it is for. Raises what adopting rules and loading places raise.
    """
    with transaction.atomic():
        rules = rulebook.adopt(preset, body_id=None, by=None, at=at).rules
        first = rules.first_page
        code = first.division.removesuffix("00") if first.level == CongressLevel.CITY else first.division
        Platform.objects.create(
            name=first.platform,
            preset=preset,
            county_code=code,
            is_demo=is_demo,
            is_rehearsal=is_rehearsal,
            created_at=at,
        )
        transaction.on_commit(Platform.forget)
        Platform.forget()
        home = load_region(code, by=None, at=at).region
        for county in counties_of(home):
            found(county, rules.section(BodyRules), on=day_of(at), by=None, at=at)
    return home


def counties_of(home: Region) -> list[Region]:
    """The place itself where it is a county, else the counties in it."""
    if home.level == Level.COUNTY:
        return [home]
    return list(Region.objects.within(home).filter(level=Level.COUNTY, ends_on__isnull=True).order_by("code"))


def name_of(kind: str, called: str, region: Region | None) -> str:
    """What a body is called: 云江区人民代表大会常务委员会, 云江区人大主席团, 云江区人大常委会石桥街道工作委员会."""
    if region is None:
        return f"全国{called}"
    if kind in ("congress", "standing_committee"):
        return f"{region.name}{called}"
    if kind == "subdistrict_committee" and region.parent:
        return f"{region.parent.name}人大常委会{region.name.removesuffix(SUBDISTRICT)}{called}"
    return f"{region.name}人大{'常委会' if kind != 'presidium' else ''}{called}"


def found(county: Region, rules: BodyRules, *, on: date, by: UUID | None, at: datetime) -> list[Body]:
    """Found every body of a county, from the national congress down to its townships. What is there already stays.

    Returns what was founded; a second call founds nothing. Subdistricts get a working committee instead of a congress.
    """
    with transaction.atomic():
        work = Founding(rules, on)
        work.body("congress", None, CongressLevel.NATIONAL)
        for region in county.around():
            _congress(work, region)
        standing_committee = work.body("standing_committee", county, CongressLevel.COUNTY)
        townships = (
            Region.objects.select_related("parent")
            .within(county)
            .filter(level=Level.TOWNSHIP, ends_on__isnull=True)
            .order_by("code")
        )
        for region in townships:
            if region.name.endswith(SUBDISTRICT):
                work.body("subdistrict_committee", region, CongressLevel.COUNTY, standing_committee)
            else:
                _congress(work, region)
        Body.objects.bulk_create(work.made)
        record_all([_told(body, by, at) for body in work.made])
    return work.made


def _congress(work: Founding, region: Region) -> None:
    level = LEVELS[Level(region.level)]
    congress = work.body("congress", region, level)
    formed = {"congress": congress}
    for kind in FORMED_AT.get(level, ()):
        parent = formed.get(work.rules.kinds[kind].part_of or "congress", congress)
        formed[kind] = work.body(kind, region, level, parent)


def open_terms(congresses: Iterable[Body], number: int, *, on: date) -> list[Term]:
    """The running term, with the number the office says, for every congress that has none; from the day `on`."""
    without = [congress for congress in congresses if not congress.terms.filter(ends_on__isnull=True).exists()]
    return Term.objects.bulk_create(Term(congress=congress, number=number, starts_on=on) for congress in without)


def _told(body: Body, by: UUID | None, at: datetime) -> Entry:
    return Entry(
        "people.body_founded", subject=Ref("body", body.id), by=by, at=at, body=body.id, facts={"kind": body.kind}
    )
