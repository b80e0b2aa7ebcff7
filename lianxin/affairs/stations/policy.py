"""What can be done to stations."""

from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.policy import Action

ACTIONS = (
    Action("stations.open", _("设立站点")),
    Action("stations.close", _("撤销站点")),
    Action("stations.edit", _("改动站点")),
    Action("stations.post", _("编入或调出代表")),
    Action("stations.judge", _("查看配备")),
)
