"""Somebody brings a ledger to its page, and the worker looks at it."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianxin.affairs.opinions.models import LedgerUpload
from lianxin.affairs.stations.models import Station

LEDGERS = "/desk/opinions/ledgers/"
STAGE = LedgerUpload.Stage
LEDGER = ("收到日期", "编号", "来路", "哪里的事", "类别", "原话", "交给谁", "结果", "到期日", "答复日期", "反映人评价")
RECEPTION = ("日期", "值班代表", "谁听的", "编号", "哪里的事", "原话", "类别", "结果", "谁能看到")


def sheet(heads: Sequence[str], *rows: dict[str, Any], above: Iterable[str] = ()) -> bytes:
    """A workbook with these heads, under some lines, and rows by head."""
    book = openpyxl.Workbook()
    for line in above:
        book.active.append([line])
    book.active.append(list(heads))
    for row in rows:
        book.active.append([row.get(head) for head in heads])
    return saved(book)


def saved(book: Any) -> bytes:
    """The workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(client: Client, content: bytes, name: str = "台账.xlsx", station: Station | None = None) -> Any:
    """Upload a ledger, as the form does without JavaScript."""
    data = {"file": SimpleUploadedFile(name, content), "station": station.pk if station else ""}
    return client.post(LEDGERS, data)


def upload() -> LedgerUpload:
    """The latest one."""
    return LedgerUpload.objects.latest("made_at")
