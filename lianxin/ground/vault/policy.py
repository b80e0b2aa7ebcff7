"""What can be done with identities."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.access.policy import Action, Answer


def by_another(user: Any, opening: Any) -> Answer:
    """Nobody reviews their own opening."""
    if opening is not None and opening.opened_by_id == user.pk:
        return Answer(False, _("这是您自己查看的，要由另一个人复核。"))
    return Answer(True)


ACTIONS = (
    Action("vault.open", gettext_lazy("查看身份信息")),
    Action("vault.review", gettext_lazy("复核身份信息的查看"), also=by_another, is_business=False),
    Action("vault.erase", gettext_lazy("销毁身份信息")),
)
