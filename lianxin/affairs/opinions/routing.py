"""Where an opinion goes first, and who may not be asked about it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lianxin.affairs.opinions.errors import NobodyThere
from lianxin.affairs.opinions.rules import clock_of
from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.cases.models import Handover
from lianxin.ground.cases.registry import gone
from lianxin.ground.people.models import Body, Mandate, Region, Unit
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook.preset import Preset
from lianxin.lib.calendars import Span

Role = Handover.Role


@dataclass(frozen=True)
class Complaint:
    """投诉 Whom an opinion complains of: a deputy, a station or a unit."""

    kind: str
    id: UUID

    @classmethod
    def of(cls, thing: Mandate | Station | Unit) -> "Complaint":
        """A complaint about this one."""
        return cls(type(thing).__name__.lower(), thing.pk)


@dataclass(frozen=True)
class Route:
    """Which body is in charge, who holds it first, and to do what."""

    body: Body
    role: Role
    holder: tuple[str, UUID]
    span: Span | None = None

    def days(self, preset: Preset) -> Span:
        """How long the holder has: the span of the role's clock, unless another rule gives one (D3)."""
        return self.span or clock_of(preset, self.role).span


def route(
    region: Region,
    day: date,
    *,
    station: Station | None = None,
    mandate: Mandate | None = None,
    complaint: Complaint | None = None,
) -> Route:
    """To the deputy it was written to, to the station whose code was scanned, else to the nearest congress's office.

    To one that is there on that day: old codes hang on walls for years. A complaint goes past them all, to the congress
    of the county. Raises NobodyThere.
    """
    if complaint:
        body = _congress(region, day, above_townships=True)
        return Route(body, Role.SORT, ("body", body.pk))
    if mandate and not gone("mandate", {mandate.pk}, day):
        return Route(_own(mandate, region, day), Role.ANSWER, ("mandate", mandate.pk))
    if station and not station.has_closed_by(day):
        if host := _host(station, day):
            return host
        return Route(station.body, Role.SORT, ("station", station.pk))
    body = _congress(region, day)
    return Route(body, Role.SORT, ("body", body.pk))


def _host(station: Station, day: date) -> Route | None:
    """A deputy's household has the deputy answer what is left there on line, in the days of the station's own rule (D3)."""
    rule = station.rules_on(day).section(StationRules).online_reply
    if rule is None or station.kind not in rule.at:
        return None
    at_work = Mandate.objects.at_work(day).filter(postings__in=station.postings.on(day)).order_by("pk")
    mandate = at_work.first()
    if mandate is None:
        return None
    return Route(station.body, Role.ANSWER, ("mandate", mandate.pk), rule.within)


def office_of(body: Body, region: Region, day: date, *, is_complaint: bool) -> Body:
    """The body in charge as long as it is there, else the nearest one around the place. Raises NobodyThere."""
    if not gone("body", {body.pk}, day):
        return body
    return _congress(region, day, above_townships=is_complaint)


def office_above(body: Body, day: date) -> Body:
    """The congress of the county, for what a township or a station cannot settle; the body itself where it is that."""
    return _congress(body.region, day, above_townships=True) if body.region else body


def _own(mandate: Mandate, region: Region, day: date) -> Body:
    """A deputy's matters lie in the deputy's own congress, where that is on the platform's own ground; else the place's."""
    congress = mandate.congress
    own = congress.region
    return congress if own and region.path.startswith(own.path) and own.level in _GROUND else _congress(region, day)


_GROUND = (Level.COUNTY, Level.TOWNSHIP)


def _congress(region: Region, day: date, *, above_townships: bool = False) -> Body:
    """The nearest running congress around a place; with `above_townships` none of a township. One query."""
    found = Body.objects.congresses().on(day).filter(region__in=region.path_ids).select_related("region")
    around = sorted((body for body in found if body.region), key=lambda body: -len(body.region.path))  # type: ignore[union-attr]
    if above_townships:
        around = [body for body in around if body.region and body.region.level != Level.TOWNSHIP]
    if not around:
        raise NobodyThere(region.name)
    return around[0]


def stations_gone(ids: set[UUID], day: date) -> set[UUID]:
    """Stations that have closed."""
    return set(Station.objects.filter(pk__in=ids, ends_on__lt=day).values_list("pk", flat=True))
