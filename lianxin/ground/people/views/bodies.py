"""Bodies: congresses and what they form, with members, terms and sessions; and the units that handle."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.people.acts.bodies import forms_for
from lianxin.ground.people.models import Body, Membership, Session, Unit
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook import in_force

EDIT = "people.edit_body"


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Every congress with what it formed, from the national one down."""
    day = today()
    formed = Body.objects.on(day).exclude(kind="congress").order_by("position", "kind", "name")
    seats = Count("mandates", Q(mandates__ends_on__isnull=True))
    congresses = (
        Body.objects.visible_to(request.user).on(day).congresses().annotate(seats=seats).select_related("region")
    )
    congresses = congresses.prefetch_related(Prefetch("parts", formed)).order_by("region__code", "name")
    by_level = {level: [body for body in congresses if body.level == level] for level in CongressLevel}
    levels = [(level.label, found) for level, found in by_level.items() if found]
    return render(request, "people/bodies.html", {"levels": levels})


@require_safe
def body(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One body: who sits in it and in which role, what it formed, and a congress's terms and sessions."""
    row = get_object_or_404(Body.objects.visible_to(request.user).select_related("region", "parent"), pk=pk)
    day, rules = today(), in_force(today()).section(BodyRules)
    members = row.memberships.on(day).select_related("person").order_by("person__pinyin")
    roles = rules.kinds[row.kind].roles_at(row.level) if row.kind in rules.kinds else {}
    held = Session.objects.order_by("-number")
    context = {
        "body": row,
        "kind": rules.name(row.kind),
        "members": list(_by_role(list(members), roles)),
        "parts": row.parts.on(day).order_by("position", "kind", "name"),
        "terms": row.terms.annotate(seats=Count("mandates"))
        .prefetch_related(Prefetch("sessions", held))
        .order_by("-number"),
        "acts": forms_for(row) if can(request.user, EDIT, row) else {},
    }
    return render(request, "people/body.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Do one of the verbs of a body."""
    row = get_object_or_404(Body.objects.visible_to(request.user).select_related("region", "parent"), pk=pk)
    demand(request.user, EDIT, row)
    if not (form_class := forms_for(row).get(kind)):
        raise Http404(kind)
    form = form_class(row, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        toasts.tell(request, _("已经登记：%(act)s。") % {"act": form.title})
        return redirect("people:body", row.pk)
    return render(
        request,
        "people/act.html",
        {"of": row.name, "back": row.get_absolute_url(), "form": form},
        status=422 if form.is_bound else 200,
    )


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units that handle what congresses hand over, each with its offices."""
    offices = Unit.objects.on(today()).order_by("name")
    found = Unit.objects.visible_to(request.user).on(today()).filter(parent=None).select_related("region")
    found = found.prefetch_related(Prefetch("offices", offices)).order_by("region__code", "name")
    return render(request, "people/units.html", {"units": found})


def _by_role(members: list[Membership], roles: Mapping[str, str]) -> list[tuple[str, list[Membership]]]:
    """Members by role, in the order the preset names the roles; roles it no longer knows come last by their code."""
    order = [*roles, *sorted({member.role for member in members} - set(roles))]
    grouped = [(roles.get(role, role), [member for member in members if member.role == role]) for role in order]
    return [(name, found) for name, found in grouped if found]
