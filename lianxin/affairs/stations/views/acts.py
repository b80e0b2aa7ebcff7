"""What offices and keepers do to stations."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lianxin.affairs.stations.fittings import fittings_of
from lianxin.affairs.stations.forms import JudgeForm, OpenStationForm, PostingForm, StationForm
from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.access.answering import reach
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.people.models import Mandate, Region
from lianxin.ground.rulebook import in_force


def _station(request: HttpRequest, pk: UUID, action: str) -> Station:
    found = Station.objects.visible_to(request.user).select_related("region__parent", "body__region", "parent")
    station = get_object_or_404(found, pk=pk)
    demand(request.user, action, station)
    return station


@require_http_methods(["GET", "HEAD", "POST"])
@needs("stations.open")
def open_station(request: HttpRequest) -> HttpResponse:
    """A new station, at a place within the person's reach."""
    rules = in_force(today()).section(StationRules)
    form = OpenStationForm(request.POST or None, rules=rules, places=_places_of(request.user))
    if request.method == "POST" and form.is_valid():
        station = Station.open(by=request.user.pk, at=now(), **form.cleaned_data)
        messages.success(request, _("%(station)s设立好了。") % {"station": station.name})
        return redirect("stations:station", station.pk)
    return _form_page(request, form, _("设立站点"), _("设立"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("stations.edit")
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Address, phone and the way in."""
    station = _station(request, pk, "stations.edit")
    form = StationForm(request.POST or None, instance=station)
    if request.method == "POST" and form.is_valid():
        station.amend(form.changed_data, by=request.user.pk, at=now())
        messages.success(request, _("改好了。"))
        return redirect("stations:station", station.pk)
    return _form_page(request, form, _("改动%(station)s") % {"station": station.name}, _("存下"), station)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("stations.post")
def deputies(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who belongs to the station: add one, or let one go."""
    station = _station(request, pk, "stations.post")
    form = PostingForm(request.POST or None, candidates=_candidates(station, request.GET.get("q", "")))
    if request.method == "POST" and (release := request.POST.get("release")):
        mandate = get_object_or_404(Mandate, pk=release)
        station.release(mandate, on=today(), by=request.user.pk, at=now())
        return redirect("stations:deputies", station.pk)
    if request.method == "POST" and form.is_valid():
        try:
            station.post(form.cleaned_data["mandate"], on=today(), by=request.user.pk, at=now())
            return redirect("stations:deputies", station.pk)
        except RuleError as refusal:
            form.add_error("mandate", str(refusal))
    postings = station.postings.on(today()).select_related("mandate__person", "mandate__congress")
    context = {"station": station, "form": form, "postings": postings.order_by("mandate__person__pinyin")}
    return render(request, "stations/deputies.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("stations.judge")
def fittings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look at the fittings, one after another."""
    station = _station(request, pk, "stations.judge")
    rules = in_force(today()).section(StationRules)
    lines = [line for line in fittings_of(station, rules) if line.is_named]
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["key"] in {line.rule.key for line in lines}:
            station.judge_fitting(
                form.cleaned_data["key"], form.cleaned_data["state"], on=today(), by=request.user.pk, at=now()
            )
        return redirect("stations:fittings", station.pk)
    context = {"station": station, "lines": lines}
    return render(request, "stations/fittings.html", context, status=422 if form.errors else 200)


@require_POST
@needs("stations.open")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The station closes today."""
    station = _station(request, pk, "stations.open")
    station.close(on=today(), by=request.user.pk, at=now())
    messages.success(request, _("%(station)s已撤销。") % {"station": station.name})
    return redirect("stations:station", station.pk)


def _places_of(user: Any) -> QuerySet[Region]:
    """The places within the person's reach."""
    far = reach(user, "stations.open")
    places = Region.objects.filter(ends_on__isnull=True)
    if far.everywhere:
        return places
    wanted = Region.objects.none()
    for region in Region.objects.filter(pk__in=far.ids("place")):
        wanted = wanted | places.filter(path__startswith=region.path)
    return wanted


def _candidates(station: Station, words: str) -> QuerySet[Mandate]:
    """Deputies at work who do not belong to the station yet, those of its places first."""
    around = Mandate.objects.at_work(today()).exclude(postings__in=station.postings.filter(ends_on__isnull=True))
    if words:
        around = around.filter(person__name__contains=words)
    else:
        around = around.filter(congress__region__in=station.region.path_ids)
    return around.select_related("person", "congress").order_by("person__pinyin")


def _form_page(
    request: HttpRequest, form: Any, title: str, button: str, station: Station | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "station": station}
    return render(request, "stations/form.html", context, status=422 if form.errors else 200)
