"""Made-up messages and mails for tests."""

from datetime import datetime
from email.message import EmailMessage
from itertools import count
from typing import Any
from uuid import UUID

from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Ref
from lianxin.ground.core.ids import new_id
from lianxin.ground.messages.actions import choose, say
from lianxin.ground.messages.models import Outgoing
from lianxin.ground.vault.particulars import Particulars
from tests.ground.vault.builders import TOLD, make_voice

_numbers = count(1)


def make_reached(particulars: Particulars = TOLD, channel: str = "email") -> UUID:
    """A voice that is told by this channel."""
    voice = make_voice(particulars)
    choose(voice, channel, by=None, at=now())
    return voice


def make_case() -> Ref:
    """Something to tell of."""
    return Ref("opinion", new_id())


def make_said(voice: UUID, about: Ref | None = None, at: datetime | None = None, **facts: Any) -> Outgoing:
    """One thing said to a voice."""
    number = next(_numbers)
    told = {"text": f"第{number}件事有了进展", "link": f"/q/#code{number}", "key": f"fact-{number}"} | facts
    say(voice, about or make_case(), told["text"], told["link"], key=told["key"], at=at or now())
    return Outgoing.objects.get(key=told["key"])


def make_mail(text: str = "村口的路灯坏了三天。", **headers: str) -> EmailMessage:
    """A mail as a person writes it; an underscore in the name of a header stands for a hyphen."""
    mail = EmailMessage()
    told = {
        "From": "郗棠梨 <tangli@resident.example>",
        "To": "yijian@lianxin.example",
        "Subject": "路灯",
        "Date": "Mon, 16 Nov 2026 09:30:00 +0800",
        "Message-ID": f"<{next(_numbers)}@resident.example>",
    }
    for name, value in (told | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        mail[name] = value
    mail.set_content(text)
    return mail
