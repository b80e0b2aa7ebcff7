"""Papers about a suggestion: notices of hand-over."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.suggestions import letters
from lianxin.affairs.suggestions.doing import holding
from lianxin.affairs.suggestions.lists import WITH_SUGGESTION
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.models.suggestion import SEE
from lianxin.affairs.suggestions.seen import Seen
from lianxin.ground.cases import issuing
from lianxin.ground.cases.errors import LiesWithNoUnit
from lianxin.ground.cases.issue_form import IssueForm
from lianxin.ground.cases.views.papers import Letter, Papers
from lianxin.ground.core.clock import today
from lianxin.ground.documents.models import Paper, PaperKind
from lianxin.ground.documents.models.paper import PaperQuerySet
from lianxin.lib import papers as layout


class AssignmentForm(IssueForm):
    """交办通知"""

    title = _("出交办通知")
    propose = staticmethod(letters.assignment)

    def issued_before(self) -> PaperQuerySet:
        """Notices of this hand-over."""
        return letters.issued(self.thing.suggestion).filter(kind=PaperKind.ASSIGNMENT, to_id=self.thing.handover.pk)

    def issue(self, content: layout.Paper, **facts: Any) -> Paper:
        """A notice of hand-over."""
        own, kind = letters.about(self.thing.suggestion.pk), PaperKind.ASSIGNMENT
        return issuing.issue(holding, self.thing.handover, content, kind, about=lambda _work: own, **facts)


def _seen(own: Suggestion) -> Seen:
    lead = own.case.leading(*WITH_SUGGESTION) if own.case else None
    if lead is None:
        raise LiesWithNoUnit(own.number)
    return Seen(lead, today())


PAPERS = Papers(
    app="suggestions",
    things=lambda user: Suggestion.objects.visible_to(user).with_case(),
    issued=lambda suggestion, _user: letters.issued(suggestion),
    see=SEE,
    issue="suggestions.review",
    letters=(Letter("notice", AssignmentForm, _seen),),
)
