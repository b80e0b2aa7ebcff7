"""What can be done with messages."""

from django.utils.translation import gettext_lazy

from lianxin.ground.access.policy import Action

ACTIONS = (Action("messages.tend", gettext_lazy("看管消息和信箱")),)
