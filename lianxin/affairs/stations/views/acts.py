"""What offices and keepers do to stations."""

from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.stations.fittings import fittings_of
from lianxin.affairs.stations.forms import (
    CloseForm,
    JudgeForm,
    OpenStationForm,
    PostForm,
    ReleaseForm,
    ReopenForm,
    StationForm,
)
from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.access.answering import reach
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import asking, toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.people.models import Mandate, Person, Region
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook import in_force

A_DOZEN, A_SCORE = 12, 20


def _station(request: HttpRequest, pk: UUID, action: str) -> Station:
    found = Station.objects.visible_to(request.user).select_related("region__parent", "body__region", "parent")
    station = get_object_or_404(found, pk=pk)
    demand(request.user, action, station)
    return station


@require_http_methods(["GET", "HEAD"])
@needs("stations.open")
def choose_place(request: HttpRequest) -> HttpResponse:
    """Where the new station is to be: a township or village within the person's reach, found by name or pinyin."""
    words = asking.words(request)
    places = _places_of(request.user).filter(level__in=(Level.TOWNSHIP, Level.VILLAGE)).select_related("parent")
    found = places.named_like(words) if words else places.filter(level=Level.TOWNSHIP)
    context = {"words": words, "found": found.order_by("path")[:A_DOZEN]}
    return render(request, "stations/choose_place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("stations.open")
def open_station(request: HttpRequest, place: UUID) -> HttpResponse:
    """A new station at a place."""
    region = get_object_or_404(_places_of(request.user), pk=place)
    form = OpenStationForm(request.POST or None, rules=in_force(today()).section(StationRules), region=region)
    return act_page(request, form, of=_("站点"), back=reverse("stations:stations"), note=region.called)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("stations.edit")
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Address, phone and the way in."""
    station = _station(request, pk, "stations.edit")
    form = StationForm(station, request.POST or None)
    return act_page(request, form, of=station.name, back=station.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@needs("stations.post")
def deputies(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who belongs to the station: add one, or let one go."""
    station = _station(request, pk, "stations.post")
    words, is_release = asking.words(request), "release" in request.POST
    form = (ReleaseForm if is_release else PostForm)(station, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        toasts.tell(request, _("调出了。") if is_release else _("编入了。"))
        return redirect("stations:deputies", station.pk)
    postings = station.postings.on(today()).select_related("mandate__person", "mandate__congress")
    context = {
        "station": station,
        "form": form,
        "post_form": PostForm(station) if is_release else form,
        "words": words,
        "page": page_by_key(
            _candidates(station, words), ("distance", "person__pinyin", "id"), request.GET, size=A_SCORE
        ),
        "postings": postings.order_by("mandate__person__pinyin"),
    }
    return render(request, "stations/deputies.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("stations.judge")
def fittings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look at the fittings, one after another."""
    station = _station(request, pk, "stations.judge")
    lines = [line for line in fittings_of(station, station.rules_on(today()).section(StationRules)) if line.is_named]
    form = JudgeForm(station, request.POST or None, keys=[line.rule.key for line in lines])
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        return redirect("stations:fittings", station.pk)
    context = {"station": station, "lines": lines, "form": form}
    return render(request, "stations/fittings.html", context, status=422 if form.errors else 200)


@require_safe
@needs("stations.post")
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody who belonged to the station, from when to when, the latest first."""
    station = _station(request, pk, "stations.post")
    postings = station.postings.select_related("mandate__person", "mandate__congress")
    context = {"station": station, "page": page_by_key(postings, ("-starts_on", "-id"), request.GET), "day": today()}
    return render(request, "stations/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("stations.close")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The station closes; its last day is said, and what follows from it."""
    station = _station(request, pk, "stations.close")
    form = CloseForm(station, request.POST or None)
    return act_page(request, form, of=station.name, back=station.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@needs("stations.close")
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A closing that was a mistake is put right, with the reason."""
    station = _station(request, pk, "stations.close")
    form = ReopenForm(station, request.POST or None)
    return act_page(request, form, of=station.name, back=station.get_absolute_url())


def _places_of(user: Any) -> Any:
    """The standing places within the person's reach."""
    far, places = reach(user, "stations.open"), Region.objects.visible_to(user).standing()
    if far.everywhere:
        return places
    within = Q(pk__in=[])
    for region in Region.objects.filter(pk__in=far.ids("place")):
        within |= Q(path__begins=region.path)
    return places.filter(within)


def _candidates(station: Station, words: str) -> QuerySet[Mandate]:
    """Deputies at work who do not belong to the station yet: by name or pinyin, or those of its places.

    `distance` is 0 for those who stand for the station's own place, 1 for others.
    """
    posted = station.postings.filter(ends_on__isnull=True).values("mandate")
    seen = Mandate.objects.at_work(today()).exclude(pk__in=posted).select_related("person", "congress")
    if words:
        seen = seen.filter(person__in=Person.objects.named_like(words))
    else:
        seen = seen.filter(congress__region__in=station.region.path_ids)
    own = Mandate.objects.standing_for(station.region, today()).values("pk")
    return seen.annotate(distance=Case(When(pk__in=own, then=0), default=1))
