"""Sheets for walls: a station's poster, and a deputy's card. Whoever prints them needs a browser and nothing else."""

from datetime import timedelta
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianxin.account.publishing.heard import heard_by, lines_of, listed
from lianxin.account.publishing.standing import meeting_places
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.receptions import Reception, receptions_of
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.core.clock import today
from lianxin.ground.people.models import Mandate, Person
from lianxin.ground.rulebook import in_force

DAYS = 4  # receptions that a poster names: it hangs for months
FACES = 8  # deputies for whom there is room on a sheet
MATTERS = 4


@require_safe
def station(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where and when one meets deputies here, who they are, and a code that leads to telling something: one sheet of A4."""
    day = today()
    stations = Station.objects.visible_to(request.user).on(day).select_related("region__parent", "body")
    row = get_object_or_404(stations, pk=pk)
    postings = row.postings.on(day).select_related("mandate__person", "mandate__congress", "mandate__district")
    seated = list(postings.order_by("mandate__person__pinyin", "id")[: FACES + 1])
    context = {
        "station": row,
        "kind": row.rules_on(day).section(StationRules).name(row.kind),
        "receptions": list(_receptions(row)),
        "postings": seated[:FACES],
        "has_more": len(seated) > FACES,
        "qr_tell": qr(request, reverse("opinions:station_code", args=[row.pk])),
        "qr_page": qr(request, row.get_absolute_url()),
        "day": day,
    }
    return render(request, "publishing/poster.html", context)


@require_safe
def deputy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who a deputy is, how to reach them, what they took up, and a code that leads to telling them something: one sheet of A5."""
    day = today()
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    held = Mandate.objects.visible_to(request.user).at_work(day).filter(person=person)
    mandates = list(held.select_related("congress", "district", "term").order_by("starts_on", "id"))
    if not mandates:
        raise Http404("no deputy now")
    rows = list(listed(heard_by(person, day))[:MATTERS])
    places = meeting_places(person, day)
    context = {
        "person": person,
        "mandates": mandates,
        "place": places[0] if places else None,
        "phone": person.phone if person.is_phone_public else "",
        "relay": next((place for place in places if place.phone), None),
        "lines": lines_of(rows, in_force(day).section(OpinionRules), person),
        "qr_tell": qr(request, reverse("opinions:deputy_code", args=[mandates[-1].pk])),
        "qr_page": qr(request, person.get_absolute_url()),
        "day": day,
    }
    return render(request, "publishing/card.html", context)


def qr(request: HttpRequest, path: str) -> str:
    """An address of the platform as a picture that a phone reads, sharp at any size."""
    return segno.make(request.build_absolute_uri(path), error="m").svg_data_uri(scale=4, border=2, light="#fff")


def _receptions(station: Station) -> list[Reception]:
    """The next days on which deputies receive there, soonest first."""
    found: list[Reception] = []
    after = today()
    while len(found) < DAYS and (held := receptions_of(station, after)):
        found.append(held[0])
        after = held[0].held_on + timedelta(days=1)
    return found
