"""What verifying finds."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Fault(TextChoices):
    """What is wrong, as it is told."""

    CHANGED = "changed", gettext_lazy("这条记录在封存以后被改动")
    MISSING = "missing", gettext_lazy("这条记录封存以后不见了")
    MOVED = "moved", gettext_lazy("这条记录封存以后被移到别的日期或机构")
    UNSEALED = "unsealed", gettext_lazy("这条记录不在当天的封存里：是迟到的（下一夜会补封），或者是后来塞进去的")
    UNREADABLE = "unreadable", gettext_lazy("这条记录有一栏读不出来")
    TEXT_CHANGED = "text_changed", gettext_lazy("文字与记录里的指纹不符")
    TEXT_MISSING = "text_missing", gettext_lazy("文字不见了，却没有删去它的记录")
    TEXT_FOREIGN = "text_foreign", gettext_lazy("有一段文字不该在这里：记录里没有它，或者它已经删去")
    PARTY_MOVED = "party_moved", gettext_lazy("归属的时间与记录不符")
    SAID_WRONGLY = "said_wrongly", gettext_lazy("它对另一条记录的撤销或核实不成立")
    ORPHAN = "orphan", gettext_lazy("有归属、计量或文字，记录本身却不在")
    SEAL_CHANGED = "seal_changed", gettext_lazy("封存被改动，与链不符")
    SEAL_MISSING = "seal_missing", gettext_lazy("封存的链断了，少了一环")
    ROOT_WRONG = "root_wrong", gettext_lazy("封存的叶与根不符，叶被改动")
    ROOT_PRINTED = "root_printed", gettext_lazy("印出去的根与封存不符")
    NOT_SEALED = "not_sealed", gettext_lazy("从这一天起早该封存，还没有封存：请看后台进程是否在运行")
    COUNT_WRONG = "count_wrong", gettext_lazy("每日记录数与记录不符：请运行 lianxin rebuild")


@dataclass(frozen=True)
class Finding:
    """One fault: what, on which day of recording, of which body, with which event (its id, or what stands in its place)."""

    fault: Fault
    day: date | None
    body: UUID | None = None
    event: UUID | str | None = None
    note: str = ""

    def __str__(self) -> str:
        where = [str(self.day) if self.day else _("哪一天不清楚")]
        if self.body:
            where.append(_("机构 %(id)s") % {"id": self.body})
        if self.event:
            where.append(_("记录 %(id)s") % {"id": self.event})
        return f"{' · '.join(where)} · {Fault(self.fault).label}" + (f"（{self.note}）" if self.note else "")
