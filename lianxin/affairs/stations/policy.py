"""What can be done to stations."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.stations.models import Duty
from lianxin.ground.access.policy import Action


def is_own(user: Any, duty: Any) -> bool:
    """Whether the duty is this very person's."""
    return isinstance(duty, Duty) and Duty.objects.visible_to(user).filter(pk=duty.pk).exists()


ACTIONS = (
    Action("stations.open", _("设立站点")),
    Action("stations.close", _("撤销站点")),
    Action("stations.edit", _("改动站点")),
    Action("stations.post", _("编入或调出代表")),
    Action("stations.judge", _("查看配备")),
    Action("stations.roster", _("排班和接待签到")),
    Action("rota.sit", _("到站值班"), own=is_own),
)
