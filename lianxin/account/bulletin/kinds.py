"""The kinds of events about the bulletin. Putting together a draft writes none; what somebody answers for does."""

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from lianxin.account.bulletin.models.item import Agreed
from lianxin.ground.core.events import EventKind

bulletin_kind = partial(EventKind, subject="bulletin", look="doc")

KINDS = (
    bulletin_kind("bulletin.begun", _("开始编简报"), _("{by}开始编{subject}")),
    bulletin_kind("bulletin.submitted", _("简报送复核"), _("{by}把{subject}送去复核"), facts={"edition": int}),
    bulletin_kind("bulletin.reviewed", _("简报复核"), _("{by}复核了{subject}，送去签发"), facts={"edition": int}),
    bulletin_kind("bulletin.sent_back", _("简报退回"), _("{by}把{subject}退给编辑：{reason}"), texts=("reason",)),
    bulletin_kind(
        "bulletin.issued",
        _("签发简报"),
        _("{by}签发了{subject}，指纹{fingerprint}"),
        facts={"number": int, "algorithm": str, "fingerprint": str},
    ),
    bulletin_kind(
        "bulletin.agreed",
        _("同意登在简报上"),
        _("{by}记下：说话的人同意登在{subject}上"),
        facts={"how": Agreed, "on": date, "number": str},
    ),
    bulletin_kind(
        "bulletin.withheld",
        _("简报里撤下一条"),
        _("{by}从{subject}撤下了一条：{reason}"),
        facts={"digest": str},
        texts=("reason",),
    ),
    bulletin_kind(
        "bulletin.forgotten", _("简报里的话随原话删去"), _("群众的原话删去了，{subject}里登它的一条也删去了文字")
    ),
    bulletin_kind("bulletin.corrected", _("简报更正"), _("{by}更正了{subject}：{words}"), texts=("words",)),
)
