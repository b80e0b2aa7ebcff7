"""Who stands for a place: deputies of every level, their stations, and when one can meet them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from lianxin.affairs.stations.models import Posting, Station
from lianxin.affairs.stations.receptions import Reception, receptions_of
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.people.models import Mandate, Region
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level

NEAREST_FIRST = [
    CongressLevel.TOWNSHIP,
    CongressLevel.COUNTY,
    CongressLevel.CITY,
    CongressLevel.PROVINCE,
    CongressLevel.NATIONAL,
]


@dataclass(frozen=True)
class StationCard:
    """A station, what its kind is called here, and when deputies receive there next."""

    station: Station
    kind: str
    reception: Reception | None


@dataclass(frozen=True)
class DeputyCard:
    """A mandate, the stations its holder belongs to, and whether the mandate rests."""

    mandate: Mandate
    stations: list[StationCard]

    @property
    def phone(self) -> str:
        """The number a resident may dial: the deputy's own where published, else a station's; or none."""
        person = self.mandate.person
        if person.is_phone_public and person.phone:
            return person.phone
        return next((card.station.phone for card in self.stations if card.station.phone), "")

    @property
    def is_own_phone(self) -> bool:
        """Whether `phone` is the deputy's own."""
        return self.mandate.person.is_phone_public and bool(self.mandate.person.phone)


@dataclass(frozen=True)
class Standing:
    """Everything the page of a place shows."""

    levels: list[tuple[str, list[DeputyCard]]]
    stations: list[StationCard]
    nearby: list[StationCard]

    @property
    def reception(self) -> Reception | None:
        """The next day on which deputies receive at one of the stations of the place, or where its deputies belong."""
        own = [card for _level, cards in self.levels for deputy in cards for card in deputy.stations]
        found = [card.reception for card in (*self.stations, *own, *self.nearby) if card.reception]
        return min(found, key=lambda reception: reception.held_on, default=None)


def standing_for(region: Region, day: date, user: Any) -> Standing:
    """Who stands for a place on a day. Four or five queries, however many deputies."""
    cards: dict[Any, StationCard] = {}

    def card(station: Station) -> StationCard:
        if station.pk not in cards:
            held = receptions_of(station, day)
            kind = station.rules_on(day).section(StationRules).name(station.kind)
            cards[station.pk] = StationCard(station, kind, held[0] if held else None)
        return cards[station.pk]

    postings = Posting.objects.on(day).select_related("station__region")
    mandates = (
        Mandate.objects.visible_to(user)
        .standing_for(region, day)
        .at_work(day)
        .select_related("person", "congress", "district", "electing_body")
        .prefetch_related(Prefetch("postings", postings))
        .order_by("person__pinyin", "id")
    )
    deputies = [
        DeputyCard(mandate, [card(posting.station) for posting in mandate.postings.all()]) for mandate in mandates
    ]
    stations = Station.objects.visible_to(user).on(day).serving(region).select_related("region")
    serving = [card(station) for station in stations]
    receives = any(c.reception for c in (*serving, *cards.values()))
    nearby = [] if receives else [found for station in _nearby(region, day, user) if (found := card(station)).reception]
    return Standing(levels=list(_by_level(deputies)), stations=serving, nearby=nearby[:3])


def _nearby(region: Region, day: date, user: Any) -> Iterable[Station]:
    """Other stations of the township, for a village where nobody receives."""
    if region.level not in (Level.VILLAGE, Level.GRID) or not region.parent:
        return []
    around = region.parent if region.level == Level.VILLAGE else region.parent.parent
    if around is None:
        return []
    found = Station.objects.visible_to(user).on(day).filter(region__path__begins=around.path)
    return found.select_related("region").order_by("region__code", "name")[:100]


def _by_level(deputies: Iterable[DeputyCard]) -> Iterable[tuple[str, list[DeputyCard]]]:
    found: dict[str, list[DeputyCard]] = {level: [] for level in NEAREST_FIRST}
    for deputy in deputies:
        found[deputy.mandate.level].append(deputy)
    return [(str(CongressLevel(level).label), cards) for level, cards in found.items() if cards]
