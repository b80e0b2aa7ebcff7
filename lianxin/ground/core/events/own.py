"""The kinds of events that the record itself needs, and what it derives."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianxin.ground.core.events.counting import daily_counts
from lianxin.ground.core.events.kinds import EventKind
from lianxin.ground.core.models import DailyCount, Effect
from lianxin.ground.core.projections import Projection

DAILY_COUNTS = Projection("daily_counts", _("每日记录数"), DailyCount, ("recorded_on", "body_id", "kind"), daily_counts)

KINDS = (
    EventKind(
        "core.annulled",
        pgettext_lazy("of an event", "撤销"),
        _("{by}撤销了一条记录：{reason}"),
        subject="event",
        texts=("reason",),
        effect=Effect.ANNULS,
        look="doc",
    ),
    EventKind(
        "core.confirmed", _("核实"), _("{by}核实了一条记录"), subject="event", effect=Effect.CONFIRMS, look="doc"
    ),
    EventKind(
        "core.refused",
        _("不予核实"),
        _("{by}没有核实一条记录：{reason}"),
        subject="event",
        texts=("reason",),
        effect=Effect.REFUSES,
        look="doc",
    ),
    EventKind(
        "core.redacted",
        _("删去文字"),
        _("{by}从一条记录里删去了文字：{reason}"),
        subject="event",
        facts={"text": str},
        texts=("reason",),
        effect=Effect.REDACTS,
        look="doc",
    ),
    EventKind(
        "core.rehearsed",
        _("拨快演练时钟"),
        _("{by}把演练平台的时钟拨到了{to}"),
        subject="platform",
        measures={"moved": "minute"},
        facts={"to": date},
        look="clock",
    ),
)
