"""Suggestions that lie with a unit, or lay: signed in, answered, given back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.opinions.queues import units_of
from lianxin.affairs.suggestions import lists, taking_out
from lianxin.affairs.suggestions.forms.promises import PromiseKeptForm
from lianxin.affairs.suggestions.kinds import OF_ONE_UNIT, TOLD_TO_ALL
from lianxin.affairs.suggestions.letters import issued_to
from lianxin.affairs.suggestions.reading import Whole
from lianxin.affairs.suggestions.seen import Seen
from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.cases.errors import NotHeld
from lianxin.ground.cases.forms import ACTS, OF_THE_HEAD
from lianxin.ground.cases.models import Promise
from lianxin.ground.cases.views.units import act_on, write_reply
from lianxin.ground.core.clock import today
from lianxin.ground.core.events import Ref
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.documents.serving import serve_paper
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook.exports import handed_out

HANDLE, APPROVE = "suggestions.handle", "suggestions.approve"


@require_safe
@needs(HANDLE)
def queue(request: HttpRequest) -> HttpResponse:
    """What lies with the unit and its offices, the soonest due first; and what is over."""
    found = lists.handled_by(units_of(request.user, HANDLE))
    running = found.filter(ended_at__isnull=True)
    is_past = "past" in request.GET
    over = page_by_key(found.filter(ended_at__isnull=False), ("-ended_at", "-id"), request.GET)
    page = over if is_past else page_by_key(running, ("due_on", "id"), request.GET)
    home = reverse("suggestions:unit_suggestions")
    context = {
        "tabs": [
            {"href": home, "label": _("在办"), "is_current": not is_past, "count": running.count()},
            {"href": f"{home}?past=1", "label": _("办过"), "is_current": is_past, "count": None},
        ],
        "page": page,
        "rows": [Seen(one, today()) for one in page.rows],
        "is_past": is_past,
    }
    return render(request, "suggestions/units/suggestions.html", context)


@require_safe
@needs(HANDLE)
def workbook(request: HttpRequest) -> HttpResponse:
    """The same, whole, for Excel."""
    found, is_past = lists.handled_by(units_of(request.user, HANDLE)), "past" in request.GET
    return handed_out(taking_out.HELD, taking_out.held(found, is_past=is_past), _("办过") if is_past else _("在办"))


def seen_of(request: HttpRequest, pk: UUID, right: str = HANDLE, *, to_act: bool = False) -> tuple[Seen, Unit]:
    """The suggestion of a handover to a unit of theirs: else 404, 403 without the right; 409 to act where it lies no more."""
    found = lists.handled_by(units_of(request.user, HANDLE))
    handover = get_object_or_404(found.select_related("case__body", "case__region"), pk=pk)
    unit = Unit.objects.select_related("region").get(pk=handover.party_id)
    demand(request.user, right, unit)
    if to_act and not handover.is_running:
        raise NotHeld(handover.case)
    return Seen(handover, today()), unit


@require_safe
@needs(HANDLE)
def suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it asks, by when it is due, what to do next, and what was done."""
    seen, unit = seen_of(request, pk)
    timeline = timeline_about(
        request,
        "suggestion",
        seen.suggestion.pk,
        known=seen.suggestion.known,
        kinds=TOLD_TO_ALL,
        own=Ref("unit", unit.pk),
        own_kinds=OF_ONE_UNIT | {"suggestions.contacted"},
        until=seen.handover.ended_at if seen.has_left else None,
    )
    if timeline.is_asked_for_alone:
        return timeline.alone()
    context = {
        "seen": seen,
        "unit": unit,
        "whole": Whole(seen.suggestion, today()),
        "may_approve": bool(can(request.user, APPROVE, unit)),
        "papers": list(issued_to(seen)),
        "may_reply_on_paper": bool(seen.is_lead and seen.draft and seen.draft.sent_at),
        "timeline": timeline,
    }
    return render(request, "suggestions/units/suggestion.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(HANDLE)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Do one of the verbs of a unit."""
    if not (form_class := ACTS.get(kind)):
        raise Http404(kind)
    seen, _unit = seen_of(request, pk, APPROVE if kind in OF_THE_HEAD else HANDLE, to_act=True)
    return act_on(request, seen, form_class)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(HANDLE)
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the reply. Where a colleague saved meanwhile both texts are shown, and nothing is lost."""
    seen, _unit = seen_of(request, pk, to_act=True)
    return write_reply(request, seen, "suggestions/units/draft.html", whole=Whole(seen.suggestion, seen.day))


@require_safe
@needs(HANDLE)
def paper(request: HttpRequest, pk: UUID, paper: UUID, ending: str) -> HttpResponse:
    """A paper about it that was issued to the unit, as DOCX or as PDF."""
    seen, _unit = seen_of(request, pk)
    return serve_paper(get_object_or_404(issued_to(seen), pk=paper), ending)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(HANDLE)
def kept(request: HttpRequest, pk: UUID, promise: UUID) -> HttpResponse:
    """What the unit promised is done, though the suggestion lies with it no more."""
    seen, _unit = seen_of(request, pk)
    thing = get_object_or_404(Promise, pk=promise, reply__handover=seen.handover)
    form = PromiseKeptForm(thing, request.POST if request.method == "POST" else None)
    back = reverse("suggestions:unit_suggestion", args=[pk])
    return act_page(request, form, of=seen.case.number, back=back, note=thing.what)
