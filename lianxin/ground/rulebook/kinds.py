"""The kinds of events about rules."""

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianxin.ground.core.events import EventKind, Named

proposal = partial(
    EventKind, subject="rules_proposal", facts={"preset": Named("preset"), "in_force_from": date}, look="doc"
)

KINDS = (
    EventKind(
        "rulebook.adopted",
        pgettext_lazy("event", "启用规则"),
        _("{by}启用了{preset}的规则，从{in_force_from}起施行"),
        subject="rulebook",
        facts={"preset": Named("preset"), "content": str, "in_force_from": date, "in_force_to": date},
    ),
    EventKind(
        "rulebook.approved",
        pgettext_lazy("event", "批准规则"),
        _("{by}批准了{proposer}提出的{preset}的规则，从{in_force_from}起施行"),
        subject="rulebook",
        parties=("proposer",),
        facts={"preset": Named("preset"), "content": str, "in_force_from": date, "in_force_to": date},
    ),
    proposal(
        "rulebook.proposed",
        pgettext_lazy("event", "提出规则"),
        _("{by}提出{preset}的新规则，从{in_force_from}起施行，等另一个人批准：{why}"),
        texts=("why",),
    ),
    proposal(
        "rulebook.sent_back",
        pgettext_lazy("event", "退回规则"),
        _("{by}退回了从{in_force_from}起施行的{preset}的新规则：{reason}"),
        texts=("reason",),
    ),
    proposal(
        "rulebook.withdrawn",
        pgettext_lazy("event", "作废规则送审稿"),
        _("{by}作废了从{in_force_from}起施行的{preset}的新规则，没有启用"),
    ),
)
