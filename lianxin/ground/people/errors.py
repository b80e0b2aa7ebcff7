"""All the words with which people and places say no."""

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError

if TYPE_CHECKING:
    from lianxin.ground.people.models import Mandate


class MandateEnded(RuleError):
    """The mandate has ended already."""

    def __init__(self, mandate: "Mandate"):
        day = date_format(mandate.ends_on) if mandate.ends_on else ""
        super().__init__(
            _("%(name)s的代表资格已于%(day)s终止（%(why)s），不能再改。要改正，请先撤销那次终止。")
            % {"name": mandate.person.name, "day": day, "why": mandate.get_ending_display()}
        )


class MandatePaused(RuleError):
    """The mandate rests already."""

    def __init__(self, mandate: "Mandate"):
        super().__init__(_("%(name)s现在已经暂停执行职务，先恢复，才能再暂停。") % {"name": mandate.person.name})


class MandateNotPaused(RuleError):
    """The mandate does not rest."""

    def __init__(self, mandate: "Mandate"):
        super().__init__(_("%(name)s现在没有暂停执行职务，不用恢复。") % {"name": mandate.person.name})
