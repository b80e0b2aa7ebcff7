"""The first step: where it is, and to whom somebody writes. Known from a code on a wall, or found by name."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianxin.affairs.opinions.addressing import (
    ASKED,
    Address,
    address_of,
    complained_of,
    find_address,
    kinds_complained_of,
    named,
)
from lianxin.affairs.opinions.errors import NotYourGround
from lianxin.affairs.opinions.forms.tell import WhereForm
from lianxin.affairs.opinions.models import Answers
from lianxin.affairs.opinions.views.tell.steps import show
from lianxin.affairs.opinions.views.tell.ways import NoDraft, Way
from lianxin.affairs.stations.models import Station
from lianxin.ground.access.answering import reach
from lianxin.ground.core import asking
from lianxin.ground.core.clock import today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Body, Mandate, Region, Unit
from lianxin.ground.people.models.region import Level, RegionQuerySet
from lianxin.ground.people.places.calling import places_called

SHOWN = 40
HOMES = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)


def where(request: HttpRequest, way: Way) -> HttpResponse:
    """Where it is, and to whom. What stands in the address of the page, or in the form, goes before the draft."""
    try:
        answers = way.held(request).answers
    except NoDraft:
        answers = Answers()
    if answers.is_sent:
        answers = Answers()
    asked = request.POST if request.method == "POST" else request.GET
    is_new = any(name in asked for name in (*ASKED, "in", "q"))
    address = find_address(asked.dict(), today()) if is_new else address_of(answers, today())
    if way.user and not is_new and address.region is None:
        address = _own_station(way)
    if address.region is None or "in" in request.GET or "q" in request.GET:
        return _choose(request, way, address)
    options: dict[str, Any] = {"answers": answers, "is_entered": bool(way.user), "today": today()}
    form = WhereForm(request.POST, **options) if request.method == "POST" else WhereForm(**options)
    if form.is_bound and form.is_valid():
        try:
            return _keep(request, way, address, form)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
    return show(request, way, "", form, **_told(request, address, is_continued=bool(answers.done) and not is_new))


def _told(request: HttpRequest, address: Address, *, is_continued: bool) -> dict[str, Any]:
    try:
        receiver = address.receiver(today())
    except RuleError:
        receiver = None  # the form tells why when it is sent
    complained = address.complained
    return {
        "address": address,
        "receiver": receiver,
        "complained": complained_of(complained) if complained else "",
        "asked": query_of(address),
        "is_lost": "lost" in request.GET or address.is_lost,
        "is_continued": is_continued,
    }


def _keep(request: HttpRequest, way: Way, address: Address, form: WhereForm) -> HttpResponse:
    """Keep the address in the draft of this browser, or in a new one. Raises NobodyThere, NotYourGround."""
    address.route(today())
    if way.user and not address.may_be_entered_by(way.user, today()):
        raise NotYourGround

    def change(answers: Answers) -> None:
        for name in ASKED:
            setattr(answers, name, "")
        for name, value in query_of(address).items():
            setattr(answers, name, value)
        form.answer(answers)
        answers.done = sorted({*answers.done, "where"})

    try:
        with way.changing(request) as held:
            if held.answers.is_sent:
                raise NoDraft
            change(held.answers)
    except NoDraft:
        answers = Answers()
        change(answers)
        held = way.begin(answers)
    return way.give(redirect(way.url("what")), held)


def query_of(address: Address) -> dict[str, str]:
    """An address as the fields of a form say it."""
    told = {"region": address.region, "station": address.station, "mandate": address.mandate}
    fields = {name: str(row.pk) for name, row in told.items() if row}
    if complaint := address.complaint:
        fields["complaint"] = f"{complaint.kind}:{complaint.id}"
    return fields


def _own_station(way: Way) -> Address:
    """The station of a keeper who has one alone: what is told there is written down there."""
    own = list(Station.objects.on(today()).filter(pk__in=reach(way.user, "opinions.enter").ids("station"))[:2])
    return find_address({"station": str(own[0].pk)}, today()) if len(own) == 1 else Address()


def _places(request: HttpRequest, way: Way) -> RegionQuerySet:
    """The places to choose from: every one; for staff those of which they may write, unless a station of theirs takes all."""
    seen = Region.objects.visible_to(request.user)
    if not way.user or (far := reach(way.user, "opinions.enter")).everywhere or far.ids("station"):
        return seen
    grounds = Body.objects.filter(pk__in=far.ids("body"), region__isnull=False).values("region")
    within = Q(pk__in=[])
    for path in Region.objects.filter(Q(pk__in=far.ids("place")) | Q(pk__in=grounds)).values_list("path", flat=True):
        within |= Q(path__begins=path)
    return seen.filter(within)


def _choose(request: HttpRequest, way: Way, address: Address) -> HttpResponse:
    """The page on which a place is found: by its name or pinyin, or from the platform's own place downwards.

    One match goes straight on.
    """
    words, platform = asking.words(request), Platform.current()
    seen = _places(request, way).standing().select_related("parent")
    home = seen.filter(code=platform.county_code).first() if platform else None
    home = home or (seen.order_by("path").first() if way.user else None)
    found = places_called(words, seen.filter(level__in=HOMES), home, SHOWN + 1) if words else []
    if len(found) == 1:
        return redirect(f"{way.url()}?{urlencode(query_of(replace(address, region=found[0])))}")
    around = named(seen, request.GET.get("in", "")) or home
    parts = list(seen.filter(parent=around).order_by("code")) if around else []
    context = {
        "way": way,
        "address": address,
        "kept": query_of(replace(address, region=None)),
        "is_lost": "lost" in request.GET or address.is_lost,
        "words": words,
        "found": found[:SHOWN],
        "has_more": len(found) > SHOWN,
        "around": around,
        "parts": [(part, part.level in (Level.VILLAGE, Level.GRID)) for part in parts],
        "is_bounded": bool(around and around.level in (Level.COUNTY, Level.TOWNSHIP)),
    }
    is_sent = request.method == "POST"
    return render(request, "opinions/tell/place.html", context | {"is_sent": is_sent}, status=422 if is_sent else 200)


def whom(request: HttpRequest, way: Way) -> HttpResponse:
    """Whom somebody writes to or complains of: deputies who stand for the place, stations near it, units of the county."""
    address, kinds = find_address(request.GET.dict(), today()), kinds_complained_of()
    kind, words = request.GET.get("kind", ""), asking.words(request)
    if address.region is None:
        return redirect(way.url())
    context = {
        "way": way,
        "address": address,
        "asked": query_of(address),
        "kind": kind,
        "kinds": kinds if kind in kinds else {},
        "words": words,
        "listed": _listed(kind or "mandate", address.region, words),
    }
    return render(request, "opinions/tell/whom.html", context)


def _listed(kind: str, region: Region, words: str) -> list[tuple[str, str, str]]:
    """Id, name and what else tells them apart, of at most forty."""
    day = today()
    if kind == "station":
        near = Station.objects.on(day).near(region).select_related("region")
        fitting = near.filter(name__icontains=words) if words else near
        return [(str(one.pk), one.name, one.address or one.region.called) for one in fitting[:SHOWN]]
    if kind == "unit":
        units = Unit.objects.on(day).filter(region__in=region.path_ids, name__icontains=words)
        return [(str(one.pk), one.name, one.address) for one in units.order_by("name")[:SHOWN]]
    seats = Mandate.objects.standing_for(region, day).at_work(day).filter(person__name__icontains=words)
    told = seats.select_related("person", "congress", "district").order_by("person__pinyin", "id")[:SHOWN]
    return [(str(one.pk), one.person.name, f"{one.congress.name} {one.person.employer}") for one in told]


@require_safe
def code(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """A short address that a code on a wall holds: of a station, a deputy or a place. It leads to the form, filled in."""
    return redirect(f"{reverse('opinions:tell')}?{urlencode({kind: pk})}")
