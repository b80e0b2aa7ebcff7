"""The units that handle what congresses hand over: the list, one unit, and what is done to it."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.ground.access import can
from lianxin.ground.access.answering import reach
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.access.models import Grant
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.people.acts.units import EstablishForm, UnitForm, forms_for
from lianxin.ground.people.models import Unit
from lianxin.ground.people.views.acting import act_page

EDIT = "people.edit_unit"


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units that handle what congresses hand over, each with its offices."""
    offices = Unit.objects.on(today()).order_by("name")
    found = Unit.objects.visible_to(request.user).on(today()).filter(parent=None).select_related("region")
    found = found.prefetch_related(Prefetch("offices", offices)).order_by("region__code", "name")
    return render(request, "people/units.html", {"units": found, "may_edit": bool(can(request.user, EDIT))})


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
    if request.method == "POST" and form.is_valid():
        try:
            made = Unit.establish(by=request.user.pk, at=now(), **form.cleaned_data)
        except RuleError as refusal:
            form.add_error("name", str(refusal))
        else:
            toasts.tell(request, _("%(unit)s设立好了。") % {"unit": made.name})
            return redirect(made)
    back = reverse("people:units")
    return _page(request, {"form": form, "title": _("设立承办单位"), "button": _("设立"), "back": back})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is known of a unit."""
    row = _seen(request, pk)
    demand(request.user, EDIT, row)
    of = row.name  # the form writes what was typed into the row
    form = UnitForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            row.amend(form.changed_data, by=request.user.pk, at=now())
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            toasts.tell(request, _("改好了。"))
            return redirect(row)
    named = {"title": _("改动承办单位资料"), "button": _("存下"), "back": row.get_absolute_url(), "of": of}
    return _page(request, {"form": form} | named)


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


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "people/unit_form.html", context, status=422 if context["form"].is_bound else 200)
