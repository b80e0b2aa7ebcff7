"""What waits for those who review: wordings that were submitted."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.models.announcement import REVIEW, in_reach
from lianxin.account.publishing.models.wording import State
from lianxin.ground.access import can
from lianxin.ground.access.waiting import Waiting


def to_review(user: Any) -> Waiting | None:
    """How many wait for somebody else's eyes; who wrote them is not asked again. One query."""
    if not can(user, REVIEW):
        return None
    found = Wording.objects.filter(in_reach(user, REVIEW, lead="announcement__body__"), state=State.SUBMITTED)
    if not (count := found.exclude(written_by=user.pk).count()):
        return None
    title = ngettext("%(count)d条消息等人审", "%(count)d条消息等人审", count) % {"count": count}
    note = _("看过、定下查出的隐私，才会公布。")
    return Waiting(title, note, "doc", f"{reverse('publishing:announcements')}?tab=review")
