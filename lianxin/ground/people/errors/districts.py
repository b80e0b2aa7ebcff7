"""The words with which electoral districts say no."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError, day_told

if TYPE_CHECKING:
    from lianxin.ground.people.models import Body, District, Region


class DistrictNumberTaken(RuleError):
    """Another district of the congress has the number."""

    def __init__(self, taken: "District"):
        super().__init__(
            _("编号%(number)s现在是%(name)s的。请换个编号，或先让它到期。")
            % {"number": taken.number, "name": taken.name}
        )


class DistrictEnded(RuleError):
    """The district is no more."""

    def __init__(self, district: "District"):
        day = day_told(district.ends_on)
        super().__init__(_("%(name)s已在%(day)s到期，不能再改。请划一个新选区。") % {"name": district.name, "day": day})


class DistrictEmpty(RuleError):
    """A district without a place."""

    def __init__(self, district: "District"):
        super().__init__(_("%(name)s还没有范围。请至少选一个地方。") % {"name": district.name})


class PlaceOutsideCongress(RuleError):
    """The place lies outside the congress's own."""

    def __init__(self, region: "Region", congress: "Body"):
        super().__init__(
            _("%(place)s不在%(congress)s的地方，不能划进它的选区。请选那里面的地方。")
            % {"place": region.name, "congress": congress.name}
        )


class PlaceInTwoDistricts(RuleError):
    """A place would lie in two districts of one congress; `also` are others that would."""

    def __init__(self, region: "Region", first: "District", second: "District", also: Sequence["Region"] = ()):
        told = _(
            "%(place)s会同时在%(first)s和%(second)s里，一个地方只能在一个选区。请先改其中一个选区的范围，再来。"
        ) % {"place": region.name, "first": first.name, "second": second.name}
        if also:
            names = _("、").join(place.name for place in also)
            told += _("同样在两个选区里的还有：%(places)s。") % {"places": names}
        super().__init__(told)
