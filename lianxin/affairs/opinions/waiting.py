"""What waits for those who sort: what came in, what is due today, what came back."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.affairs.opinions import inbox
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access import can
from lianxin.ground.access.waiting import Waiting
from lianxin.ground.core.clock import today


def unsorted(user: Any) -> Waiting | None:
    """How much came in that nobody has taken, what of everything is due today, and what came back. Two queries."""
    if not can(user, "opinions.sort"):
        return None
    found = inbox.counts(Opinion.objects.visible_to(user), today(), "new", "today", "returned")
    if not any(found.values()):
        return None
    title = ngettext("%(count)d件新来的意见", "%(count)d件新来的意见", found["new"]) % {"count": found["new"]}
    notes = [
        ngettext("今天到期%(count)d件", "今天到期%(count)d件", found["today"]) % {"count": found["today"]},
        ngettext("退回来%(count)d件", "退回来%(count)d件", found["returned"]) % {"count": found["returned"]},
    ]
    view = "new" if found["new"] else "today" if found["today"] else "returned"
    return Waiting(title, _("，").join(notes) + _("。"), "letter", f"{reverse('opinions:inbox')}?view={view}")
