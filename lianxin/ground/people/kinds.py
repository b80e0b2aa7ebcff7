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
    EventKind(
        "people.mandate_changed",
        _("改动代表资料"),
        _("{by}改动了{subject}的代表资料：{what}"),
        subject="mandate",
        facts={"what": str},
    ),
    EventKind(
        "people.person_changed",
        _("改动个人资料"),
        _("{by}改动了{subject}的个人资料：{what}"),
        subject="person",
        facts={"what": str},
    ),
    EventKind(
        "people.joined",
        _("加入机构"),
        _("{member}加入{subject}"),
        subject="body",
        parties=("member",),
        facts={"role": str},
    ),
    EventKind(
        "people.left",
        _("离开机构"),
        _("{member}离开{subject}"),
        subject="body",
        parties=("member",),
        facts={"role": str},
    ),
    EventKind(
        "people.roster_taken_over",
        _("导入名册"),
        _("{by}导入名册：新增{persons}、代表资格{mandates}、改动{changed}、终止{endings}"),
        subject="platform",
        measures={"persons": "person", "mandates": "item", "changed": "item", "endings": "item"},
        facts={"file": str},
    ),
)
