"""The kinds of events that the record itself needs."""

from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events.kinds import EventKind

KINDS = (
    EventKind("core.annulled", _("撤销"), _("{by}撤销了一条记录：{reason}"), subject="event", texts=("reason",)),
    EventKind("core.confirmed", _("核实"), _("{by}核实了一条记录"), subject="event"),
    EventKind("core.refused", _("不予核实"), _("{by}没有核实一条记录：{reason}"), subject="event", texts=("reason",)),
)
