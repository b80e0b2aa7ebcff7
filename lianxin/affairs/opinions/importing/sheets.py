"""From a file to rows: finds the sheet and its heads, fills merged cells, and reads CSV as offices have it."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils.translation import gettext as _

from lianxin.affairs.opinions.importing import heads
from lianxin.affairs.opinions.importing.heads import Head, TableRefused
from lianxin.ground.people.roster import cells
from lianxin.ground.people.roster.problems import Problem, RosterUnreadable
from lianxin.ground.people.roster.unpacking import Extent, measure, refuse_other_files, told_plainly

NOTES = 20  # rows that are none, told one by one
TOTALS = re.compile(r"(合计|总计|小计|共计)")  # what begins the last row of a book, or of each page
WIDEST = 256  # columns among which the heads are looked for
FILLED_DOWN = frozenset(("said_at", "place", "subject", "heard_by", "duty", "visibility"))  # merged over several rows
SAYING = ("words", "said_at", "number")  # a row with none of these is none
DAYS_FROM_1900_TO_1904 = 1462
csv.field_size_limit(10 * 1024 * 1024)


class Unfit(str):
    """What a cell holds in the place of a value: a formula, or an error that one gave."""

    __slots__ = ()


@dataclass(frozen=True)
class Row:
    """One row of the table, by our names of columns; `line` as the office counts, from the top of the sheet."""

    line: int
    cells: Mapping[str, Any]
    head: Head = field(default_factory=lambda: Head("", 1, {}), repr=False)

    def text(self, name: str) -> str:
        """What a cell says, on one line; nothing where it is blank or the sheet has no such column."""
        return cells.text(self.cells.get(name))

    def id_in(self, source: str) -> UUID:
        """What the row of this source was known by before books could be imported, which it still is."""
        key = self.cells.get("number") or f"{self.cells.get('said_at')}\n{self.cells.get('words')}"
        return uuid5(NAMESPACE_OID, f"lianxin:opinions:{source}:{key}")

    def problem(self, name: str, found: str, expected: str) -> Problem:
        """What is wrong with a cell."""
        index, word = self.head.places.get(name, (-1, heads.COLUMNS[name][0]))
        return Problem(self.head.sheet, self.line, index + 1, word, found or _("空"), expected)


@dataclass
class Table:
    """The rows of a file, read as they are asked for, and what was left aside on the way."""

    rows: Iterator[Row]
    notes: list[str] = field(default_factory=list)


Reader = Callable[[Path, list[str]], Iterator[Row]]


def read(file: Path, ending: str = "") -> Table:
    """The rows of a CSV, XLSX or Parquet file. Raises TableRefused, at once or while rows are read."""
    reader = READERS.get((ending or file.suffix).lower())
    if reader is None:
        raise TableRefused(_("要的是.csv、.xlsx或.parquet文件。请另存一份再导入。"))
    notes: list[str] = []
    return Table(reader(file, notes), notes)


def _csv(file: Path, notes: list[str]) -> Iterator[Row]:
    with file.open("rb") as opened:
        raw = opened.read()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = "".join(map(_line, raw.splitlines(keepends=True)))
        except UnicodeDecodeError as error:
            told = _("看不出这个文件用的什么编码。请用Excel打开，另存为.xlsx再导入。")
            raise TableRefused(told) from error
    try:
        yield from _plain(map(tuple, csv.reader(io.StringIO(text, newline=""))), notes)
    except csv.Error as error:
        raise TableRefused(_("这个.csv文件坏了。请用Excel打开，另存为.xlsx再导入。")) from error


def _line(raw: bytes) -> str:
    """A line of a file that was put together from others: each in its own encoding. Raises UnicodeDecodeError."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")
    has_han = any(
        "\u2e80" <= letter <= "\uffef" for letter in text
    )  # a few words in GB18030 are other letters in UTF-8
    return text if has_han or text.isascii() else raw.decode("gb18030")


def _parquet(file: Path, notes: list[str]) -> Iterator[Row]:
    import duckdb  # only where somebody imports

    try:
        found = duckdb.connect(":memory:").execute("SELECT * FROM read_parquet(?)", [str(file)])
    except duckdb.Error:
        raise TableRefused(_("打不开这个.parquet文件，它可能坏了。请重新导出一份。")) from None
    lines: list[Any] = [tuple(column[0] for column in found.description or ())]
    yield from _plain(chain(lines, iter(found.fetchone, None)), notes)


def _plain(lines: Iterator[Any], notes: list[str]) -> Iterator[Row]:
    """Rows of a file that has no sheets."""
    first = list(islice(lines, heads.WITHIN))
    head = heads.find("", first)
    if head is None:
        raise heads.refusal(first)
    _note_others(head, notes)
    for number, line in enumerate(chain(first[head.row :], lines), head.row + 1):
        said = {name: line[at] for name, (at, _word) in head.places.items() if at < len(line)}
        if row := _row(head, number, said, notes, line):
            yield row


def _xlsx(file: Path, notes: list[str]) -> Iterator[Row]:
    import openpyxl  # only where somebody imports

    try:
        refuse_other_files(file)
        with file.open("rb") as opened, warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl tells of styles it does not know
            with told_plainly():
                book = openpyxl.load_workbook(opened, read_only=True)
            yield from _sheets(file, book, notes)
    except RosterUnreadable as unreadable:
        raise TableRefused(str(unreadable)) from unreadable


def _sheets(file: Path, book: Any, notes: list[str]) -> Iterator[Row]:
    """The rows of every sheet that somebody sees and that has our heads."""
    unread: list[Sequence[Any]] = []
    has_found = False
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            notes.append(_("工作表“%(sheet)s”是隐藏的，没有读。") % {"sheet": sheet.title})
            continue
        with told_plainly(), zipfile.ZipFile(file) as packed, packed.open(sheet._worksheet_path) as content:
            extent = measure(content)
        sheet.reset_dimensions()  # which some programs write wrong
        top = [[cell.value for cell in row] for row in _cells(sheet, 1, min(heads.WITHIN, extent.last_row))]
        if head := heads.find(sheet.title, top):
            has_found = True
            _note_others(head, notes)
            yield from _rows(sheet, head, extent, notes)
        elif any(cells.text(value) for row in top for value in row):
            notes.append(_("工作表“%(sheet)s”没有“内容”和“时间”两列，没有读。") % {"sheet": sheet.title})
            unread += top
    if not has_found:
        raise heads.refusal(unread)


def _note_others(head: Head, notes: list[str]) -> None:
    """Who brings a book reads which of its columns stay behind: names and phones do, and what others did."""
    if head.others:
        notes.append(_("没有读的列：%(columns)s。") % {"columns": _("、").join(head.others)})


def _cells(sheet: Any, first: int, last: int) -> Iterator[Sequence[Any]]:
    if first <= last:
        with told_plainly():
            yield from sheet.iter_rows(min_row=first, max_row=last, max_col=WIDEST)


def _rows(sheet: Any, head: Head, extent: Extent, notes: list[str]) -> Iterator[Row]:
    """The rows below the heads; what was merged over several of them stands in each."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    is_1904 = sheet.parent.epoch == CALENDAR_MAC_1904
    merged = {(top, left): bottom for top, bottom, left, _right in extent.merged}
    held: dict[
        str, tuple[int, Any]
    ] = {}  # column → the last row of the merged cell that stands in it, and what it says
    for number, row in enumerate(_cells(sheet, head.row + 1, extent.last_row), head.row + 1):
        said: dict[str, Any] = {}
        for name, (at, _word) in head.places.items():
            value = _value(row[at], name, is_1904) if at < len(row) else None
            if name in FILLED_DOWN and (bottom := merged.get((number, at + 1))):
                held[name] = (bottom, value)
            said[name] = value
        if any(_says(value) for value in said.values()):
            said |= {name: value for name, (last, value) in held.items() if number <= last}
            if found := _row(head, number, said, notes, (cell.value for cell in row)):
                yield found


def _value(cell: Any, name: str, is_1904: bool) -> Any:
    """What a cell holds; a formula, or the error of one, as Unfit."""
    value = cell.value
    if cell.data_type in "fe":
        return Unfit(getattr(value, "text", value))  # a formula over several cells keeps its text apart
    if is_1904 and name == "said_at" and cell.data_type == "n" and isinstance(value, int | float):
        return value + DAYS_FROM_1900_TO_1904
    return value


def _is_total(line: Iterable[Any]) -> bool:
    """Whether a row counts the others, by its first cell that says something."""
    return bool(TOTALS.match(next((word for value in line if (word := cells.text(value))), "").replace(" ", "")))


def _row(head: Head, number: int, said: Mapping[str, Any], notes: list[str], line: Iterable[Any]) -> Row | None:
    """A row that says something and does not repeat the heads, as sheets do that are printed page by page; `line` is all of it."""
    if all(heads.plain(said.get(name)) == heads.plain(word) for name, (_at, word) in head.places.items()):
        return None
    if not any(_says(value) for value in said.values()):
        return None
    if not _says(said.get("said_at")) and _is_total(line):
        told = _("第%(row)s行是合计，没有读。")
    elif any(_says(said.get(name)) for name in SAYING):
        return Row(number, said, head)
    else:
        told = _("第%(row)s行没有日期、编号和原话，没有读。")
    if len(notes) < NOTES:
        notes.append(told % {"row": number})
    return None


def _says(value: Any) -> bool:
    return value is not None and bool(cells.text(value))


READERS: dict[str, Reader] = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}
