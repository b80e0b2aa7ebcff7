"""What waits for those who review openings of identities."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.access import can
from lianxin.ground.access.waiting import Waiting
from lianxin.ground.core.clock import now
from lianxin.ground.vault.models import Opening


def unreviewed(user: Any) -> Waiting | None:
    """Whose looking at identities nobody has reviewed, and how often nobody did within the week."""
    if not can(user, "vault.review"):
        return None
    waiting = Opening.objects.visible_to(user).exclude(opened_by=user.pk).awaiting_review()
    count = waiting.count()
    late = waiting.filter(opened_at__lt=now() - Opening.REVIEW_WITHIN).count() if count else 0
    title = ngettext("%(count)d次查看身份等您复核", "%(count)d次查看身份等您复核", count) % {"count": count}
    note = _("该不该看，由没有看过的人来判断。")
    if late:
        note = ngettext(
            "其中%(count)d次已经等了一周以上。",
            "其中%(count)d次已经等了一周以上。",
            late,
        ) % {"count": late}
    return Waiting(title, note, "eye", reverse("vault:review")) if count else None
