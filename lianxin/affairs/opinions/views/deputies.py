"""The matters that a deputy holds or held."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.opinions import lineage, queues, taking_out
from lianxin.affairs.opinions.forms.deputies import ACTS
from lianxin.affairs.opinions.queues import HOLD, Tab, held_by
from lianxin.affairs.opinions.seen import Seen
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.cases.errors import NotHeld
from lianxin.ground.core.clock import today
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.documents.serving import serve
from lianxin.ground.rulebook.exports import handed_out


@require_safe
@needs(HOLD)
def matters(request: HttpRequest) -> HttpResponse:
    """What lies with the deputy, and what did: the soonest due first."""
    held, day = held_by(request.user), today()
    is_past = "past" in request.GET
    page = queues.page(held, Tab.DONE if is_past else queues.ALL, request.GET)
    context = {
        "tabs": _tabs(is_past, held.running().count()),
        "is_past": is_past,
        "page": page,
        "lines": queues.lines(page.rows, day),
    }
    return render(request, "opinions/deputies/matters.html", context)


@require_safe
@needs(HOLD)
def workbook(request: HttpRequest) -> HttpResponse:
    """The same, whole, for Excel."""
    is_past = "past" in request.GET
    called = Tab.DONE.label if is_past else queues.IN_HAND
    found = taking_out.held(held_by(request.user), Tab.DONE if is_past else queues.ALL)
    return handed_out(taking_out.OWN, found, called)


def _tabs(is_past: bool, running: int) -> list[dict[str, Any]]:
    home = reverse("opinions:deputy_matters")
    return [
        {"href": home, "label": queues.IN_HAND, "is_current": not is_past, "count": running},
        {"href": f"{home}?past=1", "label": Tab.DONE.label, "is_current": is_past, "count": None},
    ]


def _seen(request: HttpRequest, pk: UUID) -> Seen:
    found = held_by(request.user).select_related("round", "case__opinion", "case__region__parent__parent")
    handover = get_object_or_404(found, pk=pk)
    demand(request.user, HOLD, handover)
    return Seen(handover, today())


@require_safe
@needs(HOLD)
def matter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it is, by when it is due, and what the deputy may do with it."""
    seen = _seen(request, pk)
    begins = "" if seen.opinion.is_complaint else lineage.beginning(request.user, seen.opinion.pk)
    return render(request, "opinions/deputies/matter.html", {"seen": seen, "begins": begins})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(HOLD)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Do one of the verbs of a deputy."""
    if not (form_class := ACTS.get(kind)):
        raise Http404(kind)
    seen = _seen(request, pk)
    if not seen.handover.is_running:
        raise NotHeld(seen.case)
    form = form_class(seen, request.POST if request.method == "POST" else None)
    back = reverse("opinions:deputy_matter", args=[pk])
    return act_page(request, form, of=seen.case.number, back=back, note=seen.title)


@require_safe
@needs(HOLD)
def file(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """A photo that was looked at and found fit to be shown."""
    found = next((one for one in _seen(request, pk).photos if one.pk == file), None)
    if found is None:
        raise Http404("no such file here")
    return serve(found, preview="small" in request.GET)
