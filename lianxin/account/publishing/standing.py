"""Who stands for a place: deputies of every level, their stations, and when one can meet them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.affairs.stations.models import Posting, Station
from lianxin.affairs.stations.receptions import Reception, receptions_of
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.core.addresses import addresses
from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level

NEAREST_FIRST = [
    CongressLevel.TOWNSHIP,
    CongressLevel.COUNTY,
    CongressLevel.CITY,
    CongressLevel.PROVINCE,
    CongressLevel.NATIONAL,
]
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

    `phone` is a number a resident may dial: the deputy's own where it is published, else a station's; or none.
    """

    href: str
    name: str
    face: str
    work: str
    elected: str
    stations: list[StationCard]
    phone: str
    is_own_phone: bool


@dataclass(frozen=True)
class Standing:
    """Everything the page of a place shows; `levels` with nobody are those whose congress no known deputy sits in for it.

    `relay` is the nearest station that can be called, for deputies whom no number reaches.
    """

    levels: list[tuple[str, list[DeputyCard]]]
    stations: list[StationCard]
    nearby: list[StationCard]
    relay: StationCard | None

    @property
    def soonest(self) -> StationCard | None:
        """Where deputies receive next: at a station of the place, where its deputies belong, or at the nearest other."""
        own = [card for _level, cards in self.levels for deputy in cards for card in deputy.stations]
        found = [(card.reception.held_on, card) for card in (*self.stations, *own, *self.nearby) if card.reception]
        return min(found, key=lambda held: held[0], default=(None, None))[1]


class _Cards:
    """Stations as cards on a day, each made once."""

    def __init__(self, day: date) -> None:
        self.day, self.address = day, addresses("stations:station")
        self.made: dict[UUID, StationCard] = {}

    def card(self, station: Station) -> StationCard:
        if station.pk not in self.made:
            kind = station.rules_on(self.day).section(StationRules).name(station.kind)
            soonest = next(iter(receptions_of(station, self.day)), None)
            href = self.address(station.pk)
            self.made[station.pk] = StationCard(href, station.name, kind, station.address, station.phone, soonest)
        return self.made[station.pk]


def standing_for(region: Region, day: date, user: Any) -> Standing:
    """Who stands for a place on a day. Five to seven queries, however many deputies."""
    cards = _Cards(day)
    deputies = list(_deputies(region, day, user, cards))
    stations = Station.objects.visible_to(user).on(day).serving(region)
    serving = [cards.card(station) for station in stations]
    receives = any(card.reception for card in cards.made.values())
    nearby = [] if receives else [cards.card(station) for station in _nearby(region, day, user)]
    relay = next((card for card in serving if card.phone), None)
    if relay is None and not all(deputy.phone for _level, deputy in deputies):
        callable_there = Station.objects.visible_to(user).on(day).relaying(region).first()
        relay = cards.card(callable_there) if callable_there else None
    near = [card for card in nearby if card.reception][:3]
    return Standing(_by_level(deputies, region, day), serving, near, relay)


def _deputies(region: Region, day: date, user: Any, cards: _Cards) -> Iterator[tuple[str, DeputyCard]]:
    """Those at work who stand for the place, by name, each after the level; two queries."""
    mandates = Mandate.objects.visible_to(user).standing_for(region, day).at_work(day)
    rows = list(mandates.order_by("person__pinyin", "id").values_list(*MANDATE, named=True))
    postings = Posting.objects.on(day).filter(mandate__in=[row.id for row in rows]).select_related("station")
    stations: dict[UUID, list[StationCard]] = {}
    for posting in postings:
        stations.setdefault(posting.mandate_id, []).append(cards.card(posting.station))
    address = addresses("people:person")
    for row in rows:
        own = row.person__phone if row.person__is_phone_public else ""
        belongs_to = stations.get(row.id, [])
        yield (
            row.level,
            DeputyCard(
                href=address(row.person_id),
                name=row.person__name,
                face=row.person__name[:1],
                work=f"{row.person__employer} {row.person__post}",
                elected=row.district__name or _elected_by(row.electing_body__name),
                stations=belongs_to,
                phone=own or next((card.phone for card in belongs_to if card.phone), ""),
                is_own_phone=bool(own),
            ),
        )


def _elected_by(body: str | None) -> str:
    return _("由%(body)s选出") % {"body": body} if body else ""


def _nearby(region: Region, day: date, user: Any) -> Iterable[Station]:
    """Other stations of the township, for a village where nobody receives."""
    if region.level not in (Level.VILLAGE, Level.GRID) or not region.parent:
        return []
    around = region.parent if region.level == Level.VILLAGE else region.parent.parent
    if around is None:
        return []
    found = Station.objects.visible_to(user).on(day).filter(region__path__begins=around.path)
    return found.order_by("region__code", "name")[:100]


def _by_level(
    deputies: Sequence[tuple[str, DeputyCard]], region: Region, day: date
) -> list[tuple[str, list[DeputyCard]]]:
    """Deputies by level, with the levels of which a congress sits over the place; nothing where there is nobody at all."""
    congresses = Body.objects.congresses().on(day).filter(region__in=region.path_ids)
    there = set(congresses.values_list("level", flat=True)) if deputies else set()
    found: dict[str, list[DeputyCard]] = {level: [] for level in NEAREST_FIRST}
    for level, deputy in deputies:
        found[level].append(deputy)
    return [(str(CongressLevel(level).label), cards) for level, cards in found.items() if cards or level in there]
