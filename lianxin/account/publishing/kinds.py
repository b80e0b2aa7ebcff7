"""The kinds of events about news and notices. The subject is the announcement; `version` says which of its wordings."""

from datetime import date
from functools import partial
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import EventKind, Named

told = partial(EventKind, subject="announcement", facts={"version": int}, look="doc")

WRITING = tuple(  # who did one of these is an author
    f"publishing.{verb}" for verb in ("drafted", "rewritten", "asked", "submitted")
)
ANSWERED = "publishing.answered"
KINDS = (
    told("publishing.drafted", _("起草消息"), _("{by}起草了{subject}第{version}版")),
    told("publishing.rewritten", _("改消息"), _("{by}改了{subject}第{version}版")),
    told("publishing.submitted", _("消息送审"), _("{by}把{subject}第{version}版送审")),
    told("publishing.recalled", _("撤回送审"), _("{by}撤回了{subject}第{version}版的送审")),
    told(
        "publishing.sent_back",
        _("退回修改消息"),
        _("{by}请人修改{subject}第{version}版：{reason}"),
        texts=("reason",),
    ),
    told(
        "publishing.published",
        _("公布消息"),
        _("{by}看过{subject}第{version}版，可以公布：查出隐私{found}处，遮住{masked}处"),
        facts={"version": int, "found": int, "masked": int},
        texts=("stands", "change"),
    ),
    told("publishing.dropped", _("消息草稿作废"), _("{by}作废了{subject}第{version}版的草稿")),
    told(
        "publishing.taken_down",
        _("撤下消息"),
        _("{by}撤下了{subject}：{reason}"),
        texts=("reason",),
    ),
    told(
        "publishing.asked",
        _("写征求意见的问题"),
        _("{by}给{subject}写了{questions}个问题"),
        facts={"version": int, "questions": int},
    ),
    told(
        "publishing.prolonged",
        _("延长征求意见"),
        _("{by}把{subject}的截止日从{was}延长到{to}：{reason}"),
        facts={"was": date, "to": date},
        texts=("reason",),
    ),
    told(ANSWERED, _("收到答卷"), _("{subject}收到一份答卷"), facts={}, look="people"),
    told(
        "publishing.answer_hidden",
        _("答卷不计入"),
        _("{by}把{subject}的一份答卷改为不计入：{reason}"),
        facts={"answer": UUID},
        texts=("reason",),
    ),
    told("publishing.answer_shown", _("答卷重新计入"), _("{by}把{subject}的一份答卷重新计入"), facts={"answer": UUID}),
    told(
        "publishing.story_told_of",
        _("写代表故事"),
        _("{by}记下：{subject}写的是{person}代表"),
        facts={"version": int, "person": Named("person", UUID)},
    ),
    told("publishing.stream_set", _("写上直播"), _("{by}给{subject}写上了直播")),
    told(
        "publishing.consented",
        _("书面同意公布"),
        _("{by}记下：{person}代表{on}书面同意公布{subject}"),
        facts={"version": int, "person": Named("person", UUID), "on": date},
    ),
    told(
        "publishing.consent_withdrawn",
        _("撤回同意公布"),
        _("{by}记下：{person}代表不再同意公布{subject}"),
        facts={"version": int, "person": Named("person", UUID)},
    ),
    told(
        "publishing.story_ran",
        _("刊播代表故事"),
        _("{by}记下：{subject}{on}在{outlet}刊播"),
        facts={"version": int, "person": Named("person", UUID), "on": date},
        texts=("outlet",),
    ),
)

OF_THE_OFFICE = frozenset(kind.code for kind in KINDS) - {ANSWERED}  # one line for each answer would hide all others
