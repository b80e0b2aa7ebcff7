"""The kinds of events about stations."""

from datetime import date
from functools import partial

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.stations.models import Fitting
from lianxin.ground.core.events import EventKind, Named

station_kind = partial(EventKind, subject="station", parties=("station", "deputy"))
shift_kind = partial(EventKind, subject="shift", parties=("station", "deputy"))


class CameBy(TextChoices):
    """How it was seen that a deputy is there."""

    CODE = "code", _("扫码")
    KEEPER = "keeper", _("代签")


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
    EventKind("stations.feed_begun", _("开通日历订阅"), _("{by}给{subject}开通了日历订阅"), subject="person"),
    EventKind("stations.feed_ended", _("停用日历订阅"), _("{by}停用了{subject}的日历订阅"), subject="person"),
    shift_kind("stations.shift_planned", _("排班"), _("{by}排好了{subject}"), facts={"on": date}, look="clock"),
    shift_kind("stations.rostered", _("补上值班"), _("{by}把{deputy}排到{subject}"), facts={"on": date}),
    shift_kind(
        "stations.swapped",
        _("换班"),
        _("{by}让{deputy}在{subject}换下{relieved}：{reason}"),
        parties=("station", "deputy", "relieved"),
        texts=("reason",),
    ),
    shift_kind(
        "stations.excuse_asked", _("申请换班"), _("{deputy}来不了{subject}：{reason}（{by}登记）"), texts=("reason",)
    ),
    shift_kind("stations.excused", _("准假"), _("{by}准{deputy}不参加{subject}：{reason}"), texts=("reason",)),
    shift_kind(
        "stations.shift_moved",
        _("改接待日"),
        _("{by}把{station}{before}的接待改到{on}：{reason}"),
        facts={"before": date, "on": date},
        texts=("reason",),
        look="clock",
    ),
    shift_kind(
        "stations.shift_cancelled",
        _("取消接待"),
        _("{by}取消了{station}{on}的接待：{reason}"),
        facts={"on": date},
        texts=("reason",),
        look="clock",
    ),
    shift_kind("stations.shift_noticed", _("公布接待"), _("{by}公布了{subject}"), facts={"on": date}, look="clock"),
    shift_kind(
        "stations.came", _("到站签到"), _("{deputy}到了{subject}（{way}，{by}登记）"), facts={"way": CameBy, "on": date}
    ),
    shift_kind("stations.absent", _("没有到站"), _("{by}登记{deputy}没有到{subject}"), facts={"on": date}),
    shift_kind("stations.reception_held", _("接待结束"), _("{by}登记{subject}结束"), facts={"on": date}),
)
