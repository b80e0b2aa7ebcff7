"""The ways out: which there are, which of them this platform's settings allow, and the adapters for text messages."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, auto
from urllib import request
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.messages import outside
from lianxin.ground.messages.errors import NoSuchChannel, SettingUnusable
from lianxin.ground.messages.wechat import Wechat, wechat
from lianxin.ground.vault.channels import Channel, Email, Message


class Sms:
    """A text message. A landline has no room for one."""

    code, way = "sms", "phone"

    def takes(self, address: str) -> bool:
        """Whether it is a mobile number: those of this country begin with 1, area codes with 0."""
        return address.startswith("1")


class GatewaySms(Sms):
    """Text messages by an HTTP gateway: JSON by POST, the token as Bearer; any answer of 2xx says that it was accepted.

    The body is {"phone": …, "text": …, "id": …}: what comes twice under one id is one message.
    """

    def __init__(self, url: str):
        parts = urlsplit(url)
        self.url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        self.token = parts.username or ""

    def send(self, address: str, name: str, message: Message) -> None:
        """One message to one number."""
        told = {"phone": address, "text": message.to(name), "id": message.headers.get("Message-ID", "")}
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        body = json.dumps(told, ensure_ascii=False).encode()
        asked = request.Request(self.url, data=body, headers=headers, method="POST")
        outside.ask(asked)


class FileSms(Sms):
    """Text messages written into HOME/outgoing instead of being sent. For made-up people and rehearsals alone."""

    def send(self, address: str, name: str, message: Message) -> None:
        """One file for one message; refuses where messages count."""
        refuse_unusable()
        outside.write(f"{address}\n{message.to(name)}\n")


class Form(StrEnum):
    """What a message looks like: a letter, a few words, or a template that somebody else fills in."""

    LETTER = auto()
    WORDS = auto()
    CARD = auto()


@dataclass(frozen=True)
class Way:
    """A way out. `make` is the channel as the settings have it, None where they have none.

    `is_typed`: whether somebody can write the address down. An openid comes from WeChat alone.
    """

    label: str | Promise
    make: Callable[[], Channel | None]
    form: Form
    is_typed: bool = True


def _email() -> Channel | None:
    return Email() if settings.SENDS_MAIL else None


def _sms() -> Channel | None:
    if not settings.SMS:
        return None
    return FileSms() if settings.SMS == "file:" else GatewaySms(settings.SMS)


WAYS: dict[str, Way] = {
    "email": Way(gettext_lazy("电子邮件"), _email, Form.LETTER),
    "sms": Way(gettext_lazy("短信"), _sms, Form.WORDS),
    Wechat.code: Way(gettext_lazy("微信"), wechat, Form.CARD, is_typed=False),
}


def available() -> dict[str, str]:
    """The ways that are open on this platform, in words, by code."""
    return {code: str(way.label) for code, way in WAYS.items() if way.make()}


def typed() -> dict[str, str]:
    """Those of them whose address somebody can write down."""
    return {code: label for code, label in available().items() if WAYS[code].is_typed}


def channel(code: str) -> Channel:
    """The channel of this code. Raises NoSuchChannel where the settings have none."""
    made = WAYS[code].make() if code in WAYS else None
    if made is None:
        raise NoSuchChannel
    return made


def refuse_unusable() -> None:
    """Raise SettingUnusable where LIANXIN_SMS cannot be used here. For the start of whatever serves."""
    if settings.SMS == "file:":
        if outside.messages_count():
            raise SettingUnusable(
                _(
                    "LIANXIN_SMS=file: 只给演示和演练平台用：这个平台的短信写成文件，群众就收不到。请改成短信网关的地址。"
                )
            )
    elif settings.SMS and not outside.is_safe(urlsplit(settings.SMS), "https"):
        raise SettingUnusable(_("LIANXIN_SMS 要写成 https://口令@网关地址/路径，只有本机的网关可以用 http。"))
