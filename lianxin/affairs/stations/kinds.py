"""The kinds of events about stations."""

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.stations.models import Fitting
from lianxin.ground.core.events import EventKind, Named

station_kind = partial(EventKind, subject="station", parties=("station", "deputy"))

KINDS = (
    station_kind("stations.opened", _("设立站点"), _("{by}设立了{station}")),
    station_kind(
        "stations.amended",
        _("改动站点资料"),
        _("{by}改动了{station}的资料：{what}"),
        facts={"what": Named("station_columns")},
    ),
    station_kind("stations.closed", _("撤销站点"), _("{by}撤销了{station}，最后一天是{on}"), facts={"on": date}),
    station_kind("stations.reopened", _("恢复站点"), _("{by}恢复了{station}：{reason}"), texts=("reason",)),
    station_kind("stations.posted", _("编入站点"), _("{by}把{deputy}从{on}起编入{station}"), facts={"on": date}),
    station_kind(
        "stations.released", _("调出站点"), _("{by}把{deputy}调出{station}，最后一天是{on}"), facts={"on": date}
    ),
    station_kind(
        "stations.fitting_judged",
        _("查看配备"),
        _("{by}查看了{station}的配备“{fitting}”：{state}"),
        facts={"fitting": Named("fitting"), "state": Fitting.State, "on": date},
    ),
)
