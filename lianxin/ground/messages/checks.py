"""Do messages go out, and letters come in? Asked of what the jobs found: no server is waited for."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxin.ground.core.clock import now
from lianxin.ground.core.doctor import Answer, Check, fine, wrong
from lianxin.ground.core.models import JobRun
from lianxin.ground.messages import channels
from lianxin.ground.messages.models import Outgoing, Reach

STUCK = timedelta(hours=1)


def mail_and_messages_go() -> Iterator[Answer]:
    """Which channels are set, on which of them messages are stuck, and whether the mailbox could be read."""
    ways = channels.available()
    stuck = _stuck()
    for code, count in sorted(stuck.items()):
        name = str(channels.WAYS[code].label) if code in channels.WAYS else code
        text = ngettext("%(way)s有%(count)d条一直寄不出去", "%(way)s有%(count)d条一直寄不出去", count) % {
            "way": name,
            "count": count,
        }
        yield wrong(
            text,
            _("请看 LIANXIN_EMAIL、LIANXIN_SMS、LIANXIN_WECHAT 写得对不对，服务器和网关通不通。六天里会一直再试。"),
        )
    if settings.MAILBOX and (run := _last_poll()) and run.outcome == JobRun.Outcome.FAILED:
        yield wrong(run.note or _("信箱没有收成"), _("请看 LIANXIN_MAILBOX 写得对不对，信箱能不能登录。"))
    elif not stuck:
        names = [*ways.values(), *([_("信箱")] if settings.MAILBOX else [])]
        yield fine("、".join(names) if names else _("没有设置：不寄消息，也不收来信"))


def _stuck() -> dict[str, int]:
    """How many wait for longer than an hour after the first failure, by channel."""
    waiting = (
        Outgoing.objects.waiting().filter(attempts__gt=1, said_at__lt=now() - STUCK).values_list("voice_id", flat=True)
    )
    counts: dict[str, int] = {}
    for code in Reach.objects.open().filter(voice_id__in=waiting.distinct()).values_list("channel", flat=True):
        counts[code] = counts.get(code, 0) + 1
    return counts


def _last_poll() -> JobRun | None:
    ended = JobRun.objects.filter(name="messages.poll").exclude(outcome=JobRun.Outcome.RUNNING)
    return ended.order_by("-due_at").first()


CHECKS = (Check("messages.ways", gettext_lazy("邮件、短信和微信"), mail_and_messages_go),)
