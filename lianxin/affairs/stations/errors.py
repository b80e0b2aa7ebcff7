"""All the words with which stations say no."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError, day_told

if TYPE_CHECKING:
    from lianxin.affairs.stations.models import Station
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
