"""The kinds of events about suggestions."""

from datetime import date
from functools import partial
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianxin.ground.cases.models import Means, Rating
from lianxin.ground.core.events import EventKind, Named
from lianxin.ground.documents.models import PaperKind

suggestion_kind = partial(EventKind, subject="suggestion", parties=("deputy", "unit", "body"))

TOLD_TO_ALL = frozenset(  # who joins it, and every unit, may know: nothing that one party writes to another
    f"suggestions.{verb}"
    for verb in (
        "drafted",
        "submitted",
        "declined",
        "withdrawn",
        "handed_to_unit",
        "letter_issued",
        "signed_in",
        "returned",
        "co_replied",
        "replied",
        "rated",
        "unjudged",
        "promise_kept",
        "promise_lapsed",
        "published",
    )
)
OF_ONE_UNIT = frozenset(("suggestions.approved", "suggestions.draft_sent_back"))  # and of nobody else

KINDS = (
    suggestion_kind("suggestions.drafted", _("起草建议"), _("{deputy}起草了{subject}（{by}登记）")),
    suggestion_kind("suggestions.dropped", _("草稿作废"), _("{by}作废了{subject}的草稿"), look="doc"),
    suggestion_kind("suggestions.cosign_asked", _("邀请附议"), _("{by}请{deputy}附议{subject}")),
    suggestion_kind("suggestions.cosigned", _("附议"), _("{deputy}附议了{subject}（{by}登记）")),
    suggestion_kind("suggestions.cosign_refused", _("不附议"), _("{deputy}没有附议{subject}（{by}登记）")),
    suggestion_kind(
        "suggestions.submitted",
        _("提出建议"),
        _("{deputy}领衔提出了{subject}，附议{joined}人，依据群众意见{opinions}件（{by}登记）"),
        facts={"joined": int, "opinions": int, "again": bool},
        look="doc",
    ),
    suggestion_kind(
        "suggestions.sent_back",
        _("退给代表修改"),
        _("{by}请代表修改{subject}：{reason}"),
        texts=("reason",),
        look="doc",
    ),
    suggestion_kind(
        "suggestions.declined",
        _("不予受理"),
        _("{by}没有受理{subject}，理由是{cause}：{reason}"),
        facts={"cause": Named("suggestion_decline")},
        texts=("reason",),
        look="doc",
    ),
    suggestion_kind(
        "suggestions.withdrawn", _("撤回建议"), _("{deputy}撤回了{subject}：{reason}（{by}登记）"), texts=("reason",)
    ),
    suggestion_kind("suggestions.handed_to_unit", _("交办建议"), _("{by}把{subject}交给{unit}办"), look="doc"),
    suggestion_kind(
        "suggestions.taken_back", _("收回"), _("{by}把{subject}从{unit}收回：{reason}"), texts=("reason",), look="doc"
    ),
    suggestion_kind("suggestions.handed_back", _("没人办了"), _("经办方不在了，{subject}回到{body}"), look="clock"),
    suggestion_kind(
        "suggestions.letter_issued",
        _("为建议出公文"),
        _("{by}为{subject}出了{what}{paper}"),
        facts={"what": PaperKind, "paper": Named("paper", UUID)},
        look="doc",
    ),
    suggestion_kind("suggestions.signed_in", _("签收建议"), _("{unit}的{by}签收了{subject}"), look="doc"),
    suggestion_kind("suggestions.contacted", _("和代表联系"), _("{unit}的{by}和代表联系了：{note}"), texts=("note",)),
    suggestion_kind(
        "suggestions.return_asked",
        _("申请退回建议"),
        _("{unit}的{by}申请退回{subject}：{reason}"),
        texts=("reason",),
        look="doc",
    ),
    suggestion_kind("suggestions.returned", _("退回建议"), _("{by}同意{unit}退回{subject}"), look="doc"),
    suggestion_kind(
        "suggestions.return_refused",
        _("不同意退回建议"),
        _("{by}不同意{unit}退回{subject}：{reason}"),
        texts=("reason",),
        look="doc",
    ),
    suggestion_kind("suggestions.co_replied", _("建议的协办意见"), _("{unit}的{by}交了协办意见"), look="doc"),
    suggestion_kind("suggestions.approved", _("批准建议的答复"), _("{by}批准了{unit}的答复"), look="doc"),
    suggestion_kind(
        "suggestions.draft_sent_back",
        _("退回修改建议的答复"),
        _("{by}请{unit}改答复：{remark}"),
        texts=("remark",),
        look="doc",
    ),
    suggestion_kind(
        "suggestions.replied",
        _("答复建议"),
        _("{unit}的{by}答复了{subject}：{outcome}"),
        facts={"outcome": Named("suggestion_outcome"), "means": Means, "round": int, "on": date, "is_promised": bool},
        texts=("what",),
        look="doc",
    ),
    suggestion_kind(
        "suggestions.rated",
        _("评价答复"),
        _("{deputy}评价了{subject}的答复：办理态度{satisfied}，办理结果{solved}（{by}登记）"),
        facts={"satisfied": Rating.Satisfied, "solved": Rating.Solved, "round": int},
        texts=("words",),
    ),
    suggestion_kind("suggestions.unjudged", _("代表没有评价"), _("代表没有评价{subject}，办结了"), look="clock"),
    suggestion_kind(
        "suggestions.promise_kept", _("建议的承诺做到了"), _("{by}记下承诺做到了：{note}"), texts=("note",)
    ),
    suggestion_kind(
        "suggestions.promise_lapsed", _("建议的承诺到期没做到"), _("承诺到期没有做到，{subject}重新办"), look="clock"
    ),
    suggestion_kind(
        "suggestions.late",
        _("建议逾期"),
        _("{subject}超过了期限"),
        facts={"line": str, "role": str},
        look="clock",
    ),
    suggestion_kind("suggestions.published", _("公开建议"), _("{by}公开了{subject}"), look="doc"),
    suggestion_kind("suggestions.hidden", _("不再公开"), _("{by}把{subject}改为不公开：{reason}"), texts=("reason",)),
)
