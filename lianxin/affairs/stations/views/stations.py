"""Stations as everybody sees them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lianxin.affairs.stations.fittings import fittings_of
from lianxin.affairs.stations.forms import StationFilter
from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.receptions import next_receptions
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.access import can
from lianxin.ground.core.clock import today
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.rulebook import in_force

ACTS = ("stations.edit", "stations.post", "stations.judge")


@require_safe
def stations(request: HttpRequest) -> HttpResponse:
    """Every station, by place or kind or words in its name."""
    rules = in_force(today()).section(StationRules)
    form = StationFilter(request.GET, rules=rules)
    found = Station.objects.visible_to(request.user).on(today()).filter(form.conditions())
    page = page_by_key(found.select_related("region__parent"), ("name", "id"), request.GET)
    rows = [(station, rules.name(station.kind)) for station in page.rows]
    context = {"form": form, "page": page, "rows": rows, "may_open": bool(can(request.user, "stations.open"))}
    return render(request, "stations/stations.html", context)


@require_safe
def station(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One station: where it is, when deputies receive there, who belongs to it, what it has."""
    everything = Station.objects.visible_to(request.user).select_related("region__parent", "body__region", "parent")
    row = get_object_or_404(everything, pk=pk)
    day = today()
    preset = in_force(day)
    rules = preset.section(StationRules)
    postings = row.postings.on(day).select_related("mandate__person", "mandate__congress", "mandate__district")
    context = {
        "station": row,
        "kind": rules.name(row.kind),
        "receptions": next_receptions(preset, row.kind, day, row.reception_days),
        "postings": postings.order_by("mandate__person__pinyin"),
        "fittings": [line for line in fittings_of(row, rules) if line.is_named],
        "may": {action.split(".")[1]: bool(can(request.user, action, row)) for action in ACTS},
        "day": day,
    }
    return render(request, "stations/station.html", context)
