"""Made-up households that agreed, and the ties of deputies by the schemes of the preset, near by."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import count, cycle, islice
from random import Random
from typing import Any

from lianxin.affairs.contact.bound import bound
from lianxin.affairs.contact.models import Consent, Household, Tie
from lianxin.affairs.contact.models.tie import Other
from lianxin.affairs.contact.rules import ContactRules, Scheme, Toward
from lianxin.doors.demo import names
from lianxin.doors.demo.building.people import ROLES
from lianxin.doors.demo.rules import DemoRules
from lianxin.ground.people.models import Body, District, DistrictPart, Mandate, Membership, Region
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.vault.particulars import Particulars

TIED_ON = date(2022, 4, 1)
ASKED_WITHIN = 30  # days before


def keep(preset: str, home: Region, rules: ContactRules, demo: DemoRules, *, on: date, at: datetime) -> None:
    """As many ties as each scheme asks for, or as the account tells in all; none where nobody tells either."""
    form_above(home, on=on, at=at)
    near, households = _Near(home), _Households(preset, on)
    for code, scheme in rules.schemes.items():
        deputies = list(
            bound(scheme, on)
            .select_related("person", "congress__region", "district")
            .order_by("congress__region__code", "card_number")
        )
        shares = list(_shares(scheme, demo.ties.get(code, 0), len(deputies)))
        if scheme.toward == Toward.HOUSEHOLD:
            pairs: list[tuple[Mandate, Other]] = households.of(list(zip(deputies, shares, strict=True)), near, at)
        else:
            pairs = list(_others(scheme, deputies, shares, near))
        if pairs:
            Tie.objects.tie_all(pairs, code, on=on, by=None, at=at)


def form_above(home: Region, *, on: date, at: datetime) -> None:
    """At a city its committee, and a delegation of each county that elected deputies: founding leaves them to the office."""
    if home.level != Level.CITY:
        return
    congress = Body.objects.congresses().get(level=CongressLevel.CITY, region=home)
    committee = congress.form("standing_committee", f"{home.name}人大常委会", on=on, by=None, at=at)
    leading = committee.form("directors_meeting", f"{home.name}人大常委会主任会议", on=on, by=None, at=at)
    found = congress.mandates.select_related("person", "electing_body__region")
    seats = list(found.order_by("electing_body__region__code", "card_number"))
    first = sorted(seats, key=lambda seat: seat.card_number)
    sitting = [_sits(committee, *one, on) for one in zip(first, ROLES["standing_committee"], strict=False)]
    sitting += [_sits(leading, *one, on) for one in zip(first, ROLES["directors_meeting"], strict=False)]
    formed: dict[Any, Body] = {}
    for seat in seats:
        place = seat.electing_body.region if seat.electing_body else None
        if place and place.pk not in formed:
            formed[place.pk] = congress.form("delegation", f"{place.name}代表团", on=on, by=None, at=at)
        if place:
            sitting.append(_sits(formed[place.pk], seat, "member", on))
    Membership.begin_all(sitting, by=None, at=at)


def _sits(body: Body, seat: Mandate, role: str, on: date) -> Membership:
    return Membership(body=body, person=seat.person, role=role, starts_on=on)


def _shares(scheme: Scheme, total: int, deputies: int) -> Iterator[int]:
    """With how many each keeps contact: of what the account tells in all, else what the scheme asks for at least."""
    for number in range(deputies):
        yield total // deputies + (number < total % deputies) if total else scheme.least


class _Near:
    """What lies near a deputy, read once: the villages of each district, and of each congress the others."""

    def __init__(self, home: Region):
        self.home = home
        parts = DistrictPart.objects.select_related("region__parent").order_by("region__code")
        self.by_district: dict[Any, list[Region]] = {}
        for part in parts:
            self.by_district.setdefault(part.district_id, []).append(part.region)

    def villages(self, mandate: Mandate) -> list[Region]:
        """Of the own district."""
        return self.by_district[mandate.district_id]


class _Households:
    """Makes households one after another; the same preset makes the same."""

    def __init__(self, preset: str, on: date):
        self.random, self.on = Random(f"{preset}/contact"), on
        self.names, self.numbers = names.invented(f"{preset}/contact"), count(100_000)

    def of(self, wanted: Sequence[tuple[Mandate, int]], near: _Near, at: datetime) -> list[tuple[Mandate, Other]]:
        """So many for each deputy, in the villages of the own district."""
        asked = [
            (mandate, region) for mandate, number in wanted for region in islice(cycle(near.villages(mandate)), number)
        ]
        given = [(region, mandate.congress, self._who(region), self._consent(mandate)) for mandate, region in asked]
        made = Household.add_all(given, by=None, at=at)
        return [(mandate, household) for (mandate, _region), household in zip(asked, made, strict=True)]

    def _who(self, region: Region) -> Particulars:
        group = self.random.randint(1, 9)
        return Particulars(
            name=next(self.names),
            phone=f"19900{next(self.numbers)}",
            address=f"{region.name}{group}组{self.random.randint(1, 60)}号",
        )

    def _consent(self, mandate: Mandate) -> Consent:
        way = self.random.choice(Household.Way.values)
        return Consent(way, self.on - timedelta(days=self.random.randint(1, ASKED_WITHIN)), mandate)


def _others(
    scheme: Scheme, deputies: Sequence[Mandate], shares: Sequence[int], near: _Near
) -> Iterator[tuple[Mandate, Other]]:
    """Whom or what each deputy is tied to that is no household."""
    if scheme.toward == Toward.DISTRICT:
        yield from ((one, one.district) for one in deputies if one.district)
    elif scheme.toward == Toward.VILLAGE:
        yield from _villages(deputies, near)
    elif scheme.toward == Toward.DEPUTY:
        yield from _deputies(scheme, deputies, shares)
    elif scheme.toward in (Toward.GROUP, Toward.DELEGATION):
        yield from _bodies(scheme, deputies, shares)


def _villages(deputies: Sequence[Mandate], near: _Near) -> Iterator[tuple[Mandate, Other]]:
    """Every village of a district has a deputy, and every deputy a village."""
    by_district: dict[District, list[Mandate]] = {}
    for one in deputies:
        if one.district:
            by_district.setdefault(one.district, []).append(one)
    for together in by_district.values():
        villages = near.villages(together[0])
        for number in range(max(len(villages), len(together))):
            yield together[number % len(together)], villages[number % len(villages)]


def _deputies(scheme: Scheme, deputies: Sequence[Mandate], shares: Sequence[int]) -> Iterator[tuple[Mandate, Other]]:
    """The next deputies in turn of the own congress and those in it; where there are none, as of the nation, of all."""
    others = list(
        Mandate.objects.filter(level__in=scheme.toward_levels or CongressLevel.values)
        .select_related("person", "congress__region")
        .order_by("congress__region__code", "-card_number", "pk")
    )
    turns: dict[Any, Iterator[Mandate]] = {}
    for one, share in zip(deputies, shares, strict=True):
        path = one.congress.region.path if one.congress.region else ""
        if one.congress_id not in turns:
            inside = [it for it in others if it.congress.region and it.congress.region.path.startswith(path)]
            turns[one.congress_id] = cycle(inside or others)
        others_in_turn = (it for it in turns[one.congress_id] if it.person_id != one.person_id)
        yield from ((one, it) for it in islice(others_in_turn, share))


def _bodies(scheme: Scheme, deputies: Sequence[Mandate], shares: Sequence[int]) -> Iterator[tuple[Mandate, Other]]:
    bodies = list(Body.objects.filter(kind=scheme.toward.value).select_related("region").order_by("region__code", "pk"))
    turn = cycle(bodies)
    for one, share in zip(deputies, shares, strict=True):
        yield from ((one, body) for body in islice(turn, min(share, len(bodies))))
