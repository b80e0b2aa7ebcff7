"""All the words with which keeping contact says no."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError, day_told

if TYPE_CHECKING:
    from lianxin.affairs.contact.models import Household
    from lianxin.ground.people.models import Mandate, Region


class NoConsent(RuleError):
    """The household does not agree to be kept in contact with."""

    def __init__(self, household: "Household"):
        told = {"household": household.called, "day": day_told(household.withdrawn_on)}
        super().__init__(_("%(household)s已于%(day)s撤回同意，不能再结对。这一户改了主意，请重新登记一户。") % told)


class NotAVillage(RuleError):
    """A household lies in a village, a community or a grid."""

    def __init__(self, region: "Region"):
        super().__init__(_("%(place)s不是村、社区或网格。请选这一户所在的村、社区。") % {"place": region.name})


class AlreadyTied(RuleError):
    """The same two are tied by the same scheme."""

    def __init__(self, mandate: "Mandate", toward: str):
        told = {"deputy": mandate.person.name, "toward": toward}
        super().__init__(_("%(deputy)s已经联系着%(toward)s，不用再结对。") % told)


class NotTied(RuleError):
    """The tie has ended."""

    def __init__(self, until: date | None):
        super().__init__(_("这个结对到%(day)s已经结束，不能再结束一次。") % {"day": day_told(until)})


class UntilBeforeFrom(RuleError):
    """It would end before it began."""

    def __init__(self, from_on: date):
        super().__init__(_("结对从%(day)s开始，不能在那以前结束。请改日期。") % {"day": day_told(from_on)})


class Ahead(RuleError):
    """The day given is still to come."""

    def __init__(self, day: date):
        super().__init__(_("%(day)s还没有到。请填今天或者更早的日子。") % {"day": day_told(day)})


class NotByScheme(RuleError):
    """The scheme does not bind this deputy, or leads to something else."""

    def __init__(self, scheme: str, mandate: "Mandate"):
        told = {"scheme": scheme, "deputy": mandate.person.name, "level": mandate.get_level_display()}
        super().__init__(
            _("“%(scheme)s”不是%(level)s代表%(deputy)s的结对方式，或者联系的不是这一种。请换一种方式。") % told
        )


class OneSelf(RuleError):
    """A deputy would be tied to the own mandate."""

    def __init__(self, mandate: "Mandate"):
        super().__init__(_("%(deputy)s不能和自己结对。请换一位。") % {"deputy": mandate.person.name})
