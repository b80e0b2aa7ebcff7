"""What can be done with suggestions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.access.policy import Action


def leads(user: Any, suggestion: Any) -> bool:
    """Whether this very person leads it."""
    return isinstance(suggestion, Suggestion) and suggestion.lead.person.user_id == user.pk


ACTIONS = (
    Action("suggestions.raise", _("提建议"), own=leads),
    Action("suggestions.see", _("看代表建议")),
    Action("suggestions.review", _("审查、交办建议")),
    Action("suggestions.publish", _("公开建议")),
    Action("suggestions.handle", _("承办建议")),
    Action("suggestions.approve", _("批准建议的答复")),
)
