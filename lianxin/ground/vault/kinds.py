"""The kinds of events of the vault. Their subject is a voice; none of them names a person or an address, or has texts."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import EventKind, Named
from lianxin.ground.vault.models import Cause, Finding, Purpose

KINDS = (
    EventKind("vault.kept", _("保存身份信息"), _("{by}保存了身份信息"), subject="voice", look="doc"),
    EventKind(
        "vault.opened",
        _("查看身份信息"),
        _("{by}查看了身份信息（{purpose}）"),
        subject="voice",
        facts={"purpose": Purpose},
    ),
    EventKind(
        "vault.reviewed",
        _("复核查看"),
        _("{by}复核了一次查看：{finding}"),
        subject="voice",
        facts={"opening": UUID, "finding": Finding},
        look="doc",
    ),
    EventKind(
        "vault.words_erased",
        _("删去查看的理由"),
        _("{by}删去了一次查看的理由和说明"),
        subject="voice",
        facts={"opening": UUID},
        look="doc",
    ),
    EventKind(
        "vault.delivered",
        _("送达"),
        _("平台送出一条消息（{channel}）"),
        subject="voice",
        facts={"channel": Named("channel")},
        look="doc",
    ),
    EventKind(
        "vault.erased",
        _("销毁身份信息"),
        _("{by}销毁了身份信息（{cause}）"),
        subject="voice",
        facts={"cause": Cause},
        look="doc",
    ),
)
