"""Places: browse from the top, find by name or pinyin, see one place, and record what happened to it."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import asking
from lianxin.ground.core.addresses import addresses
from lianxin.ground.core.models import Platform
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.people.models import Region
from lianxin.ground.people.places import words
from lianxin.ground.people.places.forms import forms_for
from lianxin.ground.people.places.inside import look_inside

EDIT = "people.edit_region"
IN_A_LIST = 200
LETTERS = 2  # fewer Latin letters than these begin the pinyin of too many places


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Where to begin: find a place, or start from the platform's own or from the top."""
    asked = asking.words(request)
    platform = Platform.current()
    home = Region.objects.standing().filter(code=platform.county_code).first() if platform else None
    seen = Region.objects.visible_to(request.user).standing()
    if not asked:
        address = addresses("people:place")
        top = seen.filter(parent=None).order_by("code").values_list("pk", "name")
        start = {"home": home, "top": [(address(pk), name) for pk, name in top]}
        return render(request, "people/regions.html", start)
    is_short = asked.isascii() and asked.isalnum() and len(asked) < LETTERS
    found = seen.none() if is_short else seen.named_like(asked, around=home)
    page = page_by_key(found, ("code", "id"), request.GET)
    context = {
        "asked": asked,
        "is_short": is_short,
        "page": page,
        "found": list(_lying_in(page.rows)),
        "crumbs": words.crumbs([]),
    }
    return render(request, "people/regions_found.html", context)


@require_safe
def place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One place: what it lies in, what lies in it, where it is, and what happened to it."""
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=pk)
    around = region.around()
    parts = region.parts.standing().with_parts_counted()
    page = page_by_key(parts, ("code", "id"), request.GET, size=IN_A_LIST)
    inside = look_inside(region, around, page.rows)
    may_edit = request.user.is_authenticated and bool(can(request.user, EDIT, region))
    context = {
        "region": region,
        "crumbs": words.crumbs(place for place in around if place.pk != region.pk),
        "page": page,
        "parts": _parts(page.rows),
        "counts": words.counts(inside.counts),
        "map": inside.map,
        "history": words.history(region),
        "changes": forms_for(region) if may_edit else {},
    }
    return render(request, "people/region.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def change(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Record that a place was renamed, moved, merged, recoded or closed, or that it has a new grid."""
    region = get_object_or_404(Region.objects.visible_to(request.user), pk=pk)
    demand(request.user, EDIT, region)
    if not (form_class := forms_for(region).get(kind)):
        raise Http404(kind)
    form = form_class(region, request.POST or None)
    if form.is_valid():
        for target in form.targets():
            demand(request.user, EDIT, target)
    return act_page(request, form, of=region.name, back=region.get_absolute_url())


class _Found(NamedTuple):
    """A place that was found, and the names of what it lies in."""

    href: str
    name: str
    code: str
    lies_in: str


class _Part(NamedTuple):
    """A place in a list, and how much lies in it."""

    href: str
    name: str
    counted: str


def _lying_in(found: Sequence[Region]) -> Iterable[_Found]:
    """Each with the names of the places around it; one query."""
    ids = {id for region in found for id in region.path_ids[:-1]}
    names = {place.pk: place.called for place in Region.objects.filter(pk__in=ids).only("name", "pinyin")}
    address = addresses("people:place")
    for region in found:
        around = " ".join(names[id] for id in region.path_ids[:-1])
        yield _Found(address(region.pk), region.called, region.code, around)


def _parts(found: Iterable[Any]) -> Iterable[_Part]:
    """Places whose parts are counted, as rows."""
    address = addresses("people:place")
    return [_Part(address(part.pk), part.called, _count(part)) for part in found]


def _count(part: Any) -> str:
    return words.counted(part.parts_level, part.parts_count) if part.parts_count else ""
