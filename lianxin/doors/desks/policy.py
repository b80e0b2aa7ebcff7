"""Which doors there are to enter."""

from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.policy import Action

ACTIONS = (
    Action("desks.enter_me", _("进代表的门")),
    Action("desks.enter_desk", _("进办公的门")),
    Action("desks.enter_unit", _("进承办单位的门")),
    Action("desks.enter_hall", _("进会场的门")),
    Action("desks.enter_lead", _("进领导的门")),
)
