"""The rota as a list that is taken out to Excel."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from lianxin.ground.rulebook.exports import Column, Listing


def _names(line: Any) -> str:
    return pgettext("between names", "、").join(duty.mandate.person.name for duty in line.counted)


ROTA = Listing(
    "rota",
    _("轮值表"),
    (
        Column("held_on", _("日期"), 12, lambda line: line.shift.held_on),
        Column("hours", _("时间"), 14, lambda line: line.shift.hours),
        Column("station", _("站点"), 28, lambda line: line.shift.station.name),
        Column("township", _("乡镇街道"), 16, lambda line: line.township),
        Column("reception", _("接待"), 18, lambda line: line.name),
        Column("deputies", _("值班代表"), 30, _names),
        Column("missing", _("还缺几位"), 10, lambda line: line.missing),
        Column("state", _("状态"), 12, lambda line: str(line.shift.get_state_display())),
    ),
)
