"""“Who stands for me”: a village or grid, and every deputy of every level."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from lianxin.account.publishing import own_place as own
from lianxin.account.publishing.standing import standing_for
from lianxin.ground.core import asking
from lianxin.ground.core.addresses import addresses
from lianxin.ground.core.clock import today
from lianxin.ground.core.ids import id_in
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Region
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.places.calling import places_called

SHOWN = 40
HOMES = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask where somebody lives: by name or pinyin, or from the platform's own place downwards. One match goes straight on."""
    words = asking.words(request)
    platform = Platform.current()
    seen = Region.objects.visible_to(request.user).standing().select_related("parent")
    home = seen.filter(code=platform.county_code).first() if platform else None
    found: list[Region] = []
    if words:
        found = places_called(words, seen.filter(level__in=HOMES), home, SHOWN + 1)
        if len(found) == 1:
            return redirect(where_to(found[0]))
    around = seen.filter(pk=chosen).first() if (chosen := id_in(request.GET.get("in", ""))) else home
    context = {
        "words": words,
        "found": [(place, where_to(place)) for place in found[:SHOWN]],
        "has_more": len(found) > SHOWN,
        "around": around,
        "parts": list(_parts(around, seen)) if around else [],
    }
    return render(request, "publishing/find.html", context)


@require_safe
def standing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody who stands for a place, where they can be met, and how they can be reached."""
    region = get_object_or_404(Region.objects.visible_to(request.user).select_related("parent"), pk=pk)
    is_own = request.COOKIES.get(own.COOKIE) == str(region.pk)
    context = {"region": region, "standing": standing_for(region, today(), request.user), "is_own": is_own}
    return render(request, "publishing/standing.html", context)


@csrf_exempt  # nothing is stored but a cookie of this browser, and public pages stay free of a token
@require_POST
def own_place(request: HttpRequest) -> HttpResponse:
    """Show what is near this place first, in this browser; or forget it, where none is named."""
    place = id_in(request.POST.get("place", ""))
    if place is None:
        response = redirect("publishing:home")
        own.forget(response)
        return response
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=place)
    response = redirect("publishing:home")
    own.keep(response, region.pk)
    return response


def _parts(around: Region, seen: QuerySet[Region]) -> Iterator[tuple[str, str]]:
    """What lies in a place, each after where it leads: to a village's deputies, or on to what lies in it."""
    standing_for_it = addresses("publishing:standing")
    are_homes = around.level in (Level.TOWNSHIP, Level.VILLAGE)
    for part in seen.filter(parent=around).select_related(None).order_by("code"):
        yield standing_for_it(part.pk) if are_homes else f"?in={part.pk}", part.called


def where_to(place: Region) -> str:
    """A village's or grid's deputies; a township is asked for the village first, for its districts are of villages."""
    if place.level == Level.TOWNSHIP:
        return f"{reverse('publishing:find')}?in={place.pk}"
    return reverse("publishing:standing", args=[place.pk])
