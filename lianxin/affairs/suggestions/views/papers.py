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
from lianxin.ground.cases.issue_form import IssueForm
from lianxin.ground.cases.models import Case
from lianxin.ground.cases.views.papers import Papers
from lianxin.ground.core.clock import today
from lianxin.ground.documents.models import Paper, PaperKind
from lianxin.lib import papers as layout


class AssignmentForm(IssueForm):
    """交办通知"""

    title = _("出交办通知")
    propose = staticmethod(letters.assignment)

    def issue(self, content: layout.Paper, **facts: Any) -> Paper:
        """A notice of hand-over."""
        own, kind = letters.about(self.thing.suggestion.pk), PaperKind.ASSIGNMENT
        return issuing.issue(holding, self.thing.handover, content, kind, about=lambda _work: own, **facts)


def _seen(case: Case) -> Seen | None:
    lead = case.leading(*WITH_SUGGESTION)
    return Seen(lead, today()) if lead else None


PAPERS = Papers(
    app="suggestions",
    things=lambda user: Suggestion.objects.visible_to(user).with_case(),
    issued=lambda suggestion, _user: letters.issued(suggestion),
    seen=_seen,
    see=SEE,
    issue="suggestions.review",
    letter="notice",
    form=AssignmentForm,
)
