"""Papers about a matter: what was issued, and another."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.opinions.errors import LiesWithNoUnit
from lianxin.affairs.opinions.forms.papers import TransferForm
from lianxin.affairs.opinions.letters import WITH_OPINION, issued, transfer
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.affairs.opinions.seen import Seen
from lianxin.affairs.opinions.views.desk.case import opinion_of
from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core.clock import today
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.documents.forms import LetterheadForm
from lianxin.ground.documents.models import Letterhead
from lianxin.ground.documents.serving import serve_paper

HAND_OVER = "opinions.hand_over"


@require_safe
@never_cache
@needs(SEE)
def papers_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was issued about a matter; asked again every few seconds while something is being written."""
    opinion = opinion_of(request, pk)
    papers = list(issued(opinion.case, request.user))
    context = {
        "opinion": opinion,
        "papers": papers,
        "waits": any(not paper.made_at and not paper.erased_at for paper in papers),
        "may": can(request.user, HAND_OVER, opinion.case.body),
        "lead": opinion.case.leading(),
    }
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, f"opinions/desk/{'papers_list' if is_part else 'papers'}.html", context)


def _headed(request: HttpRequest, pk: UUID) -> Opinion:
    """An opinion of a body for which this person hands over: whose place it is alone does not sign for the county."""
    opinion = opinion_of(request, pk, HAND_OVER)
    demand(request.user, HAND_OVER, opinion.case.body)
    return opinion


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(HAND_OVER)
def transfer_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A letter of transfer: proposed, mended, issued. Before the first paper of a body it is said how it heads them."""
    opinion = _headed(request, pk)
    head = Letterhead.objects.filter(body=opinion.case.body).first()
    if head is None:
        return redirect("opinions:letterhead", pk)
    lead = opinion.case.leading(*WITH_OPINION)
    if lead is None:
        raise LiesWithNoUnit(opinion.case.number)
    seen = Seen(lead, today(), is_lens=True)
    form = TransferForm(seen, request.POST or None, proposed=transfer(seen, head, seen.day), head=head)
    note = _("%(issuer)s出文，文号是%(mark)s〔%(year)d〕的下一号。") % {
        "issuer": head.issuer,
        "mark": head.mark,
        "year": seen.day.year,
    }
    return act_page(request, form, of=opinion.case.number, back=reverse("opinions:papers", args=[pk]), note=note)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(HAND_OVER)
def letterhead(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How the body in charge of a matter heads its papers; then on to the letter."""
    opinion = _headed(request, pk)
    body = opinion.case.body
    form = LetterheadForm(Letterhead.objects.filter(body=body).first(), request.POST or None, body=body)
    note = _("%(body)s出的公文都用它，说一次就够。") % {"body": body}
    return act_page(request, form, of=opinion.case.number, back=reverse("opinions:transfer", args=[pk]), note=note)


@require_safe
@never_cache
@needs(SEE)
def paper_file(request: HttpRequest, pk: UUID, paper: UUID, ending: str) -> HttpResponse:
    """A paper about a matter, as DOCX or as PDF."""
    opinion = opinion_of(request, pk)
    return serve_paper(get_object_or_404(issued(opinion.case, request.user), pk=paper), ending)
