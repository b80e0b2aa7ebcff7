"""The parties of a regulation, read in a handful of queries, however many there are."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from lianxin.account.duty.books import Party
from lianxin.account.duty.files import Written
from lianxin.account.duty.parties.asked import Asked, gathered, lying_in, obliged
from lianxin.account.duty.parties.mandates import mandates
from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.people.models import Body, Region, Unit
from lianxin.ground.people.models.region import Level
from lianxin.lib.scoring.periods import Stretch

Thing = Body | Station | Region | Unit


def parties(written: Written, period: Stretch, body: Body | None = None, only: UUID | None = None) -> list[Party]:
    """Everybody and everything that the regulation is about on any day of a period, in the order of lists.

    With a `body`, those of its place: deputies of the congresses there, and whom one of these elected. `only` is the id
    of one. What they are told apart by is as on the last day of the period, or the last one on which they served.
    """
    asked = Asked(written, period, body, only)
    who = written.regulation.who
    return [party for party in _READ[who.kind](asked) if who.takes_in(party.kind, party.traits)]


def _groups(asked: Asked) -> Iterable[Party]:
    rows = asked.theirs(Body.objects.filter(kind="group"), "region__")
    for group in rows.select_related("parent", "region__parent__parent").order_by("region__code", "name", "pk"):
        formed_by = group.parent.name if group.parent else ""
        yield _party("group", group, group.region, ("group", group.name), ("level", group.level), ("body", formed_by))


def _stations(asked: Asked) -> Iterable[Party]:
    rules = asked.rules.section(StationRules)
    rows = asked.theirs(Station.objects.all(), "region__").select_related("body", "region__parent__parent")
    for station in rows.order_by("region__code", "pinyin", "pk"):
        words = (station.name, *rules.words(station.kind))
        by = (("body", station.body.name), ("level", station.body.level))
        yield _party("station", station, station.region, *(("station", word) for word in words), *by)


def _townships(asked: Asked) -> Iterable[Party]:
    return _places(asked, Level.TOWNSHIP)


def _villages(asked: Asked) -> Iterable[Party]:
    return _places(asked, Level.VILLAGE)


def _places(asked: Asked, level: Level) -> Iterable[Party]:
    """Places with a congress around them: the platform knows the country, and has the work of some of it."""
    rows = asked.theirs(Region.objects.filter(level=level), "").select_related("parent__parent")
    around = Body.objects.congresses().filter(level="county", region__isnull=False)
    known = {region_id.hex for region_id in asked.meets(around).values_list("region_id", flat=True)}
    for region in rows.order_by("code", "pk"):
        if not known.isdisjoint(region.path.split("/")):
            yield _party(str(level), region, region)


def _units(asked: Asked) -> Iterable[Party]:
    rows = asked.theirs(Unit.objects.all(), "region__").select_related("region__parent__parent")
    for unit in rows.order_by("region__code", "name", "pk"):
        yield _party("unit", unit, unit.region)


_READ: Mapping[str, Callable[[Asked], Iterable[Party]]] = {
    "mandate": mandates,
    "group": _groups,
    "station": _stations,
    "township": _townships,
    "village": _villages,
    "unit": _units,
}


def _party(kind: str, thing: Thing, region: Region | None, *traits: tuple[str, str]) -> Party:
    told = gathered((*traits, *lying_in(region)))
    return Party(thing.pk, kind, thing.name, told, obliged(thing.starts_on, thing.ends_on))
