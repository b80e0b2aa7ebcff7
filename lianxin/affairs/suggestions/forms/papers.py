"""What papers about a suggestion say, before they are issued."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.forms.papers import IssueForm
from lianxin.affairs.suggestions import letters
from lianxin.affairs.suggestions.doing import holding
from lianxin.ground.cases import issuing
from lianxin.ground.documents.models import Paper as Issued
from lianxin.ground.documents.models import PaperKind
from lianxin.lib.papers import Paper


class AssignmentForm(IssueForm):
    """交办通知"""

    title = _("出交办通知")

    def issue(self, content: Paper, **facts: Any) -> Issued:
        """A notice of hand-over."""
        own = letters.about(self.thing.suggestion.pk)
        kind = PaperKind.ASSIGNMENT
        return issuing.issue(holding, self.thing.handover, content, kind, about=lambda _work: own, **facts)
