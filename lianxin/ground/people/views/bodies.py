"""Bodies: congresses and what they form, with members, terms and sessions."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import asking
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import FindForm
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.people import taking_out
from lianxin.ground.people.acts.bodies import ELECTED_IN_DISTRICTS, SessionDaysForm, forms_for
from lianxin.ground.people.acts.deputies import DeputyForm
from lianxin.ground.people.lists import CongressRow, congress_rows
from lianxin.ground.people.models import Body, Membership, Session
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.exports import handed_out

EDIT, SEAT = "people.edit_body", "people.edit_person"


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Every congress with what it formed, from the national one down."""
    found: dict[str, list[CongressRow]] = {level: [] for level in CongressLevel}
    for level, congress in congress_rows(Body.objects.visible_to(request.user).on(today())):
        found[level].append(congress)
    levels = [(CongressLevel(level).label, congresses) for level, congresses in found.items() if congresses]
    return render(request, "people/bodies.html", {"levels": levels, "may_edit": bool(can(request.user, EDIT))})


@require_safe
@needs(EDIT)
def workbook(request: HttpRequest) -> HttpResponse:
    """The same for Excel."""
    found = taking_out.bodies(Body.objects.visible_to(request.user).on(today()), today())
    return handed_out(taking_out.BODIES, found)


@require_safe
@needs(EDIT)
def sessions_workbook(request: HttpRequest) -> HttpResponse:
    """Every session of these congresses, for Excel."""
    found = taking_out.sessions(Body.objects.visible_to(request.user).congresses().on(today()))
    return handed_out(taking_out.SESSIONS, found)


@require_safe
def body(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One body: who sits in it and in which role, what it formed, and a congress's terms and sessions."""
    row = _seen(request, pk)
    may_edit = bool(can(request.user, EDIT, row))
    timeline = timeline_about(request, "body", row.pk) if may_edit else None
    if timeline and timeline.is_asked_for_alone:
        return timeline.alone()
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
        "may_edit": may_edit,
        "acts": forms_for(row) if may_edit else {},
        "has_districts": row.kind == "congress" and row.level in ELECTED_IN_DISTRICTS,
        "may_seat": row.kind == "congress" and not row.ends_on and bool(can(request.user, SEAT, row)),
        "timeline": timeline,
    }
    return render(request, "people/body.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Do one of the verbs of a body."""
    row = _seen(request, pk)
    demand(request.user, EDIT, row)
    if not (form_class := forms_for(row).get(kind)):
        raise Http404(kind)
    found = {"words": asking.words(request)} if issubclass(form_class, FindForm) else {}
    form = form_class(row, request.POST or None, **found)
    return act_page(request, form, of=row.name, back=row.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mend the days of a session."""
    row = get_object_or_404(Session.objects.select_related("term__congress__region", "term__congress__parent"), pk=pk)
    congress = row.term.congress
    demand(request.user, EDIT, congress)
    of = f"{congress.name}{row.term}{row}"
    return act_page(request, SessionDaysForm(row, request.POST or None), of=of, back=congress.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEAT)
def add_deputy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One deputy takes a seat in a congress: elected in a by-election, or left out of the roster."""
    congress = _seen(request, pk)
    demand(request.user, SEAT, congress)
    if congress.kind != "congress" or congress.ends_on:
        raise Http404(congress.kind)
    form = DeputyForm(congress, request.POST or None, may=partial(can, request.user, SEAT))
    return act_page(request, form, of=congress.name, back=congress.get_absolute_url())


def _seen(request: HttpRequest, pk: UUID) -> Body:
    return get_object_or_404(Body.objects.visible_to(request.user).select_related("region", "parent"), pk=pk)


def _by_role(members: list[Membership], roles: Mapping[str, str]) -> list[tuple[str, list[Membership]]]:
    """Members by role, in the order the preset names the roles; roles it no longer knows come last by their code."""
    order = [*roles, *sorted({member.role for member in members} - set(roles))]
    grouped = [(roles.get(role, role), [member for member in members if member.role == role]) for role in order]
    return [(name, found) for name, found in grouped if found]
