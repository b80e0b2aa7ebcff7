"""The book of papers as a workbook."""

from collections.abc import Iterable
from typing import BinaryIO

from django.utils.translation import gettext as _

from lianxin.ground.core import workbooks
from lianxin.ground.core.clock import day_of
from lianxin.ground.documents.models import Paper

PLAIN = workbooks.FONT | {"valign": "top", "text_wrap": True}


def write(out: BinaryIO, papers: Iterable[Paper]) -> None:
    """Write them as rows: days as days, everything else as text, so that `=cmd` stays what somebody wrote."""
    book = workbooks.begun(out)
    sheet = book.add_worksheet(_("发文登记簿"))
    head = book.add_format(workbooks.HEAD)
    text, day = book.add_format({**PLAIN, "num_format": "@"}), book.add_format({**PLAIN, "num_format": "yyyy-mm-dd"})
    columns = (
        (_("发文字号"), 24),
        (_("种类"), 10),
        (_("标题"), 44),
        (_("主送"), 36),
        (_("发文机构"), 28),
        (_("出文日期"), 12),
        (_("销毁日期"), 12),
        (_("指纹"), 20),
    )
    for index, (name, width) in enumerate(columns):
        sheet.write_string(0, index, name, head)
        sheet.set_column(index, index, width)
    for row, paper in enumerate(papers, 1):
        told = (paper.number, paper.get_kind_display(), paper.title, paper.to, str(paper.body))
        for index, cell in enumerate(told):
            sheet.write_string(row, index, str(cell), text)
        for index, moment in ((5, paper.issued_at), (6, paper.erased_at)):
            if moment:
                sheet.write_datetime(row, index, day_of(moment), day)
        sheet.write_string(row, 7, paper.fingerprint, text)
    sheet.freeze_panes(1, 1)
    book.close()
