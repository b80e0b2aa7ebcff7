"""The kinds of events of messages. What was sent is told by the vault, which sends it."""

from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import EventKind, Named

KINDS = (
    EventKind(
        "messages.chosen",
        _("选定告知方式"),
        _("{by}记下：有进展用{channel}告知"),
        subject="voice",
        facts={"channel": Named("channel")},
        look="doc",
    ),
    EventKind("messages.stopped", _("停止告知"), _("{by}记下：不再告知进展"), subject="voice", look="doc"),
)
