"""What can be done with opinions, and who may not though their role may."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.policy import Action, Answer
from lianxin.ground.cases.models import Handover
from lianxin.ground.people.models import Mandate


def holds_as_deputy(user: Any, handover: Any) -> bool:
    """Whether the matter lies, or lay, with a seat of this very person."""
    if not isinstance(handover, Handover) or handover.party_kind != "mandate":
        return False
    return Mandate.objects.filter(pk=handover.party_id, person__user=user.pk).exists()


def not_of_own(user: Any, thing: Any) -> Answer:
    """Nobody sorts a complaint that they wrote down themselves."""
    if isinstance(thing, Opinion) and thing.entered_by == user.pk and thing.is_complaint:
        return Answer(False, _("这件投诉是您代写的，要由另一个人来收。"))
    return Answer(True)


ACTIONS = (
    Action("opinions.see", gettext_lazy("看群众意见")),
    Action("opinions.enter", gettext_lazy("代写意见")),
    Action("opinions.sort", gettext_lazy("收件"), also=not_of_own),
    Action("opinions.guard", gettext_lazy("看隐私、遮盖、改公开")),
    Action("opinions.answer", gettext_lazy("当场答复")),
    Action("opinions.hand_over", gettext_lazy("交办意见")),
    Action("opinions.reissue_code", gettext_lazy("换发查询码")),
    Action("opinions.handle", gettext_lazy("承办意见")),
    Action("opinions.approve", gettext_lazy("批准答复")),
    Action("opinions.hold", gettext_lazy("代表办意见"), own=holds_as_deputy),
)
