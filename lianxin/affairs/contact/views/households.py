"""Households: the list, one of them, a new one, and who it is."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.contact.forms import AgreeForm, HouseholdForm, WithdrawForm, townships
from lianxin.affairs.contact.models import Household, Tie
from lianxin.affairs.contact.models.household import SEE
from lianxin.affairs.contact.places import whole_name
from lianxin.affairs.contact.reaching import places_in
from lianxin.affairs.contact.reading import lines
from lianxin.affairs.contact.views.deputies import HOLD
from lianxin.ground.access import can
from lianxin.ground.access.answering import reach
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import asking
from lianxin.ground.core.clock import today
from lianxin.ground.core.ids import id_in
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.people.models.region import Level
from lianxin.ground.vault.actions import openings_of
from lianxin.ground.vault.views.identities import OPEN, identity_page

ENTER = "contact.enter"
A_DOZEN = 12


@require_safe
@needs(SEE)
def households(request: HttpRequest) -> HttpResponse:
    """Every household in reach, in the order of villages; of one township; those that nobody keeps contact with."""
    seen = Household.objects.visible_to(request.user).select_related("region__parent")
    places, asked = list(townships(request.user)), id_in(request.GET.get("place", ""))
    if place := next((one for one in places if one.pk == asked), None):
        seen = seen.filter(region__path__begins=place.path)
    if untied := "untied" in request.GET:
        tied = Tie.objects.on(today()).filter(toward_kind=Household.KIND).values("toward_id")
        seen = seen.agreeing().exclude(pk__in=tied)
    page = page_by_key(seen, ("region__code", "number", "id"), request.GET)
    context = {"page": page, "places": places, "place": place, "untied": untied, "may_enter": can(request.user, ENTER)}
    return render(request, "contact/households.html", context)


@require_safe
@needs(ENTER)
def choose_place(request: HttpRequest) -> HttpResponse:
    """In which village the household is, found by name or pinyin."""
    words = asking.words(request)
    villages = places_in(reach(request.user, ENTER)).filter(level__in=Household.LEVELS).select_related("parent")
    found = villages.named_like(words) if words else villages.filter(level=Level.VILLAGE)
    return render(request, "contact/choose_place.html", {"words": words, "found": found.order_by("path")[:A_DOZEN]})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ENTER)
def add(request: HttpRequest, place: UUID) -> HttpResponse:
    """A household in a village that agreed."""
    villages = places_in(reach(request.user, ENTER)).filter(level__in=Household.LEVELS)
    region = get_object_or_404(villages.select_related("parent"), pk=place)
    form = HouseholdForm(request.POST if request.method == "POST" else None, region=region)
    return act_page(request, form, of=_("联系户"), back=reverse("contact:households"), note=whole_name(region))


@require_safe
@needs(SEE)
def household(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One household: its consent, who keeps contact with it, who looked at who it is, and what happened."""
    row = _household(request, pk)
    timeline = timeline_about(request, Household.KIND, row.pk)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    context = {
        "household": row,
        "lines": lines(row.ties().order_by("until_on", "from_on", "pk")),
        "openings": openings_of(row.pk),
        "timeline": timeline,
        "may_enter": can(request.user, ENTER, row),
        "may_open": can(request.user, OPEN, row),
    }
    return render(request, "contact/household.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ENTER)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """It agrees anew, or no more."""
    if kind not in ("agree", "withdraw"):
        raise Http404(kind)
    row = _household(request, pk)
    demand(request.user, ENTER, row)
    sent = request.POST if request.method == "POST" else None
    form = AgreeForm(row, sent, region=row.region) if kind == "agree" else WithdrawForm(row, sent)
    return act_page(request, form, of=row.called, back=row.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(OPEN)
def identity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who it is, to an office that says why."""
    row = _household(request, pk)
    return identity_page(request, row.pk, row, of=row.called, back=row.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(HOLD)
def own_identity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who it is, to the deputy who visits it and says why."""
    row = _household(request, pk)
    return identity_page(request, row.pk, row, of=row.called, back=reverse("contact:own"))


def _household(request: HttpRequest, pk: UUID) -> Household:
    seen = Household.objects.visible_to(request.user).select_related(
        "region__parent", "body__region", "asked_by__person"
    )
    return get_object_or_404(seen, pk=pk)
