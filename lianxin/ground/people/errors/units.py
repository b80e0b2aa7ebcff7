"""The words with which handling units say no."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError

if TYPE_CHECKING:
    from lianxin.ground.people.models import Unit


class UnitThere(RuleError):
    """A unit of that name runs already at the place."""

    def __init__(self, unit: "Unit"):
        super().__init__(
            _("已经有一个叫“%(name)s”的承办单位了。请核对，或者把名称写全，能分清楚。") % {"name": unit.name}
        )


class UnitEnded(RuleError):
    """The unit is no more."""

    def __init__(self, unit: "Unit"):
        super().__init__(_("%(unit)s已经撤销，不能再改。") % {"unit": unit.name})


class UnitInItself(RuleError):
    """A unit would stand under itself, or under one of its own offices."""

    def __init__(self, unit: "Unit"):
        super().__init__(_("%(unit)s不能归它自己或它下面的单位管。请选别的上级单位。") % {"unit": unit.name})


class UnitHasOffices(RuleError):
    """Units still stand under the unit."""

    def __init__(self, unit: "Unit", office: "Unit"):
        super().__init__(
            _("%(unit)s下面还有%(office)s等单位，不能撤销。请先撤销它们，或者改归别的单位。")
            % {"unit": unit.name, "office": office.name}
        )
