"""By what a list of a desk can be narrowed: township, subject, channel."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from lianxin.affairs.opinions import inbox
from lianxin.affairs.opinions.models import Channel
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.access.answering import reach
from lianxin.ground.core.clock import today
from lianxin.ground.rulebook import in_force


class Choice(NamedTuple):
    """Something to choose by: its name, its label, its choices."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str

    @property
    def told(self) -> str:
        """What was chosen, in words; nothing where nothing was."""
        return dict(self.options).get(self.chosen, "")


def choices_of(user: Any, sieve: inbox.Sieve) -> list[Choice]:
    """What somebody may choose by, and what was chosen. One query."""
    subjects = in_force(today()).section(OpinionRules).subjects
    choices = (
        Choice("township", _("乡镇"), tuple(inbox.townships(reach(user, SEE))), sieve.township),
        Choice("subject", _("类别"), tuple((code, one.called) for code, one in subjects.items()), sieve.subject),
        Choice("channel", _("来路"), tuple((code, str(label)) for code, label in Channel.choices), sieve.channel),
    )
    return [one for one in choices if one.options]
