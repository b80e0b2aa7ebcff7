"""From a file to rows: finds the sheets and their headers, fills merged cells, and refuses what is no workbook."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from lianxin.ground.people.roster import cells
from lianxin.ground.people.roster.columns import SHEETS, Column
from lianxin.ground.people.roster.problems import Problem, RosterUnreadable, nearest

OLE = b"\xd0\xcf\x11\xe0"  # an old .xls, or a workbook with a password
LARGEST_UNPACKED = 400 * 1024 * 1024
HEADER_WITHIN = 10  # rows: offices put a title, a date and a note above the header


@dataclass
class Sheet:
    """A sheet that was recognised: its title, which columns stand where, and its rows."""

    title: str
    columns: dict[int, Column]
    rows: list["Row"] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One row: its sheet and number, the values by column key, and where each column stands."""

    sheet: str
    number: int
    values: dict[str, Any]
    places: dict[str, tuple[int, str]]

    def problem(self, key: str, expected: str, found: Any = None, nearest: str = "") -> Problem:
        """A mistake in this row, at the column `key`."""
        column, header = self.places.get(key, (0, key))
        said = cells.text(self.values.get(key)) if found is None else str(found)
        return Problem(self.sheet, self.number, column, header, said or str(_("空")), expected, nearest)


@dataclass
class Reading:
    """What was read: rows by sheet name, mistakes, and notes about what was left aside."""

    rows: dict[str, list[Row]]
    problems: list[Problem]
    notes: list[str]


def read(file: Path) -> Reading:
    """Read a roster workbook. Raises RosterUnreadable with what to do where the file is no such thing."""
    _refuse_other_files(file)
    try:
        return _read(file)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ParseError, ValueError, EOFError, OSError) as broken:
        raise RosterUnreadable(_("这个文件坏了，打不开。请在 Excel 或 WPS 里打开它，另存一份再上传。")) from broken


def _refuse_other_files(file: Path) -> None:
    with file.open("rb") as content:
        head = content.read(8)
        if not head:
            raise RosterUnreadable(_("这个文件是空的，里面什么也没有。请检查选对文件没有。"))
        if head.startswith(OLE):
            content.seek(0)
            if "EncryptedPackage".encode("utf-16-le") in content.read():
                raise RosterUnreadable(_("这个文件有密码。请在 Excel 或 WPS 里去掉打开密码，再上传。"))
            raise RosterUnreadable(_("这是旧格式的 .xls 文件。请在 Excel 或 WPS 里另存为 .xlsx，再上传。"))
    if not zipfile.is_zipfile(file):
        raise RosterUnreadable(_("这不是 Excel 工作簿。请上传 .xlsx 文件，最好用这里下载的模板填写。"))
    with zipfile.ZipFile(file) as packed:
        names = set(packed.namelist())
        if "xl/workbook.xml" not in names:
            raise RosterUnreadable(_("这不是 Excel 工作簿。请上传 .xlsx 文件，最好用这里下载的模板填写。"))
        if sum(item.file_size for item in packed.infolist()) > LARGEST_UNPACKED:
            raise RosterUnreadable(_("这个文件展开以后太大。请只留下名册用的工作表，删去图片和多余的格式，再上传。"))


def _read(file: Path) -> Reading:
    reading = Reading(rows={name: [] for name in SHEETS}, problems=[], notes=[])
    book = load_workbook(file, read_only=True, data_only=False)
    seen: list[str] = []
    try:
        for sheet in book.worksheets:
            title = cells.text(sheet.title)
            if sheet.sheet_state != "visible":
                reading.notes.append(_("工作表“%(sheet)s”是隐藏的，没有读。") % {"sheet": title})
                continue
            merged = _merged(file, sheet._worksheet_path)
            found = _find_header(sheet, title, seen)
            if not found:
                reading.notes.append(_("工作表“%(sheet)s”不是名册，没有读。") % {"sheet": title})
                continue
            name, number, columns = found
            _report_headers(title, number, columns, SHEETS[name], reading)
            reading.rows[name] += _rows(sheet, title, number, columns, merged, reading)
    finally:
        book.close()
    if not any(reading.rows.values()) and not reading.problems:
        wanted = "、".join(column.header for column in SHEETS["代表名册"] if column.is_needed)
        raise RosterUnreadable(
            _("没有找到名册。要有一行表头，至少写着：%(headers)s。最好用这里下载的模板填写。") % {"headers": wanted}
        )
    return reading


def _merged(file: Path, path: str) -> dict[tuple[int, int], tuple[int, int]]:
    """Each cell that a merged one covers → the cell that holds its value."""
    covered = {}
    with zipfile.ZipFile(file) as packed, packed.open(path.lstrip("/")) as content:
        for _event, element in iterparse(content):
            if element.tag.endswith("}mergeCell"):
                left, top, right, bottom = range_boundaries(element.attrib["ref"])
                for row in range(top, min(bottom, top + 5000) + 1):
                    for column in range(left, right + 1):
                        covered[row, column] = (top, left)
            if element.tag.endswith("}row"):
                element.clear()
    return covered


def _find_header(sheet: Any, title: str, seen: list[str]) -> tuple[str, int, dict[int, Column | str]] | None:
    """Which sheet of the roster this is, in which row its header stands, and what each column is (or the unknown word)."""
    best: tuple[int, str, int, dict[int, Column | str]] | None = None
    for number, row in enumerate(sheet.iter_rows(max_row=HEADER_WITHIN, values_only=True), start=1):
        words = {index: cells.text(value) for index, value in enumerate(row, start=1) if cells.text(value)}
        for name, columns in SHEETS.items():
            known = {word: column for column in columns for word in (column.header, *column.also_called)}
            found = {index: known.get(re.sub(r"[\s*（(].*", "", word), word) for index, word in words.items()}
            hits = sum(isinstance(column, Column) for column in found.values())
            if hits >= 3 and (best is None or hits > best[0]):
                best = (hits, name, number, found)
    return best[1:] if best else None


def _report_headers(
    title: str, number: int, found: dict[int, Any], columns: tuple[Column, ...], reading: Reading
) -> None:
    """Mistakes in the header: a needed column missing, one standing twice, a word that is no column."""
    headers = [column.header for column in columns]
    there = [column for column in found.values() if isinstance(column, Column)]
    for column in columns:
        if column.is_needed and column not in there:
            said = [word for word in found.values() if isinstance(word, str)]
            reading.problems.append(
                Problem(title, number, 0, _("表头"), nearest(column.header, said) or _("没有这一列"), column.header)
            )
    for index, column in list(found.items()):
        if isinstance(column, str):
            near = nearest(column, headers)
            reading.notes.append(_("工作表“%(sheet)s”的“%(header)s”不是名册的列，没有读。") % {"sheet": title, "header": column} + (_("是不是“%(nearest)s”？") % {"nearest": near} if near else ""))  # fmt: skip
            del found[index]
        elif there.count(column) > 1:
            there.remove(column)
            reading.problems.append(Problem(title, number, index, _("表头"), column.header, _("每一列只写一次")))


def _rows(
    sheet: Any,
    title: str,
    header: int,
    columns: dict[int, Any],
    merged: dict[tuple[int, int], tuple[int, int]],
    reading: Reading,
) -> Iterator[Row]:
    held: dict[tuple[int, int], Any] = {}
    holders = set(merged.values())
    places = {column.key: (index, column.header) for index, column in columns.items()}
    for number, cells_of_row in enumerate(sheet.iter_rows(min_row=header + 1), start=header + 1):
        raw: dict[str, Any] = {}
        for index, cell in enumerate(cells_of_row, start=1):
            if (number, index) in holders:
                held[number, index] = cell.value
            if not (column := columns.get(index)):
                continue
            value = held.get(merged[number, index]) if (number, index) in merged else cell.value
            if cell.data_type == "f":
                expected = _("填好的值，不是公式：复制这一列，再用“选择性粘贴—数值”贴回去")
                reading.problems.append(Problem(title, number, index, column.header, str(cell.value), expected))
                value = None
            raw[column.key] = value
        if any(cells.text(raw.get(key)) for key in raw if not _comes_from_merge(merged, number, places[key][0])):
            yield Row(title, number, raw, places)


def _comes_from_merge(merged: dict[tuple[int, int], tuple[int, int]], row: int, column: int) -> bool:
    """Whether a cell only repeats a merged one above it: such a cell alone does not make a row."""
    return merged.get((row, column), (row, column)) != (row, column)
