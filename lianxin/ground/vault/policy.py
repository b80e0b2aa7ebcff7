"""What can be done with identities."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.access.policy import Action, Answer


def by_another(user: Any, opening: Any) -> Answer:
    """Nobody reviews their own opening."""
    if opening is not None and opening.opened_by_id == user.pk:
        return Answer(False, _("这是您自己查看的，要由另一个人复核。"))
    return Answer(True)


Visits = Callable[[Any, Any], bool]
_visiting: list[Visits] = []


def register_visits(visits: Visits) -> None:
    """An app above says who keeps contact with a voice, and so may open its identity without a role, with a reason."""
    if visits not in _visiting:
        _visiting.append(visits)


def keeps_contact(user: Any, thing: Any) -> bool:
    """Whether some app says that this user keeps contact with the voice: an identity, or the thing that it is of."""
    return any(visits(user, thing) for visits in _visiting)


ACTIONS = (
    Action("vault.open", gettext_lazy("查看身份信息"), own=keeps_contact),
    Action("vault.review", gettext_lazy("复核身份信息的查看"), also=by_another, is_business=False),
    Action("vault.erase", gettext_lazy("销毁身份信息")),
)
