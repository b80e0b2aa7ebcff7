"""The book of papers as a list that is taken out to Excel."""

from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import day_of
from lianxin.ground.rulebook.exports import Column, Listing

PAPERS = Listing(
    "papers",
    _("发文登记簿"),
    (
        Column("number", _("发文字号"), 24, lambda paper: paper.number),
        Column("kind", _("种类"), 10, lambda paper: str(paper.get_kind_display())),
        Column("title", _("标题"), 44, lambda paper: paper.title),
        Column("to", _("主送"), 36, lambda paper: paper.to),
        Column("body", _("发文机构"), 28, lambda paper: str(paper.owner)),
        Column("issued_on", _("出文日期"), 12, lambda paper: day_of(paper.issued_at)),
        Column("erased_on", _("销毁日期"), 12, lambda paper: day_of(paper.erased_at) if paper.erased_at else None),
        Column("fingerprint", _("指纹"), 20, lambda paper: paper.fingerprint),
    ),
)
