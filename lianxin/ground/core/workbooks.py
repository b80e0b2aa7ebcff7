"""工作簿 What is handed out for Excel: one look, days as days, and text that stays text."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

A4 = 9  # as workbooks number it (ECMA-376, 18.3.1.63)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = {"font_name": "宋体", "font_size": 11}
HEAD = FONT | {"valign": "vcenter", "bold": True, "bg_color": "#F2ECE1", "border": 1, "text_wrap": True}


PLAIN = FONT | {"valign": "top", "text_wrap": True}
Cell = str | int | date | None


def write(out: BinaryIO, title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> None:
    """One sheet with a head that stays and filters: days as days, numbers as numbers, everything else as text.

    `heads` are names and widths. Rows are written as they come, so that however many there are take no more memory.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book: Any = xlsxwriter.Workbook(out, options)
    sheet, head = book.add_worksheet(title[:31]), book.add_format(HEAD)
    shapes = (
        {"num_format": "@"},
        {"num_format": "0", "align": "right", "indent": 1},
        {"num_format": "yyyy-mm-dd", "align": "left"},
    )
    looks = [book.add_format(PLAIN | shape) for shape in shapes]
    for index, (name, width) in enumerate(heads):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, name, head)
    number = 0
    for number, row in enumerate(rows, 1):
        for index, cell in enumerate(row):
            _put(sheet, number, index, cell, *looks)
    sheet.freeze_panes(1, 1)
    _as_printed(sheet)
    sheet.autofilter(0, 0, number, len(heads) - 1)
    book.close()


def _as_printed(sheet: Any) -> None:
    """As offices print a list: A4 across, as wide as one page, with the head on every page."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _put(sheet: Any, row: int, column: int, cell: Cell, text: Any, number: Any, day: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, number)
    else:
        sheet.write_string(row, column, cell or "", text)


def begun(out: BinaryIO) -> Any:
    """A new workbook in which `=cmd` and addresses stay what somebody wrote."""
    return xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


def handed_out(out: BytesIO, name: str) -> HttpResponse:
    """The workbook as a file that is saved under this name."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(out.getvalue(), content_type=MEDIA_TYPE, headers=headers)
