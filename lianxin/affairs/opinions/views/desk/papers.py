"""Papers about an opinion: letters of transfer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.actions import issuing
from lianxin.affairs.opinions.letters import WITH_OPINION, issued, transfer
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.affairs.opinions.seen import Seen
from lianxin.ground.cases.issue_form import IssueForm
from lianxin.ground.cases.models import Case
from lianxin.ground.cases.views.papers import Papers
from lianxin.ground.core.clock import today
from lianxin.ground.documents.models import Paper, PaperKind
from lianxin.lib import papers as layout


class TransferForm(IssueForm):
    """转办函"""

    title = _("出转办函")
    propose = staticmethod(transfer)

    def issue(self, content: layout.Paper, **facts: Any) -> Paper:
        """A letter of transfer."""
        return issuing.issue(self.thing.handover, content, PaperKind.TRANSFER, **facts)


def _seen(case: Case) -> Seen | None:
    lead = case.leading(*WITH_OPINION)
    return Seen(lead, today(), is_lens=True) if lead else None


PAPERS = Papers(
    app="opinions",
    things=lambda user: Opinion.objects.visible_to(user).with_case(),
    issued=lambda opinion, user: issued(opinion.case, user),
    seen=_seen,
    see=SEE,
    issue="opinions.hand_over",
    letter="transfer",
    form=TransferForm,
)
