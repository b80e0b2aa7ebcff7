"""The kinds of events about opinions. None of them holds a resident's name; what people wrote stands in texts."""

from datetime import date
from functools import partial
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.models import Channel, Visibility
from lianxin.ground.cases.models import Means, Rating
from lianxin.ground.core.events import EventKind, Named
from lianxin.ground.documents.models import PaperKind

opinion_kind = partial(EventKind, subject="opinion", parties=("station", "deputy", "unit", "body"))

KINDS = (
    opinion_kind(
        "opinions.told",
        _("收到意见"),
        _("{by}收到{subject}（{channel}）"),
        facts={"channel": Channel, "visibility": Visibility},
        texts=("words",),
    ),
    opinion_kind("opinions.accepted", _("收下意见"), _("{by}收下了{subject}"), look="doc"),
    opinion_kind(
        "opinions.declined",
        _("不收意见"),
        _("{by}没有收{subject}，理由是{cause}"),
        facts={"cause": Named("opinion_decline")},
        texts=("reason",),
        look="doc",
    ),
    opinion_kind("opinions.more_asked", _("请反映人补充"), _("{by}请反映人补充：{question}"), texts=("question",)),
    opinion_kind("opinions.more_told", _("反映人补充"), _("反映人补充了{subject}"), texts=("words",)),
    opinion_kind("opinions.more_overdue", _("没有等到补充"), _("反映人没有补充，{subject}接着办"), look="clock"),
    opinion_kind("opinions.corrected", _("反映人更正"), _("反映人更正了{subject}"), texts=("words",)),
    opinion_kind(
        "opinions.shown_to",
        _("反映人改谁能看到"),
        _("反映人把{subject}改为{visibility}"),
        facts={"visibility": Visibility},
        look="doc",
    ),
    opinion_kind("opinions.withdrawn", _("反映人撤回"), _("反映人撤回了{subject}"), look="doc"),
    opinion_kind("opinions.placed", _("填明地方"), _("{by}填明了{subject}的地方和类别"), look="doc"),
    opinion_kind("opinions.hidden", _("改为不公开"), _("{by}把{subject}改为不公开：{reason}"), texts=("reason",)),
    opinion_kind("opinions.privacy_seen", _("看过隐私"), _("{by}看过{subject}有没有隐私"), look="doc"),
    opinion_kind(
        "opinions.redacted",
        _("遮盖文字"),
        _("{by}在{subject}里遮盖了{count}处：{reason}"),
        facts={"count": int},
        texts=("reason",),
        look="doc",
    ),
    opinion_kind(
        "opinions.merged",
        _("并案"),
        _("{by}把{subject}并到{into}"),
        facts={"into": Named("opinion", UUID)},
        look="doc",
    ),
    opinion_kind(
        "opinions.joined",
        _("并入"),
        _("{by}把{joined}并到{subject}"),
        facts={"joined": Named("opinion", UUID)},
        look="doc",
    ),
    opinion_kind(
        "opinions.split",
        _("分开"),
        _("{by}把{subject}从{from_}里分出来"),
        facts={"from_": Named("opinion", UUID)},
        look="doc",
    ),
    opinion_kind("opinions.echoed", _("我也遇到"), _("又有{count}人说也遇到了{subject}"), facts={"count": int}),
    opinion_kind("opinions.handed_to_deputy", _("转代表"), _("{by}把{subject}转给{deputy}")),
    opinion_kind("opinions.handed_to_unit", _("交办"), _("{by}把{subject}交给{unit}办"), look="doc"),
    opinion_kind("opinions.handed_to_body", _("转办公室"), _("{by}把{subject}转给{body}"), look="doc"),
    opinion_kind(
        "opinions.listed", _("列入集中研判"), _("{by}把{subject}列入{on}的集中研判"), facts={"on": date}, look="doc"
    ),
    opinion_kind(
        "opinions.taken_back", _("收回"), _("{by}把{subject}从{unit}收回：{reason}"), texts=("reason",), look="doc"
    ),
    opinion_kind(
        "opinions.letter_issued",
        _("出公文"),
        _("{by}为{subject}出了{what}{paper}"),
        facts={"what": PaperKind, "paper": Named("paper", UUID)},
        look="doc",
    ),
    EventKind(
        "opinions.reception_recorded", _("出接待记录"), _("{by}写成了{subject}的接待记录"), subject="shift", look="doc"
    ),
    EventKind("opinions.meeting_held", _("记会议"), _("{by}记下了{subject}"), subject="meeting", look="doc"),
    EventKind(
        "opinions.meeting_corrected",
        _("改会议记录"),
        _("{by}改了{subject}的主持人、参加人员或者地点"),
        subject="meeting",
        look="doc",
    ),
    EventKind(
        "opinions.meeting_recorded", _("出研判记录"), _("{by}写成了{subject}的研判记录"), subject="meeting", look="doc"
    ),
    opinion_kind("opinions.transcribed", _("抄清来信"), _("{by}抄清了{subject}的来信"), look="doc"),
    opinion_kind("opinions.signed_in", _("签收"), _("{unit}的{by}签收了{subject}"), look="doc"),
    opinion_kind(
        "opinions.contacted", _("首次联系"), _("{unit}的{by}为{subject}作了首次联系：{note}"), texts=("note",)
    ),
    opinion_kind(
        "opinions.return_asked",
        _("申请退回"),
        _("{unit}的{by}申请退回{subject}：{reason}"),
        texts=("reason",),
        look="doc",
    ),
    opinion_kind("opinions.returned", _("退回"), _("{by}同意{unit}退回{subject}"), look="doc"),
    opinion_kind(
        "opinions.return_refused",
        _("不同意退回"),
        _("{by}不同意{unit}退回{subject}：{reason}"),
        texts=("reason",),
        look="doc",
    ),
    opinion_kind("opinions.co_replied", _("协办意见"), _("{unit}的{by}交了协办意见"), look="doc"),
    opinion_kind("opinions.approved", _("批准答复"), _("{by}批准了{unit}的答复"), look="doc"),
    opinion_kind(
        "opinions.draft_sent_back",
        _("退回修改"),
        _("{by}请{unit}改答复：{remark}"),
        texts=("remark",),
        look="doc",
    ),
    opinion_kind(
        "opinions.replied",
        _("答复"),
        _("{by}答复了{subject}：{outcome}"),
        facts={"outcome": Named("opinion_outcome"), "means": Means, "round": int},
        look="doc",
    ),
    opinion_kind("opinions.taken_up", _("代表认领"), _("{deputy}认领了{subject}（{by}登记）")),
    opinion_kind(
        "opinions.raised",
        _("写进建议"),
        _("{deputy}把{subject}写进{suggestion}（{by}登记）"),
        facts={"suggestion": Named("suggestion", UUID)},
    ),
    opinion_kind(
        "opinions.raised_in_vain",
        _("建议没有办成"),
        _("{suggestion}不再办了，{subject}回到办公室（{by}登记）"),
        facts={"suggestion": Named("suggestion", UUID)},
        look="doc",
    ),
    opinion_kind(
        "opinions.passed_on", _("代表转出"), _("{deputy}把{subject}转回办公室：{reason}（{by}登记）"), texts=("reason",)
    ),
    opinion_kind(
        "opinions.rated",
        _("评价"),
        _("反映人评价：{satisfied}，{solved}"),
        facts={
            "satisfied": Rating.Satisfied,
            "solved": Rating.Solved,
            "wave": int,
            "why": Named("opinion_dissatisfied"),
        },
        texts=("words",),
    ),
    opinion_kind("opinions.unjudged", _("没有评价"), _("到期没有人评价{subject}"), look="clock"),
    opinion_kind("opinions.reopened", _("重新办"), _("反映人说没解决，{subject}重新办"), texts=("reason",)),
    opinion_kind(
        "opinions.promised",
        _("承诺"),
        _("{unit}承诺{on}前做到：{what}（{by}送出）"),
        facts={"on": date},
        texts=("what",),
        look="doc",
    ),
    opinion_kind("opinions.promise_kept", _("承诺做到"), _("{by}记下承诺已经做到：{note}"), texts=("note",)),
    opinion_kind("opinions.promise_lapsed", _("承诺到期"), _("承诺到期没有做到，{subject}重新办"), look="clock"),
    opinion_kind("opinions.late", _("逾期"), _("{subject}过了期限"), facts={"line": str, "role": str}, look="clock"),
    opinion_kind("opinions.handed_back", _("经办方不在了"), _("经办方不在了，{subject}回到办公室"), look="clock"),
    opinion_kind("opinions.code_reissued", _("换发查询码"), _("{by}给{subject}换发了查询码"), look="doc"),
    opinion_kind("opinions.erased", _("销毁原话"), _("到期销毁了{subject}的原话"), look="clock"),
)
