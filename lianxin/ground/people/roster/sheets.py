"""From a file to rows: finds the sheets and their headers, fills merged cells, and reads every cell by its column."""

import hashlib
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lianxin.ground.people.roster import cells, headers
from lianxin.ground.people.roster.columns import ROSTER, Column, Layout
from lianxin.ground.people.roster.headers import Header
from lianxin.ground.people.roster.problems import Problem, Problems, RosterUnreadable
from lianxin.ground.people.roster.unpacking import Extent, measure, refuse_other_files, told_plainly

WIDEST = 512  # columns among which those of the roster are looked for
INSTRUCTIONS = "填写说明"  # a sheet of the template, never read
DAYS_FROM_1900_TO_1904 = 1462
NONE: frozenset[str] = frozenset()
SECTION = 3  # columns that a line over the rows is merged over


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row: its sheet, its number, what its cells say (None for a blank one), and which of them could not be read.

    `row["phone"]` is what was read in that column; a sheet of a province has 100,000 rows, so they are kept small.
    """

    header: Header
    number: int
    read: tuple[Any, ...]
    wrong: frozenset[str] = NONE

    def get(self, key: str, default: Any = None) -> Any:
        """What the cell in the column `key` says; `default` where it is blank, or could not be read."""
        place = self.header.order.get(key)
        return default if place is None or self.read[place] is None else self.read[place]

    def __getitem__(self, key: str) -> Any:
        """What the cell in the column `key` says, which it does."""
        return self.read[self.header.order[key]]

    def some(self, keys: Iterable[str]) -> dict[str, Any]:
        """What the cells in these columns say, without the blank ones."""
        return {key: value for key in keys if (value := self.get(key)) is not None}

    def __contains__(self, key: str) -> bool:
        """Whether the cell in the column `key` says something."""
        return self.get(key) is not None

    @property
    def is_whole(self) -> bool:
        """Whether every cell could be read, and every needed one is filled."""
        return not self.wrong and self.header.is_complete

    @property
    def position(self) -> tuple[int, int]:
        """Where the row stands in the workbook: sheet by sheet, and down each of them."""
        return self.header.sheet, self.number

    def problem(self, key: str, expected: str, nearest: str = "") -> Problem:
        """A mistake in this row, in the column `key`."""
        index, word = self.header.where(key)
        return Problem(self.header.title, self.number, index, word, self.shown(key), expected, nearest)

    def shown(self, key: str) -> str:
        """What a cell says, in the words of the sheet."""
        return self.header.column(key).shown(self.get(key)) or _("空")


@dataclass
class Reading:
    """What a workbook says, not yet compared with the platform: rows by sheet, mistakes, what was left aside, the file's SHA-256."""

    digest: str
    layout: Layout = ROSTER
    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = {name: [] for name in self.layout.sheets} | self.rows


def read(file: Path, layout: Layout = ROSTER) -> Reading:
    """Read a workbook of this layout. Raises RosterUnreadable with what to do where the file is no such thing. Asks no database."""
    from openpyxl import load_workbook  # 10 MB, which a process that reads no roster never needs

    refuse_other_files(file)
    has_header = False
    with file.open("rb") as content, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl tells of styles it does not know
        reading = Reading(hashlib.file_digest(content, "sha256").hexdigest(), layout)
        with told_plainly():
            book = load_workbook(content, read_only=True)
        for sheet in book.worksheets:
            has_header |= _read_sheet(file, sheet, reading)
    if not has_header:
        wanted = "、".join(column.header for column in layout.sheets[layout.main] if column.is_needed)
        told = _("没有找到%(what)s。要有一行表头，至少写着：%(headers)s。最好用这里下载的模板填写。") % {
            "headers": wanted,
            "what": layout.called,
        }
        raise RosterUnreadable("".join([told, *reading.notes]))
    if not reading.problems and not any(reading.rows.values()):
        raise RosterUnreadable(_("%(what)s是空的：表头下面一行也没有填。请填好再上传。") % {"what": layout.called})
    return reading


def _read_sheet(file: Path, sheet: Any, reading: Reading) -> bool:
    """Read a sheet if it is one of the roster; False where it is not, with a note."""
    title = cells.text(sheet.title)
    if title == INSTRUCTIONS:
        return False
    if sheet.sheet_state != "visible":
        reading.notes.append(_("工作表“%(sheet)s”是隐藏的，没有读。") % {"sheet": title})
        return False
    with told_plainly(), zipfile.ZipFile(file) as packed, packed.open(sheet._worksheet_path) as content:
        extent = measure(content)
    sheet.reset_dimensions()  # which some programs write wrong
    if not extent.last_row:
        return False
    place = sheet.parent.index(sheet)
    header = headers.find(title, _head(sheet, extent), reading.problems, reading.notes, place, reading.layout)
    if header is None:
        said = {"sheet": title, "what": reading.layout.called}
        reading.notes.append(_("工作表“%(sheet)s”不是%(what)s，没有读。") % said)
        return False
    reading.rows[header.name] += _rows(sheet, header, extent, reading)
    return True


def _head(sheet: Any, extent: Extent) -> list[list[Any]]:
    """The values of the first rows; a cell merged downwards says the same in each of its rows."""
    rows = [[cell.value for cell in row] for row in _cells(sheet, 1, min(headers.WITHIN, extent.last_row), WIDEST)]
    for top, bottom, left, _right in extent.merged:
        if top <= len(rows) and left <= len(rows[top - 1]):
            for row in rows[top:bottom]:
                row += [None] * (left - len(row))
                row[left - 1] = rows[top - 1][left - 1]
    return rows


def _cells(sheet: Any, first: int, last: int, columns: int) -> Iterator[Sequence[Any]]:
    with told_plainly():
        yield from sheet.iter_rows(min_row=first, max_row=last, max_col=columns)


def _rows(sheet: Any, header: Header, extent: Extent, reading: Reading) -> Iterator[Row]:
    """The rows below the header that say something, read cell by cell."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    starting: dict[int, list[tuple[int, int, int]]] = {}
    for top, bottom, left, right in extent.merged:
        starting.setdefault(top, []).append((bottom, left, right))
    is_1904 = sheet.parent.epoch == CALENDAR_MAC_1904
    columns = max(place.index for place in header.places.values())
    held: dict[int, tuple[int, Any]] = {}  # column → the last row of the merged cell that stands in it, and that cell
    for number, row in enumerate(_cells(sheet, header.row + 1, extent.last_row, columns), start=header.row + 1):
        here = starting.get(number, ())
        for bottom, left, _right in here:
            held[left] = (bottom, row[left - 1] if left <= len(row) else None)
        found, is_own = {}, False
        for key, place in header.places.items():
            cell = row[place.index - 1] if place.index <= len(row) else None
            is_own = is_own or _says(cell)
            if held and number <= held.get(place.index, (0,))[0]:
                cell = held[place.index][1]
            if cell is not None and cell.value is not None:
                found[key] = cell
        if not is_own or _is_header_again(header, found):
            continue
        if len(found) == 1 and any(right - left + 1 >= SECTION for _bottom, left, right in here):
            said = cells.text(next(iter(found.values())).value)
            reading.notes.append(
                _("工作表“%(sheet)s”第%(row)s行“%(text)s”是小标题，没有读。")
                % {"sheet": header.title, "row": number, "text": said}
            )
            continue
        yield _row(header, number, found, is_1904, reading.problems)


def _says(cell: Any) -> bool:
    """Whether somebody filled the cell. A formula alone, copied down, makes no row."""
    return cell is not None and cell.value is not None and cell.data_type != "f" and bool(cells.text(cell.value))


def _is_header_again(header: Header, found: dict[str, Any]) -> bool:
    """Whether a row repeats the header, as sheets do that are printed page by page."""
    return all(headers.plain(cell.value) == header.places[key].word for key, cell in found.items())


def _row(header: Header, number: int, found: dict[str, Any], is_1904: bool, problems: Problems) -> Row:
    """Read each filled cell by its column. A mistake is told; the others are read all the same."""
    read: list[Any] = [None] * len(header.places)
    unread: set[str] = set()

    def wrong(key: str, said: str, expected: Any, among: Iterable[str] = (), nearest: str = "") -> None:
        index, word = header.where(key)
        problems.add(Problem(header.title, number, index, word, said or _("空"), str(expected), nearest), among)
        unread.add(key)

    for key, cell in found.items():
        column, raw = header.places[key].column, _raw(cell, header.places[key].column, is_1904)
        if cell.data_type in "fe":
            wrong(key, cells.text(raw), _("填好的值，不是公式：复制这一列，再用“选择性粘贴—数值”贴回去"))
        elif cells.text(raw):
            try:
                read[header.order[key]] = column.read(raw)
            except cells.NotThat as other:
                wrong(key, cells.text(raw), other.expected or column.expected, column.words, other.nearest)
    for key in header.needed:
        if read[header.order[key]] is None and key not in unread:
            wrong(key, "", header.places[key].column.expected)
    return Row(header, number, tuple(read), frozenset(unread) if unread else NONE)


def _raw(cell: Any, column: Column, is_1904: bool) -> Any:
    """What the cell holds, as its office sees it: 7 formatted as 000 is 007, and some workbooks count days from 1904."""
    value = cell.value
    if cell.data_type == "f":
        return getattr(value, "text", value)  # a formula over several cells keeps its text apart
    if cell.data_type != "n":
        return value
    if is_1904 and column.read is cells.day:
        return value + DAYS_FROM_1900_TO_1904
    shown_as = cell.number_format
    if isinstance(value, int) and set(shown_as) == {"0"}:
        return str(value).zfill(len(shown_as))
    return value
