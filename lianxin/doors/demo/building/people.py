"""Made-up deputies of five levels, in the bodies and groups that deputies sit in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import cycle, islice
from random import Random

from lianxin.doors.demo import names
from lianxin.doors.demo.building.ground import congresses, draw_districts, villages_of
from lianxin.doors.demo.rules import DemoRules
from lianxin.ground.people.actions import open_term
from lianxin.ground.people.models import Body, District, Mandate, Membership, Person, Region
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.pinyin import spell

PUBLIC_PHONES = 0.2  # the share of deputies who agreed to publish their own number


@dataclass(frozen=True)
class Leaders:
    """Who leads a congress's work full time: where, and as what."""

    employer: str
    posts: tuple[str, ...]


class Cast:
    """Makes persons one after another; the same seed makes the same people."""

    def __init__(self, seed: str):
        self.random, self.names, self.count = Random(seed), names.invented(seed), 0

    def person(self) -> Person:
        """Somebody who does not exist, not saved. The phone is of a block that no operator gives out."""
        name, self.count = next(self.names), self.count + 1
        pinyin, initials = spell(name)
        draw = self.random.choice
        employer, post = draw(names.WORKS)
        return Person(
            name=name,
            pinyin=pinyin,
            initials=initials,
            sex=draw(Person.Sex.values),
            ethnicity=draw(names.ETHNICITIES),
            employer=employer,
            post=post,
            phone=f"1990000{self.count:04d}",
            is_phone_public=self.random.random() < PUBLIC_PHONES,
        )

    def people(self, count: int, leaders: Leaders | None = None) -> list[Person]:
        """So many persons, saved; the first of them lead, where it is said whom and how they are called."""
        people = [self.person() for _ in range(count)]
        for person, post in zip(people, leaders.posts if leaders else (), strict=False):
            person.employer, person.post = leaders.employer, post  # type: ignore[union-attr]
        return Person.objects.bulk_create(people)


ELECTED_BY = {
    CongressLevel.CITY: Level.COUNTY,
    CongressLevel.PROVINCE: Level.CITY,
    CongressLevel.NATIONAL: Level.PROVINCE,
}


def elect(level: CongressLevel, demo: DemoRules, cast: Cast, *, on: date, at: datetime) -> None:
    """A new term of every congress of a level, and its deputies, elected in districts or by the congresses below."""
    for congress in congresses(level):
        open_term(congress, getattr(demo.terms, level), on=on, by=None, at=at)
        if below := ELECTED_BY.get(level):
            for body in Body.objects.congresses().filter(region__level=below).order_by("region__code"):
                _seat(congress, cast.people(getattr(demo.seats, level)), [], on, body)
            continue
        assert congress.region is not None
        villages = villages_of(congress.region)
        count = demo.districts if level == CongressLevel.COUNTY else len(villages)
        districts = draw_districts(congress, villages, count, on=on, at=at)
        _seat(congress, cast.people(getattr(demo.seats, level), leaders_of(congress)), districts, on)


def leaders_of(congress: Body) -> Leaders:
    """The full-time leaders of a county's standing committee, or of a township's presidium."""
    assert congress.region is not None
    if congress.level == CongressLevel.COUNTY:
        return Leaders(f"{congress.region.name}人大常委会", ("主任", *["副主任"] * 3))
    return Leaders(f"{congress.region.name}人大", ("主席", "副主席"))


def _seat(
    congress: Body, people: Sequence[Person], districts: Sequence[District], on: date, electing_body: Body | None = None
) -> None:
    term = congress.terms.get()
    first = term.mandates.count()
    places = cycle(districts or [None])
    Mandate.begin_all(
        [
            Mandate(
                person=person,
                term=term,
                congress=congress,
                level=congress.level,
                district=next(places),
                electing_body=electing_body,
                card_number=f"{first + number:04d}",
                trade=names.TRADE_OF.get((person.employer, person.post), "干部"),
                starts_on=on,
            )
            for number, person in enumerate(people, start=1)
        ],
        by=None,
    )


def fill_bodies(*, on: date, at: datetime) -> None:
    """Special committees of every county; members of all that congresses formed; a group in every township."""
    for county in congresses(CongressLevel.COUNTY):
        assert county.region is not None
        for name in names.COMMITTEES:
            county.form("special_committee", f"{county.region.name}人大{name}", on=on, by=None, at=at)
    memberships: list[Membership] = []
    formed = Body.objects.exclude(kind="congress").select_related("region__parent").order_by("pk")
    for number, body in enumerate(formed):
        memberships += _members(body, number, on)
    for township in congresses(CongressLevel.TOWNSHIP):
        memberships += _group(township, on, at)
    Membership.begin_all(memberships, by=None, at=at)


ROLES = {
    "standing_committee": ("director", *["vice_director"] * 3, *["member"] * 15),
    "directors_meeting": ("director", *["vice_director"] * 3),
    "special_committee": ("chair", "vice_chair", *["member"] * 5),
    "deputies_office": ("director", "vice_director", "member"),
    "subdistrict_committee": ("director", *["member"] * 4),
    "presidium": ("chair", "vice_chair", *["member"] * 5),
}


LED_BY_CADRES = ("deputies_office", "subdistrict_committee")
LEADING = ("standing_committee", "directors_meeting", "presidium")  # led by the first cards of their congress


def _members(body: Body, number: int, on: date) -> Iterator[Membership]:
    roles = ROLES.get(body.kind, ())
    if body.kind == "presidium" and body.level != CongressLevel.TOWNSHIP:
        roles = ("member",) * 7  # of whom one presides; nobody is its chair for good
    seats = Mandate.objects.filter(level=body.level, congress__region=_home_of(body)).order_by("card_number")
    held = list(seats.select_related("person"))
    if body.kind in LED_BY_CADRES:
        held = _cadre_first(held, number)
    first = 0 if body.kind in (*LEADING, *LED_BY_CADRES) else (20 + 5 * number) % max(1, len(held) - len(roles))
    for role, mandate in zip(roles, held[first:], strict=False):
        yield Membership(body=body, person=mandate.person, role=role, starts_on=on)


def _cadre_first(held: list[Mandate], number: int) -> list[Mandate]:
    """The seats from another place on for each `number`, a cadre of no leading post in front."""
    seats = held[len(ROLES["directors_meeting"]) :]
    start = 5 * number % max(1, len(seats))
    turned = seats[start:] + seats[:start]
    cadre = next((mandate for mandate in turned if mandate.trade == "干部"), None)
    return sorted(turned, key=lambda mandate: mandate is not cadre)


def _home_of(body: Body) -> Region | None:
    """Where the congress stands from which a body's members come: a subdistrict's committee is the county's."""
    if body.kind == "subdistrict_committee" and body.region:
        return body.region.parent
    return body.region


def _group(congress: Body, on: date, at: datetime) -> Iterator[Membership]:
    """A group of deputies of several levels in one township (Law on Deputies, art. 27)."""
    assert congress.region is not None
    group = congress.form("group", f"{congress.region.name}代表小组", on=on, by=None, at=at)
    own = congress.mandates.order_by("card_number").select_related("person")[8:18]
    county = Mandate.objects.filter(
        level=CongressLevel.COUNTY, district__parts__region__parent=congress.region
    ).distinct()
    people = dict.fromkeys([mandate.person for mandate in (*own, *islice(county.select_related("person"), 4))])
    for number, person in enumerate(people):
        yield Membership(body=group, person=person, role="head" if number == 0 else "member", starts_on=on)
