"""Writes workbooks for tests, as offices have them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook


def workbook(folder: Path, rows: Sequence[dict[str, Any]], title: str = "代表名册", name: str = "a.xlsx") -> Path:
    """A workbook whose header is the keys of all rows, in the order they first appear."""
    headers = list(dict.fromkeys(key for row in rows for key in row))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    sheet.append(headers)
    for row in rows:
        sheet.append([row.get(header) for header in headers])
    file = folder / name
    book.save(file)
    return file
