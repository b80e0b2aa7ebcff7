"""What waits for those who sort: what came in, what is due today, what came back."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.affairs.opinions import inbox
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access import can
from lianxin.ground.access.waiting import Waiting
from lianxin.ground.cases.models import Reply
from lianxin.ground.core.clock import today
from lianxin.ground.documents.models import File

MOST = 200  # attachments that are counted; so many wait nowhere


def attachments(user: Any) -> Waiting | None:
    """What units attached to their answers and nobody has looked at: until then no author sees it. Three queries, else one."""
    if not can(user, "opinions.guard"):
        return None
    unseen = File.objects.unseen().filter(owner_kind="reply")
    if not (owners := list(unseen.values_list("owner_id", flat=True)[:MOST])):
        return None
    answered = Reply.objects.filter(pk__in=owners, sent_at__isnull=False).values("case")
    found = Opinion.objects.visible_to(user).filter(case__in=answered).order_by("case__changed_at")
    if not (count := found.count()):
        return None
    first = found.first()
    assert first
    title = ngettext("%(count)d件答复的附件要看", "%(count)d件答复的附件要看", count) % {"count": count}
    return Waiting(title, _("看过能不能给反映人看，反映人才看得到。"), "doc", first.get_absolute_url())


def unsorted(user: Any) -> Waiting | None:
    """How much came in that nobody has taken, what of everything is due today or late, and what came back. Two queries."""
    if not can(user, "opinions.sort"):
        return None
    found = inbox.counts(Opinion.objects.visible_to(user), today(), "new", "today", "late", "returned")
    if not any(found.values()):
        return None
    told = {
        "new": ngettext("%(count)d件新来的意见", "%(count)d件新来的意见", found["new"]),
        "today": ngettext("今天到期%(count)d件", "今天到期%(count)d件", found["today"]),
        "late": ngettext("超期%(count)d件", "超期%(count)d件", found["late"]),
        "returned": ngettext("退回来%(count)d件", "退回来%(count)d件", found["returned"]),
    }
    view, *others = [code for code in told if found[code]]
    note = _("，").join(told[code] % {"count": found[code]} for code in others)
    title = told[view] % {"count": found[view]}
    return Waiting(title, note and note + _("。"), "letter", f"{reverse('opinions:inbox')}?view={view}")
