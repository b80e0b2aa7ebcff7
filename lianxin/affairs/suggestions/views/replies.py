"""A unit's reply on paper: issued by the unit that answered, read by the deputies."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.suggestions import letters
from lianxin.affairs.suggestions.actions import answering
from lianxin.affairs.suggestions.errors import NotAnswered
from lianxin.affairs.suggestions.views.deputies import RAISE, own_of
from lianxin.affairs.suggestions.views.units import HANDLE, seen_of
from lianxin.ground.access.doors import needs
from lianxin.ground.cases.issue_form import IssueForm
from lianxin.ground.cases.views.papers import head_page, issue_page
from lianxin.ground.documents.models import Letterhead, Paper
from lianxin.ground.documents.models.paper import PaperQuerySet
from lianxin.ground.documents.serving import serve_paper
from lianxin.lib import papers as layout


class ReplyForm(IssueForm):
    """答复函 Its text is the reply that went out, as it was approved: nobody mends it here."""

    title = _("出答复函")
    not_asked = ("words", "edition")
    again = _("这份答复已经出过%(number)s。再出一份，又占一个文号。")
    propose = staticmethod(letters.reply)

    def issued_before(self) -> PaperQuerySet:
        """Its letters with this reply."""
        return letters.replies(self.thing.suggestion).filter(to_id=self.thing.handover.pk)

    def issue(self, content: layout.Paper, **facts: Any) -> Paper:
        """A letter of reply."""
        return answering.issue_reply(self.thing.handover, content, **facts)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(HANDLE)
def reply_letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The reply that went out, on paper. Before the first paper of a unit it is said how it heads them."""
    seen, unit = seen_of(request, pk)
    if not (seen.is_lead and seen.draft and seen.draft.sent_at):
        raise NotAnswered(seen.case.number)
    if (head := Letterhead.of(unit)) is None:
        return redirect("suggestions:unit_letterhead", pk)
    back = reverse("suggestions:unit_suggestion", args=[pk])
    return issue_page(request, ReplyForm(seen, request.POST or None, head=head), back=back)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(HANDLE)
def letterhead(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How the unit heads its papers; then on to the letter."""
    seen, unit = seen_of(request, pk)
    return head_page(request, unit, of=seen.case.number, back=reverse("suggestions:reply_letter", args=[pk]))


@require_safe
@never_cache
@needs(RAISE)
def deputy_paper(request: HttpRequest, pk: UUID, paper: UUID, ending: str) -> HttpResponse:
    """A letter in which a unit answered, for the deputies who lead or join."""
    return serve_paper(get_object_or_404(letters.replies(own_of(request, pk)), pk=paper), ending)
