"""Deputies as parties: each mandate with its person's posts, groups, stations and places, its leave and its ties."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from lianxin.account.duty.books import Party
from lianxin.account.duty.parties.asked import A_DAY, Asked, gathered, lying_in, obliged
from lianxin.affairs.contact.models import Tie
from lianxin.affairs.stations.models import Posting
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.people.models import DistrictPart, Mandate, MandatePause, Membership
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.rules import BodyRules
from lianxin.lib.scoring.parties import Leave, Tenure
from lianxin.lib.scoring.periods import Stretch

TOGETHER = ("group", "delegation")  # kinds of bodies in which deputies of several levels sit
BETWEEN_POSTS = re.compile(r"[、，,；;]\s*")
Told = tuple[str, str]  # a trait and its word


class Seat(NamedTuple):
    """A mandate as it is read."""

    pk: UUID
    person_id: UUID
    person__name: str
    person__post: str
    level: str
    congress__name: str
    congress__region_id: UUID | None
    congress__region__level: str | None
    congress__region__name: str | None
    congress__region__code: str | None
    district_id: UUID | None
    trade: str
    starts_on: date | None
    ends_on: date | None

    def day(self, asked: Asked) -> date:
        """As of which day it is told apart: the last of the period on which it was served."""
        return min(asked.last_day, self.ends_on or asked.last_day)

    def own(self) -> Iterator[Told]:
        """What its own row says of it."""
        yield "level", self.level
        yield "body", self.congress__name
        yield "trade", self.trade
        yield from (("post", post) for post in BETWEEN_POSTS.split(self.person__post))
        if self.congress__region__level == Level.TOWNSHIP:
            yield "township", self.congress__region__name or ""
            yield "township", self.congress__region__code or ""


def mandates(asked: Asked) -> Iterator[Party]:
    """The mandates that run on any day of the period. One query for them, and one for each thing that is asked of them."""
    rows = asked.theirs(Mandate.objects.all(), "congress__region__", "electing_body__region__")
    if levels := asked.written.regulation.who.traits.get("level"):
        rows = rows.filter(level__in=levels)
    ordered = rows.order_by("congress__region__code", "card_number", "pk")
    seats = [Seat(*row) for row in ordered.values_list(*Seat._fields)]
    told = _told(asked, seats)
    leaves, ties = _leaves(asked), _ties(asked)
    for seat in seats:
        tenure = obliged(seat.starts_on, seat.ends_on)
        if tenure.is_within(asked.period):
            served = Tenure(tenure.start, tenure.end, leaves.get(seat.pk, ()))
            traits = gathered((*seat.own(), *told[seat.pk]))
            yield Party(seat.pk, "mandate", seat.person__name, traits, served, tied=ties.get(seat.pk, {}))


def _told(asked: Asked, seats: Iterable[Seat]) -> Mapping[UUID, list[Told]]:
    """What other rows say of each, as far as the regulation tells parties apart by it."""
    found: dict[UUID, list[Told]] = defaultdict(list)
    seats = list(seats)
    for traits, reads in _READERS:
        if not asked.traits.isdisjoint(traits):
            for id, words in reads(asked, seats):
                found[id] += words
    return found


def _sitting(asked: Asked, seats: Iterable[Seat]) -> Iterator[tuple[UUID, list[Told]]]:
    """Groups and posts: a body counts that stands where the congress stands, groups wherever they are."""
    of_person: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in seats:
        of_person[seat.person_id].append(seat)
    rows = asked.meets(Membership.objects.all())
    if asked.only:
        rows = rows.filter(person__in=of_person)
    columns = (
        "person_id",
        "role",
        "body__kind",
        "body__name",
        "body__level",
        "body__region_id",
        "starts_on",
        "ends_on",
    )
    words = _Posts(asked.rules.section(BodyRules))
    for person, role, kind, name, level, region, *days in rows.values_list(*columns):
        for seat in of_person.get(person, ()):
            stands = kind in TOGETHER or (level, region) == (seat.level, seat.congress__region_id)
            if stands and obliged(*days).holds(seat.day(asked)):
                yield seat.pk, words.of(kind, role, name)


@dataclass(frozen=True)
class _Posts:
    """How papers call whoever has a role in a body of some kind."""

    rules: BodyRules

    def of(self, kind: str, role: str, body: str) -> list[Told]:
        """The words for it, and whether it is a leading post."""
        found = [("group", body)] if kind in TOGETHER else []
        rule = self.rules.kinds.get(kind)
        if rule is None:
            return found
        words = [kind, rule.name, *rule.members]
        if known := rule.roles.get(role):
            words += [known.name, f"{rule.name}{known.name}"]
            found += [("leader", "yes")] if known.leads else []
        return found + [("post", word) for word in words]


def _posted(asked: Asked, seats: Iterable[Seat]) -> Iterator[tuple[UUID, list[Told]]]:
    """The stations to which deputies belong, and of which kinds these are."""
    day_of = {seat.pk: seat.day(asked) for seat in seats}
    rules = asked.rules.section(StationRules)
    rows = _of(asked, Posting.objects.all(), "mandate_id")
    for mandate, name, kind, *days in rows.values_list(
        "mandate_id", "station__name", "station__kind", "starts_on", "ends_on"
    ):
        if mandate in day_of and obliged(*days).holds(day_of[mandate]):
            yield mandate, [("station", word) for word in (name, *rules.words(kind))]


def _standing_for(asked: Asked, seats: Iterable[Seat]) -> Iterator[tuple[UUID, list[Told]]]:
    """Townships and villages over which deputies were elected."""
    elected: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in seats:
        if seat.district_id:
            elected[seat.district_id].append(seat)
    parts = asked.meets(DistrictPart.objects.select_related("region__parent__parent"))
    if asked.only:
        parts = parts.filter(district__in=elected)
    for part in parts:
        for seat in elected.get(part.district_id, ()):
            if part.holds_on(seat.day(asked)):
                yield seat.pk, list(lying_in(part.region))


_Reader = Callable[[Asked, Iterable[Seat]], Iterator[tuple[UUID, list[Told]]]]
_READERS: tuple[tuple[tuple[str, ...], _Reader], ...] = (
    (("group", "post", "leader"), _sitting),
    (("station",), _posted),
    (("township", "village"), _standing_for),
)


def _leaves(asked: Asked) -> Mapping[UUID, list[Leave]]:
    """Pauses of mandates, where the regulation knows leave; its types `leave` and `suspended` are what the platform has."""
    found: dict[UUID, list[Leave]] = defaultdict(list)
    kinds = asked.written.regulation.leaves.intersection(MandatePause.Kind.values)
    if not kinds:
        return found
    rows = _of(asked, MandatePause.objects.filter(kind__in=kinds), "mandate_id")
    for mandate, kind, start, end in rows.values_list("mandate_id", "kind", "starts_on", "ends_on"):
        found[mandate].append(Leave(kind, start or date.min, end + A_DAY if end else date.max))
    return found


def _ties(asked: Asked) -> Mapping[UUID, Mapping[str, list[Stretch]]]:
    """The days of each tie by scheme, of the schemes that the regulation asks about."""
    found: dict[UUID, dict[str, list[Stretch]]] = defaultdict(dict)
    if not asked.schemes:
        return found
    rows = Tie.objects.filter(who_kind=Tie.MANDATE, scheme__in=asked.schemes, from_on__lt=asked.period.end)
    if asked.only:
        rows = rows.filter(who_id=asked.only)
    for who, scheme, start, until in rows.values_list("who_id", "scheme", "from_on", "until_on"):
        if until is None or until > max(start, asked.period.start):
            found[who].setdefault(scheme, []).append(Stretch(start, until or date.max))
    return found


def _of(asked: Asked, rows: "QuerySet[Any]", key: str) -> "QuerySet[Any]":
    found = asked.meets(rows)
    return found.filter(**{key: asked.only}) if asked.only else found
