"""Electoral districts of the congresses: what each covers, and how it is drawn, redrawn and closed."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.views.acting import act_page, done
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.people import lists
from lianxin.ground.people.acts.bodies import ELECTED_IN_DISTRICTS
from lianxin.ground.people.acts.districts import DrawForm, PlacesForm, forms_for
from lianxin.ground.people.forms import DistrictFilter
from lianxin.ground.people.models import Body, District, Mandate

EDIT = "people.edit_body"


@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """The districts that hold today, one congress after another, with how many places and seats each has."""
    form = DistrictFilter(request.GET)
    form.full_clean()
    found, congress = (
        District.objects.visible_to(request.user).on(today()).in_order(),
        form.cleaned_data.get("congress"),
    )
    if congress:
        found = found.filter(congress=congress)
    listed = found.values_list(*lists.DISTRICT, named=True)
    page = page_by_key(listed, ("congress__name", "place_in_order", "id"), request.GET)
    context = {
        "page": page,
        "districts": list(lists.district_rows(page.rows)),
        "congress": congress,
        "may_draw": bool(can(request.user, EDIT)),
    }
    return render(request, "people/districts.html", context)


@require_safe
def district(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One district: what it covers, what it covered before, who was elected in it; to its office what was recorded."""
    row = _seen(request, pk)
    may_edit = bool(can(request.user, EDIT, row))
    timeline = timeline_about(request, "district", row.pk) if may_edit else None
    if timeline and timeline.is_asked_for_alone:
        return timeline.alone()
    parts = list(row.parts.select_related("region__parent").order_by("region__code", "starts_on"))
    day = today()
    mandates = Mandate.objects.visible_to(request.user).on(day).filter(district=row).select_related("person")
    context = {
        "district": row,
        "parts": [part for part in parts if part.holds_on(day)],
        "coming": [part for part in parts if part.starts_on and part.starts_on > day],
        "former": [part for part in parts if part.ends_on and part.ends_on < day],
        "mandates": mandates.order_by("person__pinyin", "id"),
        "acts": forms_for(row) if may_edit else {},
        "timeline": timeline,
    }
    return render(request, "people/district.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new district of a congress whose deputies are elected in districts."""
    seen = Body.objects.visible_to(request.user).congresses().select_related("region", "parent")
    congress = get_object_or_404(seen.filter(ends_on__isnull=True, level__in=ELECTED_IN_DISTRICTS), pk=pk)
    demand(request.user, EDIT, congress)
    return _places_page(request, DrawForm, congress, of=congress.name, back=congress.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Do one of the verbs of a district."""
    row = _seen(request, pk)
    demand(request.user, EDIT, row)
    if not (form_class := forms_for(row).get(kind)):
        raise Http404(kind)
    of, back = row.name, row.get_absolute_url()
    if issubclass(form_class, PlacesForm):
        return _places_page(request, form_class, row, of=of, back=back)
    return act_page(request, form_class(row, request.POST or None), of=of, back=back)


def _places_page(
    request: HttpRequest, form_class: type[PlacesForm], thing: Body | District, *, of: str, back: str
) -> HttpResponse:
    """The form with the places. Whoever only looks into another township gets everything back as it was filled."""
    is_done = request.method == "POST" and "look" not in request.POST
    if request.method == "POST" and not is_done:
        form = form_class.unfinished(thing, request.POST)
    else:
        form = form_class(thing, request.POST or None, around=request.GET.get("around", ""))
    if is_done and form.is_valid() and form.carry_out(by=cast(UUID, request.user.pk), at=now()):
        return done(request, form, back=back)
    context = {"of": of, "back": back, "form": form}
    return render(request, "people/district_places.html", context, status=422 if form.is_bound else 200)


def _seen(request: HttpRequest, pk: UUID) -> District:
    seen = District.objects.visible_to(request.user).select_related("congress__region", "congress__parent")
    return get_object_or_404(seen, pk=pk)
