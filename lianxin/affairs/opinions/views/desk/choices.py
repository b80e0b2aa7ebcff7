"""By what a list of a desk can be narrowed: township, subject, channel."""

from typing import Any

from django.utils.translation import gettext as _

from lianxin.affairs.opinions import inbox
from lianxin.affairs.opinions.models import Channel
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.affairs.opinions.narrowing import Choice, choices_of
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.access.answering import reach
from lianxin.ground.core.clock import today
from lianxin.ground.rulebook import in_force


def desk_choices(user: Any, sieve: inbox.Sieve) -> list[Choice]:
    """What somebody may choose by, and what was chosen. One query."""
    channels = tuple((code, str(label)) for code, label in Channel.choices)
    found = choices_of(sieve, inbox.townships(reach(user, SEE)), in_force(today()).section(OpinionRules))
    return [*found, Choice("channel", _("来路"), channels, sieve.channel)]
