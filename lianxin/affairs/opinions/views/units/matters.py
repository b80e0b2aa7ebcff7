"""One matter as the unit that handles it may see it, and what the unit does with it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianxin.affairs.opinions.letters import issued_to
from lianxin.affairs.opinions.queues import APPROVE, HANDLE, handled_by, stood
from lianxin.affairs.opinions.seen import Seen
from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.cases.errors import NotHeld
from lianxin.ground.cases.forms import ACTS, OF_THE_HEAD, DiscardForm
from lianxin.ground.cases.views.units import act_on, write_reply
from lianxin.ground.core.clock import today
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.documents.serving import serve, serve_paper
from lianxin.ground.people.models import Unit


def _seen(request: HttpRequest, pk: UUID, right: str = HANDLE, *, to_act: bool = False) -> tuple[Seen, Unit]:
    """The matter of a handover to a unit of theirs: else 404, 403 without the right; 409 to act where it lies no more."""
    found = handled_by(request.user, at_once=False).annotate(stood=stood())
    found = found.select_related("round", "case__opinion", "case__region__parent__parent")
    handover = get_object_or_404(found, pk=pk)
    unit = Unit.objects.select_related("region").get(pk=handover.party_id)
    demand(request.user, right, unit)
    if to_act and not handover.is_running:
        raise NotHeld(handover.case)
    return Seen(handover, today(), {unit.pk: unit.name}), unit


@require_safe
@needs(HANDLE)
def matter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it is, by when it is due, what to do next, and what was done."""
    seen, unit = _seen(request, pk)
    context = {"seen": seen, "unit": unit, "may_approve": bool(can(request.user, APPROVE, unit))}
    return render(request, "opinions/units/matter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(HANDLE)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Do one of the verbs of a unit."""
    if not (form_class := ACTS.get(kind)):
        raise Http404(kind)
    seen, _unit = _seen(request, pk, APPROVE if kind in OF_THE_HEAD else HANDLE, to_act=True)
    return act_on(request, seen, form_class)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(HANDLE)
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the reply. Where a colleague saved meanwhile both texts are shown, and nothing is lost."""
    seen, _unit = _seen(request, pk, to_act=True)
    return write_reply(request, seen, "opinions/units/draft.html")


@require_safe
@needs(HANDLE)
def file(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """A photo of the matter that was looked at and found fit to be shown, or an attachment of one's own reply."""
    seen, _unit = _seen(request, pk)
    found = next((one for one in (*seen.photos, *seen.files) if one.pk == file), None)
    if found is None:
        raise Http404("no such file here")
    return serve(found, preview="small" in request.GET, range=request.headers.get("Range"))


@require_safe
@needs(HANDLE)
def papers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was issued about the matter while it lay with the unit."""
    seen, _unit = _seen(request, pk)
    return render(request, "opinions/units/papers.html", {"seen": seen, "papers": list(issued_to(seen))})


@require_safe
@needs(HANDLE)
def paper(request: HttpRequest, pk: UUID, paper: UUID, ending: str) -> HttpResponse:
    """One of them, as DOCX or as PDF."""
    seen, _unit = _seen(request, pk)
    return serve_paper(get_object_or_404(issued_to(seen), pk=paper), ending)


@require_POST
@needs(HANDLE)
def discard(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Take an attachment of the draft away."""
    seen, _unit = _seen(request, pk, to_act=True)
    found = next((one for one in seen.files if one.pk == file), None)
    if found is None:
        raise Http404("no such file here")
    back = reverse("opinions:unit_draft", args=[pk])
    return act_page(request, DiscardForm(seen, found, request.POST), of=seen.case.number, back=back)
