"""The kinds of events of files and letterheads. That a paper was issued is told of what it is about, by the app that issues it.

The subject of what is done with a file is the file; its owner is the party, so that its timeline shows it. None names a
file: what a file is called may tell who sent it.
"""

from collections.abc import Iterator
from functools import partial
from itertools import chain

from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import EventKind
from lianxin.ground.documents.models import FileKind, PaperKind

OWNER = "owner"


def _of_papers(prefix: str, subject: str) -> Iterator[EventKind]:
    """What a body, or a unit (documents.unit_headed and so on), lays down for its papers."""
    told = partial(EventKind, subject=subject, look="doc")
    template = partial(told, facts={"what": PaperKind, "version": int})
    headed = _("定单位的发文机关") if prefix else _("定发文机关")
    yield told(f"documents.{prefix}headed", headed, _("{by}定下了{subject}的发文机关"))
    yield template(
        f"documents.{prefix}template_taken", _("启用公文模板"), _("{by}给{subject}的{what}启用了模板，第{version}版")
    )
    yield template(
        f"documents.{prefix}template_left",
        _("停用公文模板"),
        _("{by}停用了{subject}的{what}模板（第{version}版），改用内置版式"),
    )


KINDS = (
    EventKind(
        "documents.kept",
        _("收存文件"),
        _("{by}收存了一份文件（{what}）"),
        subject="file",
        parties=(OWNER,),
        facts={"what": FileKind},
        look="doc",
    ),
    EventKind(
        "documents.handed_on",
        _("文件归入"),
        _("{by}把一份文件（{what}）归入这件事"),
        subject="file",
        parties=(OWNER,),
        facts={"what": FileKind},
        look="doc",
    ),
    EventKind(
        "documents.looked_at",
        _("看过文件"),
        _("{by}看过一份文件（{what}），可以公开：{is_public}，办的人可以看：{is_for_handlers}"),
        subject="file",
        parties=(OWNER,),
        facts={"what": FileKind, "is_public": bool, "is_for_handlers": bool},
        look="doc",
    ),
    EventKind(
        "documents.discarded",
        _("删去文件"),
        _("{by}删去了一份文件（{what}）"),
        subject="file",
        parties=(OWNER,),
        facts={"what": FileKind},
        look="doc",
    ),
    EventKind(
        "documents.printed_out",
        _("印发公文"),
        _("{by}印发了{subject}，{copies}份，发给：{to}"),
        subject="paper",
        facts={"copies": int},
        texts=("to",),
        look="doc",
    ),
    *chain.from_iterable(_of_papers(*whose) for whose in (("", "body"), ("unit_", "unit"))),
)
