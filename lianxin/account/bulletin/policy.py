"""What can be done with the bulletin. Three people bring it out, each another (actions/signing.py)."""

from django.utils.translation import gettext_lazy as _

from lianxin.account.bulletin.models.issue import COMPOSE, REVIEW, SIGN
from lianxin.ground.access.policy import Action

ACTIONS = (
    Action(COMPOSE, _("编民情简报")),
    Action(REVIEW, _("复核民情简报")),
    Action(SIGN, _("签发民情简报")),
)
