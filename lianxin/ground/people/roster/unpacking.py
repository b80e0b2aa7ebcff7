"""What a file is before it is read as a roster: refuses what is no workbook, and measures its sheets."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from lianxin.ground.core.uploads import MEGABYTE, XLSX, Limits, UploadRefused, need
from lianxin.ground.people.roster.problems import RosterUnreadable

LIMITS = Limits(sent=30 * MEGABYTE)
LARGEST_BESIDE = 64 * MEGABYTE  # words and styles are held in memory whole; sheets are read row by row
ON_DISK = ("xl/worksheets/", "xl/media/")
LAST_ROW = 1_048_576  # of a sheet (ECMA-376)
MOST_MERGED = 200_000
STRICT = b"http://purl.oclc.org/ooxml/"  # a way to write workbooks that openpyxl does not read (ISO/IEC 29500-1)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
BROKEN = (  # what zipfile, expat and openpyxl raise for files that were cut, garbled or made to harm
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    expat.ExpatError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Whatever breaks in here breaks because the file is broken: raises RosterUnreadable, which says what to do."""
    try:
        yield
    except BROKEN as broken:
        raise RosterUnreadable(_("这个文件坏了，打不开。请在 Excel 或 WPS 里打开它，另存一份再上传。")) from broken


def refuse_other_files(file: Path) -> None:
    """Raise RosterUnreadable for what is no workbook, has a password, or is too large to be a roster."""
    with file.open("rb") as content:
        try:
            need(content, XLSX, limits=LIMITS)
        except UploadRefused as refused:
            raise RosterUnreadable(str(refused)) from refused
    with told_plainly(), zipfile.ZipFile(file) as packed, packed.open("xl/workbook.xml") as workbook:
        is_strict = STRICT in workbook.read(10_000)
        beside = [part.file_size for part in packed.infolist() if not part.filename.startswith(ON_DISK)]
    if is_strict:
        raise RosterUnreadable(_("这是“Strict Open XML”格式的工作簿。请另存为普通的“Excel 工作簿（.xlsx）”，再上传。"))
    if sum(beside) > LARGEST_BESIDE:
        raise RosterUnreadable(_("这个文件展开以后太大。请只留下名册用的工作表，删去多余的格式，再上传。"))


@dataclass
class Extent:
    """How far down a sheet is filled, and its merged cells as (first row, last row, first column, last column)."""

    last_row: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def measure(content: IO[bytes]) -> Extent:
    """Measure a sheet by one look at its XML. Rows with formats alone, of which some have a million, do not count.

    Raises ValueError for what no office's program writes: rows beyond the last, merged cells without end, entities.
    """
    extent, row = Extent(), 0

    def row_begins(attributes: dict[str, str]) -> None:
        nonlocal row
        row = int(attributes.get("r", row + 1))
        if not 0 < row <= LAST_ROW:
            raise ValueError(f"row {row}")

    def is_filled(attributes: dict[str, str]) -> None:
        extent.last_row = max(extent.last_row, row)

    def merged(attributes: dict[str, str]) -> None:
        from openpyxl.utils.cell import range_boundaries  # see sheets.read

        left, top, right, bottom = (edge or 0 for edge in range_boundaries(attributes["ref"]))
        if not (left and top and right and bottom) or len(extent.merged) == MOST_MERGED:
            raise ValueError("merged cells without end")
        extent.merged.append((top, bottom, left, right))

    told = {
        MAIN + "row": row_begins,
        MAIN + "v": is_filled,
        MAIN + "is": is_filled,
        MAIN + "f": is_filled,
        MAIN + "mergeCell": merged,
    }

    def begins(name: str, attributes: dict[str, str]) -> None:
        if action := told.get(name):
            action(attributes)

    def entity(*_declared: object) -> None:
        raise ValueError("a sheet declares no entities")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begins
    parser.EntityDeclHandler = entity
    parser.ParseFile(content)
    return extent
