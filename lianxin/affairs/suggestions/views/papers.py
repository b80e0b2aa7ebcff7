"""Papers about a suggestion: what was issued, and another."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.opinions.errors import LiesWithNoUnit
from lianxin.affairs.suggestions.forms.papers import AssignmentForm
from lianxin.affairs.suggestions.letters import assignment, issued
from lianxin.affairs.suggestions.lists import WITH_SUGGESTION
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.models.suggestion import SEE
from lianxin.affairs.suggestions.seen import Seen
from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core.clock import today
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.documents.forms import LetterheadForm
from lianxin.ground.documents.models import Letterhead
from lianxin.ground.documents.serving import serve_paper

REVIEW = "suggestions.review"


def _own(request: HttpRequest, pk: UUID, right: str = SEE) -> Suggestion:
    """One of a congress for which this person has the right: 404 where unseen, 403 without it."""
    own = get_object_or_404(Suggestion.objects.visible_to(request.user).with_case(), pk=pk)
    demand(request.user, right, own)
    return own


@require_safe
@never_cache
@needs(SEE)
def papers_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was issued about it; asked again every few seconds while something is being written."""
    own = _own(request, pk)
    papers = list(issued(own))
    context = {
        "own": own,
        "papers": papers,
        "waits": any(not paper.made_at and not paper.erased_at for paper in papers),
        "may": can(request.user, REVIEW, own),
        "lead": own.case.leading() if own.case else None,
    }
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, f"suggestions/desk/{'papers_list' if is_part else 'papers'}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(REVIEW)
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A notice of hand-over: proposed, mended, issued. Before the first paper of a body it is said how it heads them."""
    own = _own(request, pk, REVIEW)
    assert own.case
    head = Letterhead.objects.filter(body=own.case.body).first()
    if head is None:
        return redirect("suggestions:letterhead", pk)
    lead = own.case.leading(*WITH_SUGGESTION)
    if lead is None:
        raise LiesWithNoUnit(own.number)
    seen = Seen(lead, today())
    form = AssignmentForm(seen, request.POST or None, proposed=assignment(seen, head, seen.day), head=head)
    told = {"issuer": head.issuer, "mark": head.mark, "year": seen.day.year}
    note = _("%(issuer)s出文，文号是%(mark)s〔%(year)d〕的下一号。") % told
    return act_page(request, form, of=own.number, back=reverse("suggestions:papers", args=[pk]), note=note)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(REVIEW)
def letterhead(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How the congress's office heads its papers; then on to the notice."""
    own = _own(request, pk, REVIEW)
    assert own.case
    body = own.case.body
    form = LetterheadForm(Letterhead.objects.filter(body=body).first(), request.POST or None, body=body)
    note = _("%(body)s出的公文都用它，说一次就够。") % {"body": body}
    return act_page(request, form, of=own.number, back=reverse("suggestions:notice", args=[pk]), note=note)


@require_safe
@never_cache
@needs(SEE)
def paper_file(request: HttpRequest, pk: UUID, paper: UUID, ending: str) -> HttpResponse:
    """A paper about it, as DOCX or as PDF."""
    return serve_paper(get_object_or_404(issued(_own(request, pk)), pk=paper), ending)
