"""The kinds of events about rules."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianxin.ground.core.events import EventKind, Named

KINDS = (
    EventKind(
        "rulebook.adopted",
        pgettext_lazy("event", "启用规则"),
        _("{by}启用了{preset}的规则，从{in_force_from}起施行"),
        subject="rulebook",
        facts={"preset": Named("preset"), "content": str, "in_force_from": date, "in_force_to": date},
    ),
)
