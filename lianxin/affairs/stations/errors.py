"""All the words with which stations say no."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError, day_told

if TYPE_CHECKING:
    from lianxin.affairs.stations.models import Shift, Station
    from lianxin.ground.people.models import Mandate


class StationClosed(RuleError):
    """The station has closed."""

    def __init__(self, station: "Station"):
        day = day_told(station.ends_on)
        super().__init__(
            _("%(station)s已于%(day)s撤销。撤错了，请先在它的页面上恢复。") % {"station": station.name, "day": day}
        )


class ClosingAhead(RuleError):
    """The last day given is still to come."""

    def __init__(self, station: "Station"):
        super().__init__(
            _("最后一天不能晚于今天。%(station)s到那天还要接待群众，请到那天再来撤销。") % {"station": station.name}
        )


class StationRuns(RuleError):
    """The station has not closed."""

    def __init__(self, station: "Station"):
        super().__init__(_("%(station)s没有撤销，不用恢复。") % {"station": station.name})


class AlreadyPosted(RuleError):
    """The deputy belongs to the station already."""

    def __init__(self, station: "Station", mandate: "Mandate"):
        super().__init__(
            _("%(deputy)s已经在%(station)s了，不用再编入。") % {"deputy": mandate.person.name, "station": station.name}
        )


class NotPosted(RuleError):
    """The deputy does not belong to the station."""

    def __init__(self, station: "Station", mandate: "Mandate"):
        super().__init__(
            _("%(deputy)s现在不在%(station)s，没有可以调出的。")
            % {"deputy": mandate.person.name, "station": station.name}
        )


class StationThere(RuleError):
    """A station of that kind and name runs at the place already."""

    def __init__(self, station: "Station"):
        super().__init__(_("这里已经有一个“%(station)s”了。请换一个名称。") % {"station": station.name})


class ShiftOver(RuleError):
    """The reception was held, or cancelled."""

    def __init__(self, shift: "Shift"):
        told = {"day": day_told(shift.held_on), "station": shift.station.name, "state": shift.get_state_display()}
        super().__init__(_("%(station)s%(day)s的接待%(state)s，不能再改。") % told)


class AlreadyOnDuty(RuleError):
    """The deputy sits there already."""

    def __init__(self, shift: "Shift", mandate: "Mandate"):
        told = {"deputy": mandate.person.name, "day": day_told(shift.held_on)}
        super().__init__(_("%(deputy)s%(day)s已经在这里值班了。请换一位。") % told)


class OnDutyElsewhere(RuleError):
    """The deputy sits at another station on that day."""

    def __init__(self, mandate: "Mandate", other: "Shift"):
        told = {"deputy": mandate.person.name, "day": day_told(other.held_on), "station": other.station.name}
        super().__init__(_("%(deputy)s%(day)s在%(station)s值班。请换一位，或者先把那边换下来。") % told)


class NotOnDuty(RuleError):
    """The deputy is not expected there any more."""

    def __init__(self, shift: "Shift", mandate: "Mandate"):
        told = {"deputy": mandate.person.name, "day": day_told(shift.held_on)}
        super().__init__(_("%(deputy)s已经不在%(day)s的班上了，可能刚换下来。请刷新再看。") % told)


class NotToday(RuleError):
    """The reception is on another day."""

    def __init__(self, shift: "Shift"):
        super().__init__(_("接待在%(day)s，到那天才能签到。") % {"day": day_told(shift.held_on)})


class CheckInOver(RuleError):
    """The day of the reception has passed: its code opens nothing any more."""

    def __init__(self, shift: "Shift"):
        told = {"day": day_told(shift.held_on)}
        super().__init__(_("接待在%(day)s，签到码只在那天有用。来了忘了签的，请管理员代签。") % told)


class NotYetHeld(RuleError):
    """A reception to come cannot be closed."""

    def __init__(self, shift: "Shift"):
        super().__init__(_("接待在%(day)s，还没有开始。不办了，请取消。") % {"day": day_told(shift.held_on)})


class DayPast(RuleError):
    """A reception cannot be moved into the past."""

    def __init__(self, day: date):
        super().__init__(_("%(day)s已经过去了。请选今天或者以后的日子。") % {"day": day_told(day)})


class SameDay(RuleError):
    """It is held on that day already."""

    def __init__(self, shift: "Shift"):
        super().__init__(_("接待本来就在%(day)s。请选另一天。") % {"day": day_told(shift.held_on)})


class ReasonMissing(RuleError):
    """Why was not said."""

    def __init__(self) -> None:
        super().__init__(_("请写一句为什么，代表和以后查的人都要看。"))


class WrongCode(RuleError):
    """The code on the sheet is that of another reception or day."""

    def __init__(self) -> None:
        super().__init__(_("这个签到码不是今天这里的。请扫站里今天贴的码，或者请管理员代签。"))
