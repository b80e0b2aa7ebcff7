"""工作簿 What is handed out for Excel: one look, days as days, and text that stays text."""

from io import BytesIO
from typing import Any, BinaryIO

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = {"font_name": "宋体", "font_size": 11}
HEAD = FONT | {"valign": "vcenter", "bold": True, "bg_color": "#F2ECE1", "border": 1, "text_wrap": True}


def begun(out: BinaryIO) -> Any:
    """A new workbook in which `=cmd` and addresses stay what somebody wrote."""
    return xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


def handed_out(out: BytesIO, name: str) -> HttpResponse:
    """The workbook as a file that is saved under this name."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(out.getvalue(), content_type=MEDIA_TYPE, headers=headers)
