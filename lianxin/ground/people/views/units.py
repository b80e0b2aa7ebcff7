"""The units that handle what congresses hand over: the list, one unit, and what is done to it."""

from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.ground.access import can
from lianxin.ground.access.answering import reach
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import today
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.people import taking_out
from lianxin.ground.people.acts.units import EstablishForm, forms_for
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook.exports import handed_out

EDIT = "people.edit_unit"


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units that handle what congresses hand over, each with its offices."""
    offices = Unit.objects.on(today()).order_by("name")
    found = Unit.objects.visible_to(request.user).on(today()).filter(parent=None).select_related("region")
    found = found.prefetch_related(Prefetch("offices", offices)).order_by("region__code", "name")
    return render(request, "people/units.html", {"units": found, "may_edit": bool(can(request.user, EDIT))})


@require_safe
@needs(EDIT)
def workbook(request: HttpRequest) -> HttpResponse:
    """The same for Excel."""
    found = taking_out.units(Unit.objects.visible_to(request.user).on(today()))
    return handed_out(taking_out.UNITS, found)


@require_safe
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One unit: how to reach it, its offices; to offices also who handles things there and what was recorded."""
    row = _seen(request, pk)
    may_edit = bool(can(request.user, EDIT, row))
    timeline = timeline_about(request, "unit", row.pk) if may_edit else None
    if timeline and timeline.is_asked_for_alone:
        return timeline.alone()
    handling = Grant.objects.in_force(today()).filter(scope_kind=Grant.Scope.UNIT, scope_id=row.pk)
    context = {
        "unit": row,
        "offices": row.offices.on(today()).order_by("name"),
        "may_edit": may_edit,
        "acts": forms_for(row) if may_edit else {},
        "clerks": handling.select_related("user").order_by("user__name") if may_edit else [],
        "timeline": timeline,
    }
    return render(request, "people/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def establish(request: HttpRequest) -> HttpResponse:
    """A new unit at a place within one's reach."""
    form = EstablishForm(request.POST or None, reach=reach(request.user, EDIT))
    return act_page(request, form, of=pgettext("list", "承办单位"), back=reverse("people:units"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Do one of the verbs of a unit."""
    row = _seen(request, pk)
    demand(request.user, EDIT, row)
    if not (form_class := forms_for(row).get(kind)):
        raise Http404(kind)
    return act_page(request, form_class(row, request.POST or None), of=row.name, back=row.get_absolute_url())


def _seen(request: HttpRequest, pk: UUID) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user).select_related("region", "parent"), pk=pk)
