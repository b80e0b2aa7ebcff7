"""Which doors there are to enter."""

from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.policy import Action

ACTIONS = (
    Action("desks.enter_me", _("进入代表页面")),
    Action("desks.enter_desk", _("进入办公页面"), is_business=False),
    Action("desks.enter_unit", _("进入承办单位页面")),
    Action("desks.enter_hall", _("进入会场页面")),
    Action("desks.enter_lead", _("进入领导页面")),
)
