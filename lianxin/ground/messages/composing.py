"""One message of everything that waits for a voice: the newest first, by case, nobody's name in it."""

import re
from email.utils import parseaddr
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.core.events import Ref, names
from lianxin.ground.core.models import Platform
from lianxin.ground.core.serving import where
from lianxin.ground.messages.channels import Form
from lianxin.ground.messages.models import Outgoing
from lianxin.ground.vault.channels import Card, Message

ABOVE = "########## 回信请写在这一行上面 ##########"  # what stands below it in a reply is our own: never translated


def letter_id(rows: list[Outgoing]) -> UUID:
    """Names a message by what it tells, so that the same one sent again is the same. Nobody can guess it."""
    return uuid5(min(row.pk for row in rows), "".join(sorted(str(row.pk) for row in rows)))


def domain() -> str:
    """What stands behind the @ of our own address."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def own_message_ids(text: str) -> list[UUID]:
    """The letters of ours that these headers name, in their order."""
    return [UUID(hex=found) for found in re.findall(rf"<lx\.([0-9a-f]{{32}})@{re.escape(domain())}>", text)]


def list_id() -> str:
    """By which a mail of ours is known again."""
    return f"<lianxin.{domain()}>"


def compose(rows: list[Outgoing], stop_token: str, form: Form, *, is_person: bool = False) -> Message:
    """What is said of these, which are the newest first; to a resident, or to somebody on the roster about their work."""
    platform, stop_url = Platform.current(), address(f"{reverse('messages:stop')}?t={stop_token}")
    sender = platform.name if platform else str(settings.SITE_NAME)
    told = {"platform": sender, "count": len(rows)}
    subject = ngettext("%(platform)s：有%(count)d条消息", "%(platform)s：有%(count)d条消息", len(rows)) % told
    headers = {
        "Message-ID": f"<lx.{letter_id(rows).hex}@{domain()}>",
        "List-Id": list_id(),
        "List-Unsubscribe": f"<{stop_url}>",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "All",
    }
    text = _long(rows, stop_url, is_person) if form == Form.LETTER else _short(rows, stop_url)
    return Message(subject, text, headers, _card(rows, sender) if form == Form.CARD else None)


def address(path: str) -> str:
    """Where a path of the platform is reached from outside."""
    return where.noted(settings.HOME).rstrip("/") + path


def _short(rows: list[Outgoing], stop_url: str) -> str:
    parts = [f"{_plain(rows[0].text)} {address(rows[0].link)}"]
    if more := len(rows) - 1:
        parts.append(ngettext("另有%(count)d条。", "另有%(count)d条。", more) % {"count": more})
    parts.append(_("不再接收：%(stop)s") % {"stop": stop_url})
    return "\n".join(parts)


def _card(rows: list[Outgoing], sender: str) -> Card:
    """The newest. What stands before its first colon says which matter it is: the number tells that."""
    newest = rows[0]
    which, _colon, news = newest.text.partition("：")
    number = names([(newest.about_kind, newest.about_id)])[newest.about_kind, str(newest.about_id)]
    return Card(news or which, number, sender, newest.said_at, address(newest.link), len(rows) - 1)


def _long(rows: list[Outgoing], stop_url: str, is_person: bool) -> str:
    cases: dict[Ref, list[Outgoing]] = {}
    for row in rows:
        cases.setdefault(row.about, []).append(row)
    parts = [_("您好！请看您值班的安排：") if is_person else _("您好！您反映的事有新的进展：")]
    for told in cases.values():
        lines = [
            f"{date_format(timezone.localdate(row.said_at), 'SHORT_DATE_FORMAT')}  {_plain(row.text)}" for row in told
        ]
        parts.append("\n".join([*lines, *dict.fromkeys(address(row.link) for row in told)]))
    parts.append(_("这封信由平台自动寄出，没有进展就不寄。不想再收：%(stop)s") % {"stop": stop_url})
    return "\n\n".join([ABOVE, *parts])


def _plain(text: str) -> str:
    """The text as it was said: a name is put in nowhere."""
    return text.replace("{name}", "{ name }")
