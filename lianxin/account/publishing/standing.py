"""Who stands for a place: deputies of every level, their stations, and when one can meet them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.affairs.stations.models import Posting, Station
from lianxin.affairs.stations.receptions import Reception, changed_by_hand, receptions_of
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.core.addresses import addresses
from lianxin.ground.core.templatetags.look import telephone
from lianxin.ground.people.models import Body, Mandate, Person, Region
from lianxin.ground.people.models.body import CongressLevel

NEAREST_FIRST = [
    CongressLevel.TOWNSHIP,
    CongressLevel.COUNTY,
    CongressLevel.CITY,
    CongressLevel.PROVINCE,
    CongressLevel.NATIONAL,
]
SHORT = 20  # deputies on a page that is read at a glance
NEAR = 200  # stations that are looked at: more than a township has
MANDATE = (
    "id",
    "level",
    "person_id",
    "person__name",
    "person__employer",
    "person__post",
    "person__phone",
    "person__is_phone_public",
    "district__name",
    "electing_body__name",
)


class StationCard(NamedTuple):
    """A station: what its kind is called here, how to find and call it, and when deputies receive there next."""

    href: str
    name: str
    kind: str
    address: str
    phone: str
    reception: Reception | None


class DeputyCard(NamedTuple):
    """Somebody who stands for the place: `face` is the first sign of the name, `elected` by whom, and the stations.

    `phone` is a number a resident may dial, `answered_by` says whose: the deputy's own where it is published, else a
    station's; or none.
    """

    href: str
    name: str
    face: str
    work: str
    elected: str
    stations: list[StationCard]
    phone: str
    phone_in_words: str
    answered_by: str


class Deputies(NamedTuple):
    """The deputies of one level. `elected` is by whom, where that is the same for all of them; it then stands with none.

    `is_open` is false where the page is long and others are nearer.
    """

    level: str
    elected: str
    cards: list[DeputyCard]
    is_open: bool


@dataclass(frozen=True)
class Standing:
    """Everything the page of a place shows; `levels` without cards are those whose congress no known deputy sits in for it.

    `relay` is the nearest station that can be called, where there are deputies whom no number reaches.
    """

    levels: list[Deputies]
    stations: list[StationCard]
    nearby: list[StationCard]
    relay: StationCard | None

    @property
    def soonest(self) -> StationCard | None:
        """Where deputies receive next: at a station of the place, where its deputies belong, or at the nearest other."""
        own = [card for level in self.levels for deputy in level.cards for card in deputy.stations]
        found = [(card.reception.held_on, card) for card in (*self.stations, *own, *self.nearby) if card.reception]
        return min(found, key=lambda held: held[0], default=(None, None))[1]


class _Cards:
    """Stations as cards on a day, each made once."""

    def __init__(self, day: date) -> None:
        self.day, self.address = day, addresses("stations:station")
        self.made: dict[UUID, StationCard] = {}
        self.changed = changed_by_hand(day)

    def card(self, station: Station) -> StationCard:
        if station.pk not in self.made:
            kind = station.rules_on(self.day).section(StationRules).name(station.kind)
            soonest = next(iter(receptions_of(station, self.day, self.changed)), None)
            href = self.address(station.pk)
            self.made[station.pk] = StationCard(href, station.name, kind, station.address, station.phone, soonest)
        return self.made[station.pk]


def standing_for(region: Region, day: date, user: Any) -> Standing:
    """Who stands for a place on a day. Four queries, however many deputies."""
    cards = _Cards(day)
    deputies = list(_deputies(region, day, user, cards))
    own = list(cards.made.values())
    near = list(Station.objects.visible_to(user).on(day).near(region)[:NEAR])
    around = set(region.path_ids)
    serving = [cards.card(station) for station in near if station.region_id in around]
    receives = any(card.reception for card in (*own, *serving))
    beside = [] if receives else [cards.card(station) for station in near if station.region_id not in around]
    reached = all(deputy.phone for _level, deputy in deputies)
    relay = None if reached else next((cards.card(station) for station in near if station.phone), None)
    receiving = [card for card in beside if card.reception][:3]
    return Standing(_by_level(deputies, region, day), serving, receiving, relay)


def receiving_near(region: Region, day: date, user: Any, most: int) -> list[StationCard]:
    """The stations nearest to a place at which deputies receive next, nearest first. One query."""
    cards = _Cards(day)
    near = map(cards.card, Station.objects.visible_to(user).on(day).near(region)[:NEAR])
    return list(islice((card for card in near if card.reception), most))


def meeting_places(person: Person, day: date) -> list[StationCard]:
    """The stations that a deputy belongs to on a day, those that receive soonest first. One query."""
    cards = _Cards(day)
    posted = Station.objects.on(day).filter(
        pk__in=Posting.objects.on(day).filter(mandate__person=person).values("station")
    )
    found = [cards.card(station) for station in posted.order_by("name")]
    return sorted(found, key=lambda card: card.reception.held_on if card.reception else date.max)


def _deputies(region: Region, day: date, user: Any, cards: _Cards) -> Iterator[tuple[str, DeputyCard]]:
    """Those at work who stand for the place, by name, each after the level; two queries."""
    mandates = Mandate.objects.visible_to(user).standing_for(region, day).at_work(day)
    rows = list(mandates.order_by("person__pinyin", "id").values_list(*MANDATE, named=True))
    postings = Posting.objects.on(day).filter(mandate__in=[row.id for row in rows]).select_related("station")
    stations: dict[UUID, list[StationCard]] = {}
    for posting in postings:
        stations.setdefault(posting.mandate_id, []).append(cards.card(posting.station))
    address, by_deputy, by_station = addresses("people:person"), _("本人电话"), _("站点电话，请站点转达")
    for row in rows:
        own = row.person__phone if row.person__is_phone_public else ""
        belongs_to = stations.get(row.id, [])
        phone = own or next((card.phone for card in belongs_to if card.phone), "")
        yield (
            row.level,
            DeputyCard(
                href=address(row.person_id),
                name=row.person__name,
                face=row.person__name[:1],
                work=f"{row.person__employer} {row.person__post}",
                elected=row.district__name or _elected_by(row.electing_body__name),
                stations=belongs_to,
                phone=phone,
                phone_in_words=telephone(phone) if phone else "",
                answered_by=by_deputy if own else by_station,
            ),
        )


def _elected_by(body: str | None) -> str:
    return _("由%(body)s选出") % {"body": body} if body else ""


def _by_level(deputies: Sequence[tuple[str, DeputyCard]], region: Region, day: date) -> list[Deputies]:
    """Deputies by level, with the levels of which a congress sits over the place; nothing where there is nobody at all."""
    congresses = Body.objects.congresses().on(day).filter(region__in=region.path_ids)
    there = set(congresses.values_list("level", flat=True)) if deputies else set()
    found: dict[str, list[DeputyCard]] = {level: [] for level in NEAREST_FIRST}
    for level, deputy in deputies:
        found[level].append(deputy)
    shown = [level for level in NEAREST_FIRST if found[level] or level in there]
    nearest = next((level for level in shown if found[level]), None)
    is_short = len(deputies) <= SHORT
    return [_level(level, found[level], is_open=is_short or level == nearest) for level in shown]


def _level(level: CongressLevel, cards: list[DeputyCard], *, is_open: bool) -> Deputies:
    elected = {card.elected for card in cards}
    shared = elected.pop() if len(elected) == 1 else ""
    told = [card._replace(elected="") for card in cards] if shared else cards
    return Deputies(str(level.label), shared, told, is_open)
