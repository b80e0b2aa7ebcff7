"""The kinds of events about people and places."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import EventKind

KINDS = (
    EventKind(
        "people.mandate_began",
        _("就任代表"),
        _("{deputy}就任代表"),
        subject="mandate",
        parties=("deputy",),
        facts={"beginning": str},
    ),
    EventKind(
        "people.mandate_ended",
        _("代表资格终止"),
        _("{deputy}的代表资格终止，最后一天是{on}"),
        subject="mandate",
        parties=("deputy",),
        facts={"ending": str, "on": date},
    ),
    EventKind(
        "people.mandate_paused",
        _("暂停执行职务"),
        _("{deputy}从{on}起暂停执行职务"),
        subject="mandate",
        parties=("deputy",),
        facts={"kind": str, "on": date},
    ),
    EventKind(
        "people.mandate_resumed",
        _("恢复执行职务"),
        _("{deputy}恢复执行职务，暂停到{on}为止"),
        subject="mandate",
        parties=("deputy",),
        facts={"on": date},
    ),
)
