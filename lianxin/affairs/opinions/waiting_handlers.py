"""What waits for those who handle opinions: clerks and heads of units, and deputies."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.affairs.opinions import queues
from lianxin.affairs.opinions.queues import APPROVE, HANDLE, HOLD, Tab
from lianxin.ground.access import can
from lianxin.ground.access.waiting import Waiting
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import today

SOON = timedelta(days=3)


def to_sign_in(user: Any) -> Waiting | None:
    """Matters that the unit has not signed in."""
    if not can(user, HANDLE):
        return None
    count = queues.in_tab(queues.handled_by(user), Tab.SIGN).count()
    title = ngettext("%(count)d件要签收", "%(count)d件要签收", count) % {"count": count}
    note = _("不归你们办的，在期限里写明理由申请退回。")
    return Waiting(title, note, "doc", f"{reverse('opinions:unit_queue')}?tab=sign") if count else None


def due(user: Any) -> Waiting | None:
    """Matters that the unit handles and that are due within three days, or late."""
    if not can(user, HANDLE):
        return None
    doing = queues.in_tab(queues.handled_by(user), queues.ALL)
    if not (count := doing.filter(due_on__lte=today() + SOON).count()):
        return None
    title = ngettext("%(count)d件快到期或者超了期", "%(count)d件快到期或者超了期", count) % {"count": count}
    return Waiting(title, late_of(doing), "clock", reverse("opinions:unit_queue"))


def to_send(user: Any) -> Waiting | None:
    """Replies that the head approved and nobody has sent."""
    if not can(user, HANDLE):
        return None
    count = queues.in_tab(queues.handled_by(user), queues.ALL).filter(queues.is_approved()).count()
    title = ngettext("%(count)d份答复批准了，等送出", "%(count)d份答复批准了，等送出", count) % {"count": count}
    note = _("送出以后反映人才看得到。")
    return Waiting(title, note, "check", f"{reverse('opinions:unit_queue')}?tab=doing") if count else None


def to_approve(user: Any) -> Waiting | None:
    """Drafts that wait for the head of the unit."""
    if not can(user, APPROVE):
        return None
    count = queues.in_tab(queues.handled_by(user, APPROVE), Tab.APPROVAL).count()
    title = ngettext("%(count)d份答复等您批准", "%(count)d份答复等您批准", count) % {"count": count}
    note = _("批准以后才能送给反映人；要改的退回经办人。")
    return Waiting(title, note, "pen", reverse("opinions:unit_drafts")) if count else None


def held(user: Any) -> Waiting | None:
    """Matters that lie with the deputy."""
    if not can(user, HOLD):
        return None
    lying = queues.held_by(user).running()
    if not (count := lying.count()):
        return None
    title = ngettext("%(count)d件群众意见在您手上", "%(count)d件群众意见在您手上", count) % {"count": count}
    note = _("作说明、认领，或者转回办公室。")
    return Waiting(title, late_of(lying) or note, "letter", reverse("opinions:deputy_matters"))


def late_of(running: QuerySet[Handover]) -> str:
    """How many of these handovers are late, in a sentence; nothing where none is. One query."""
    count = running.filter(due_on__lt=today()).count()
    return ngettext("其中%(count)d件已经超期。", "其中%(count)d件已经超期。", count) % {"count": count} if count else ""


ASKS = (to_sign_in, due, to_send, to_approve, held)
