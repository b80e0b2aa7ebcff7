"""What can be done with news and notices. Who may review may still not review what they wrote themselves (models/wording.py)."""

from django.utils.translation import gettext_lazy

from lianxin.ground.access.policy import Action

ACTIONS = (
    Action("publishing.write", gettext_lazy("写消息")),
    Action("publishing.review", gettext_lazy("审消息、撤下消息")),
)
