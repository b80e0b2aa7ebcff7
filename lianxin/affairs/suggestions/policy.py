"""What can be done with suggestions."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.access.policy import Action, Answer


def leads(user: Any, suggestion: Any) -> bool:
    """Whether this very person leads it."""
    return isinstance(suggestion, Suggestion) and suggestion.lead.person.user_id == user.pk


def by_the_lead(user: Any, suggestion: Any) -> Answer:
    """Only who leads one does something with it, though others sit in the same congress or join it."""
    if suggestion is None or leads(user, suggestion):
        return Answer(True)
    return Answer(False, _("这件建议由领衔代表来改、提出、撤回和评价；您可以附议，或者不附议。"))


ACTIONS = (
    Action("suggestions.raise", gettext_lazy("提建议"), own=leads, also=by_the_lead),
    Action("suggestions.see", gettext_lazy("看代表建议")),
    Action("suggestions.review", gettext_lazy("审查、交办建议")),
    Action("suggestions.publish", gettext_lazy("公开建议")),
    Action("suggestions.handle", gettext_lazy("承办建议")),
    Action("suggestions.approve", gettext_lazy("批准建议的答复")),
)
