"""Made-up deputies of five levels, in the bodies and groups that deputies sit in."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import cycle, islice
from random import Random

from django.db import transaction

from lianxin.doors.demo import names
from lianxin.doors.demo.building.ground import congresses, draw_districts, villages_of
from lianxin.doors.demo.rules import DemoRules
from lianxin.ground.core.events import Entry, Party, Ref, record_all
from lianxin.ground.people.models import Body, District, Mandate, Membership, Person, Region
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.pinyin import spell

PUBLIC_PHONES = 0.2  # the share of deputies who agreed to publish their own number


class Cast:
    """Makes persons one after another; the same seed makes the same people."""

    def __init__(self, seed: str):
        self.random, self.names, self.count = Random(seed), names.invented(seed), 0

    def person(self) -> Person:
        """Somebody who does not exist, not saved. The phone is of a block that no operator gives out."""
        name, self.count = next(self.names), self.count + 1
        pinyin, initials = spell(name)
        draw = self.random.choice
        return Person(
            name=name,
            pinyin=pinyin,
            initials=initials,
            sex=draw(Person.Sex.values),
            ethnicity=draw(names.ETHNICITIES),
            employer=draw(names.EMPLOYERS),
            post=draw(names.POSTS),
            phone=f"1990000{self.count:04d}",
            is_phone_public=self.random.random() < PUBLIC_PHONES,
        )

    def people(self, count: int) -> list[Person]:
        """So many persons, saved."""
        return Person.objects.bulk_create(self.person() for _ in range(count))


def elect(home: Region, demo: DemoRules, cast: Cast, *, on: date, at: datetime) -> None:
    """Deputies of every level, elected in districts or by the congress below."""
    with transaction.atomic():
        for level in (CongressLevel.TOWNSHIP, CongressLevel.COUNTY):
            for congress in congresses(level):
                assert congress.region is not None
                size = demo.villages_a_district if level == CongressLevel.COUNTY else 1
                districts = draw_districts(congress, villages_of(congress.region), size, on=on, at=at)
                _seat(congress, cast.people(getattr(demo.seats, level)), districts, on)
        for level, below in (
            (CongressLevel.CITY, Level.COUNTY),
            (CongressLevel.PROVINCE, Level.CITY),
            (CongressLevel.NATIONAL, Level.PROVINCE),
        ):
            for congress in congresses(level):
                electing = Body.objects.congresses().filter(region__level=below).order_by("region__code")
                for body in electing:
                    _seat(congress, cast.people(getattr(demo.seats, level)), [], on, body)


def _seat(
    congress: Body, people: Sequence[Person], districts: Sequence[District], on: date, electing_body: Body | None = None
) -> None:
    term = congress.terms.get()
    first = term.mandates.count()
    places = cycle(districts or [None])
    trades = cycle(names.TRADES)
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
                trade=next(trades),
                starts_on=on,
            )
            for number, person in enumerate(people, start=1)
        ],
        by=None,
    )


def fill_bodies(*, on: date, at: datetime) -> None:
    """Members of standing committees, directors' meetings, presidiums and offices; a group in every township."""
    with transaction.atomic():
        memberships: list[Membership] = []
        for number, body in enumerate(Body.objects.exclude(kind="congress").select_related("region__parent")):
            memberships += _members(body, number, on)
        for township in congresses(CongressLevel.TOWNSHIP):
            memberships += _group(township, on, at)
        Membership.objects.bulk_create(memberships)
        record_all([_joined(membership, at) for membership in memberships])


ROLES = {
    "standing_committee": ("director", *["vice_director"] * 3, *["member"] * 15),
    "directors_meeting": ("director", *["vice_director"] * 3),
    "deputies_office": ("director", "vice_director", "member"),
    "subdistrict_committee": ("director", *["member"] * 4),
    "presidium": ("chair", "vice_chair", *["member"] * 5),
}


LEADING = ("standing_committee", "directors_meeting")  # the same persons sit in both, from the first card on


def _members(body: Body, number: int, on: date) -> Iterator[Membership]:
    roles = ROLES.get(body.kind, ())
    if body.kind == "presidium" and body.level != CongressLevel.TOWNSHIP:
        roles = ("member",) * 7
    held = Mandate.objects.filter(level=body.level, congress__region=_home_of(body)).order_by("card_number")
    first = 0 if body.kind in LEADING else 20 + 5 * number
    for role, mandate in zip(roles, held.select_related("person")[first:], strict=False):
        yield Membership(body=body, person=mandate.person, role=role, starts_on=on)


def _home_of(body: Body) -> Region | None:
    """Where the congress stands from which a body's members come: a subdistrict's committee is the county's."""
    if body.kind == "subdistrict_committee" and body.region:
        return body.region.parent
    return body.region


def _group(congress: Body, on: date, at: datetime) -> Iterator[Membership]:
    """A group of deputies of several levels in one township (Law on Deputies, art. 27)."""
    assert congress.region is not None
    group = Body.objects.create(
        kind="group",
        name=f"{congress.region.name}代表小组",
        region=congress.region,
        level=congress.level,
        parent=congress,
        starts_on=on,
    )
    record_all([Entry("people.body_founded", Ref("body", group.id), None, at, body=group.id, facts={"kind": "group"})])
    own = congress.mandates.order_by("card_number").select_related("person")[8:18]
    county = Mandate.objects.filter(
        level=CongressLevel.COUNTY, district__parts__region__parent=congress.region
    ).distinct()
    people = dict.fromkeys([mandate.person for mandate in (*own, *islice(county.select_related("person"), 4))])
    for number, person in enumerate(people):
        yield Membership(body=group, person=person, role="head" if number == 0 else "member", starts_on=on)


def _joined(membership: Membership, at: datetime) -> Entry:
    return Entry(
        "people.joined",
        subject=Ref("body", membership.body_id),
        by=None,
        at=at,
        body=membership.body_id,
        parties=[Party("person", membership.person_id, "member")],
        facts={"role": membership.role},
    )
