"""Papers about an opinion: letters of transfer, and fair copies of what came in on paper."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.actions import issuing
from lianxin.affairs.opinions.errors import NotOnPaper
from lianxin.affairs.opinions.letters import WITH_OPINION, Written, issued, transcript, transfer
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import SEE, Channel
from lianxin.affairs.opinions.seen import Seen
from lianxin.ground.cases.errors import LiesWithNoUnit
from lianxin.ground.cases.issue_form import IssueForm
from lianxin.ground.cases.views.papers import Letter, Papers
from lianxin.ground.core.clock import today
from lianxin.ground.documents.models import Paper, PaperKind
from lianxin.ground.documents.models.paper import PaperQuerySet
from lianxin.lib import papers as layout


class TransferForm(IssueForm):
    """转办函"""

    title = _("出转办函")
    propose = staticmethod(transfer)

    def issued_before(self) -> PaperQuerySet:
        """Letters with which the matter was passed to this very unit in this round."""
        own = Paper.objects.filter(kind=PaperKind.TRANSFER, to_id=self.thing.handover.pk)
        return own.order_by("-issued_at", "-id")

    def issue(self, content: layout.Paper, **facts: Any) -> Paper:
        """A letter of transfer."""
        return issuing.issue(self.thing.handover, content, PaperKind.TRANSFER, **facts)


class TranscriptForm(IssueForm):
    """来信抄清 What a resident wrote by hand, written fair: masked, without a number."""

    title, act, is_numbered = _("抄清来信"), _("抄清"), False
    warning = _("抄清以后内容不再改。可能认出反映人的话已经遮住，请对照原件再看一遍。")
    not_asked = ("to", "note")
    propose = staticmethod(transcript)

    def issue(self, content: layout.Paper, **facts: Any) -> Paper:
        """A fair copy."""
        return issuing.transcribe(self.thing.opinion, content, **facts)


def _seen(opinion: Opinion) -> Seen:
    lead = opinion.case.leading(*WITH_OPINION)
    if lead is None:
        raise LiesWithNoUnit(opinion.case.number)
    return Seen(lead, today(), is_lens=True)


def _on_paper(opinion: Opinion) -> Written:
    if opinion.channel != Channel.LETTER or opinion.erased_at or opinion.case.has_ended:
        raise NotOnPaper(opinion.case.number)
    return Written(opinion, today())


PAPERS = Papers(
    app="opinions",
    things=lambda user: Opinion.objects.visible_to(user).with_case(),
    issued=issued,
    see=SEE,
    issue="opinions.hand_over",
    letters=(Letter("transfer", TransferForm, _seen), Letter("transcript", TranscriptForm, _on_paper)),
)
