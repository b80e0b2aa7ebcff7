"""Stations as everybody sees them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lianxin.affairs.stations.fittings import fittings_of
from lianxin.affairs.stations.forms import StationFilter
from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.receptions import Reception, changed_by_hand, next_receptions, receptions_of
from lianxin.affairs.stations.rules import StationRules
from lianxin.affairs.stations.sitting import sitting_at
from lianxin.affairs.stations.taking_out import STATIONS, rows
from lianxin.ground.access import can
from lianxin.ground.access.answering import reach
from lianxin.ground.access.doors import needs
from lianxin.ground.core.addresses import addresses
from lianxin.ground.core.clock import today
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.parts import parts_of
from lianxin.ground.core.views.timeline import timeline_of_party
from lianxin.ground.people.models import Region
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.exports import handed_out

ACTS = ("stations.edit", "stations.post", "stations.judge", "stations.close", "stations.roster")


class _Row(NamedTuple):
    """A station in the list: `about` says what its kind is called here, and where it is; and its next reception."""

    href: str
    name: str
    about: str
    is_step_free: bool | None
    reception: Reception | None


@require_safe
def stations(request: HttpRequest) -> HttpResponse:
    """Every station, in the order of places and then of pinyin; by place or kind or words in its name."""
    day = today()
    form = StationFilter(request.GET, rules=in_force(day).section(StationRules))
    found = Station.objects.visible_to(request.user).on(day).filter(form.conditions(day))
    page = page_by_key(found.select_related("region__parent"), ("region__code", "pinyin", "id"), request.GET)
    context = {
        "form": form,
        "page": page,
        "rows": list(_rows(page.rows, day)),
        "kept": [] if request.GET else _kept(request.user, day),
        "may_open": bool(can(request.user, "stations.open")),
        "may_take_out": bool(can(request.user, "stations.edit")),
        "query": request.GET.urlencode(),
    }
    return render(request, "stations/stations.html", context)


@require_safe
@needs("stations.edit")
def workbook(request: HttpRequest) -> HttpResponse:
    """The same, whole, for Excel."""
    day = today()
    form = StationFilter(request.GET, rules=in_force(day).section(StationRules))
    found = Station.objects.visible_to(request.user).on(day).filter(form.conditions(day))
    return handed_out(STATIONS, rows(found, day))


@require_safe
def station(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One station: where it is, when deputies receive there, who belongs to it, what it has; to its staff what happened."""
    everything = Station.objects.visible_to(request.user).select_related("region__parent", "body__region")
    row, day = get_object_or_404(everything, pk=pk), today()
    may = {action.split(".")[1]: bool(can(request.user, action, row)) for action in ACTS}
    known = {("station", str(row.pk)): row.name}
    timeline = timeline_of_party(request, "station", row.pk, known=known) if any(may.values()) else None
    if timeline and timeline.is_asked_for_alone:
        return timeline.alone()
    rules, receptions = row.rules_on(day).section(StationRules), receptions_of(row, day)
    sitting = sitting_at([row], day)
    postings = row.postings.on(day).select_related("mandate__person", "mandate__congress", "mandate__district")
    context = {
        "station": row,
        "has_closed": row.has_closed_by(day),
        "kind": rules.name(row.kind),
        "receptions": [(one, sitting.get((row.pk, one.held_on), ())) for one in receptions],
        "relay": None if receptions or row.phone else _relay(row, day, request.user),
        "page": page_by_key(postings, ("mandate__person__pinyin", "id"), request.GET),
        "fittings": [line for line in fittings_of(row, rules) if line.is_named],
        "may": may,
        "timeline": timeline,
        **parts_of("stations:station", request, row),
    }
    return render(request, "stations/station.html", context)


def _relay(station: Station, day: date, user: Any) -> Station | None:
    """The nearest other station that can be called, for one without a telephone; one query."""
    others = Station.objects.visible_to(user).on(day).near(station.region).exclude(pk=station.pk)
    return others.exclude(phone="").first()


def _kept(user: Any, day: date) -> list[_Row]:
    """The stations that somebody keeps, each given to them alone; whoever has a whole place finds them by the place."""
    if not (ids := reach(user, "stations.roster").ids("station")):
        return []
    return list(_rows(Station.objects.on(day).filter(pk__in=ids).select_related("region__parent"), day))


def _rows(found: Iterable[Station], day: date) -> Iterator[_Row]:
    """Stations with their places, which are read beforehand."""
    address, held, changed = addresses("stations:station"), {}, changed_by_hand(day)
    for station in found:
        rules, way = station.rules_on(day), (station.body_id, station.kind, station.reception_days)
        if way not in held:
            held[way] = next_receptions(rules, station.kind, day, station.reception_days)
        coming = receptions_of(station, day, changed) if station.pk in changed else held[way]
        soonest = next((reception for reception in coming if station.holds_on(reception.held_on)), None)
        about = f"{rules.section(StationRules).name(station.kind)} · {_where(station.region)}"
        yield _Row(address(station.pk), station.name, about, station.is_step_free, soonest)


def _where(region: Region) -> str:
    """A village after its township; any other place alone."""
    return (
        f"{region.parent.called} {region.called}" if region.level == Level.VILLAGE and region.parent else region.called
    )
