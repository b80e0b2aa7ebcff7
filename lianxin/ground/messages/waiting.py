"""What waits for those who look after messages: people who were not reached, and letters that nobody took."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.access import can
from lianxin.ground.access.waiting import Waiting
from lianxin.ground.core.clock import now
from lianxin.ground.messages.models import Outgoing, Received

SHOWN_FOR = timedelta(days=7)  # the digest of the week tells of it once


def not_reached(user: Any) -> Waiting | None:
    """How many messages of the last week were given up."""
    if not can(user, "messages.tend"):
        return None
    count = Outgoing.objects.given_up().filter(ended_at__gt=now() - SHOWN_FOR).count()
    title = ngettext("一周来有%(count)d条消息没有送到", "一周来有%(count)d条消息没有送到", count) % {"count": count}
    note = _("试了多次都没有送到群众那里。请在那件事里看，换一种方式告诉本人。")
    return Waiting(title, note, "letter") if count else None


def letters_left(user: Any) -> Waiting | None:
    """How many letters of the last week lie in the mailbox and were not taken."""
    if not can(user, "messages.tend"):
        return None
    count = Received.objects.left().filter(received_at__gt=now() - SHOWN_FOR).count()
    title = ngettext("信箱里有%(count)d封来信平台没有收", "信箱里有%(count)d封来信平台没有收", count) % {"count": count}
    note = _("太大、来得太密或者读不了。它们还在信箱里，加了旗标，请用邮件软件打开看。")
    return Waiting(title, note, "letter") if count else None
