"""Opinions out of a table that an office kept elsewhere: time, text, and how many said the same.

A row is one opinion, told today for the day that stands in it; imported twice, it is one. Rows that cannot be taken
are counted and shown with their reason, and the others are taken.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from lianxin.affairs.opinions.actions import replying, sorting, telling
from lianxin.affairs.opinions.models import Channel, Opinion, Visibility
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.uploads import XLSX, need
from lianxin.ground.people.models import Region

COLUMNS = {
    "words": ("内容", "留言详情", "意见内容", "text"),
    "said_at": ("时间", "留言时间", "日期", "time"),
    "title": ("题目", "主题", "留言主题", "title"),
    "likes": ("点赞数", "同声", "likes"),
    "number": ("编号", "留言编号", "number", "id"),
    "reply": ("答复", "答复意见", "reply"),
}
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日")
AT_ONCE = 100
MOST_LIKES = 100_000


class TableRefused(RuleError):
    """The file is no table of opinions."""


@dataclass
class Report:
    """What became of the rows: how many were told, answered, known already; and what was wrong, by line."""

    told: int = 0
    replied: int = 0
    known: int = 0
    wrong: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One row of the table, by our names of columns; `line` as the office counts, the heading being the first."""

    line: int
    cells: Mapping[str, Any]

    def id_in(self, source: str) -> UUID:
        """The same row of the same source has the same id, whenever it is imported."""
        key = self.cells.get("number") or f"{self.cells.get('said_at')}\n{self.cells.get('words')}"
        return uuid5(NAMESPACE_OID, f"lianxin:opinions:{source}:{key}")


def rows(file: Path) -> Iterator[Row]:
    """The rows of a CSV, XLSX or Parquet file. Raises TableRefused, UploadRefused."""
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise TableRefused(_("要的是.csv、.xlsx或.parquet文件。请另存一份再导入。"))
    lines = iter(reader(file))
    names = _names(next(lines, ()))
    for number, cells in enumerate(lines, 2):
        named = {name: cells[at] for name, at in names.items() if at < len(cells)}
        if any(value not in (None, "") for value in named.values()):
            yield Row(number, named)


def _names(heading: Iterable[Any]) -> dict[str, int]:
    written = [str(cell or "").strip().lower() for cell in heading]
    found = {
        name: next(written.index(word) for word in words if word in written)
        for name, words in COLUMNS.items()
        if any(word in written for word in words)
    }
    if missing := [COLUMNS[name][0] for name in ("words", "said_at") if name not in found]:
        told = {"missing": _("、").join(missing), "found": _("、").join(filter(None, written)) or _("没有")}
        raise TableRefused(_("第一行要写明列名，缺了：%(missing)s。现在的第一行是：%(found)s。") % told)
    return found


def _csv(file: Path) -> Iterator[tuple[Any, ...]]:
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = "".join(map(_line, raw.splitlines(keepends=True)))
        except UnicodeDecodeError as error:
            told = _("看不出这个文件用的什么编码。请用Excel打开，另存为.xlsx再导入。")
            raise TableRefused(told) from error
    yield from map(tuple, csv.reader(io.StringIO(text, newline="")))


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


def _xlsx(file: Path) -> Iterator[tuple[Any, ...]]:
    import openpyxl  # only where somebody imports

    with file.open("rb") as opened:
        need(opened, XLSX)
        book = openpyxl.load_workbook(opened, read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)


def _parquet(file: Path) -> Iterator[tuple[Any, ...]]:
    import duckdb  # only where somebody imports

    try:
        found = duckdb.connect(":memory:").execute("SELECT * FROM read_parquet(?)", [str(file)])
    except duckdb.Error:
        raise TableRefused(_("打不开这个.parquet文件，它可能坏了。请重新导出一份。")) from None
    yield tuple(column[0] for column in found.description or ())
    while batch := found.fetchmany(1000):
        yield from batch


READERS: dict[str, Callable[[Path], Iterator[tuple[Any, ...]]]] = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}


def take_over(
    found: Iterable[Row], *, source: str, region: Region, outcome: str, by: UUID | None, at: datetime
) -> Report:
    """Tell every row that can be told, a hundred in one transaction. Rows with a reply are answered under `outcome`."""
    report, lines = Report(), iter(found)
    while batch := list(islice(lines, AT_ONCE)):
        with transaction.atomic():
            for row in batch:
                try:
                    with transaction.atomic():
                        _take(row, report, source, region, outcome, by, at)
                except RuleError as error:
                    report.wrong.append((row.line, str(error)))
    return report


def _take(row: Row, report: Report, source: str, region: Region, outcome: str, by: UUID | None, at: datetime) -> None:
    id = row.id_in(source)
    if Opinion.objects.filter(pk=id).exists():
        report.known += 1
        return
    opinion = telling.tell(
        telling.Telling(
            id=id,
            words=str(row.cells.get("words") or ""),
            title=str(row.cells.get("title") or ""),
            region=region,
            channel=Channel.IMPORTED,
            visibility=Visibility.STAFF,
            said_on=_day(row.cells.get("said_at"), day_of(at)),
        ),
        by=by,
        at=at,
    )
    report.told += 1
    if likes := _count(row.cells.get("likes")):
        telling.echo_all(opinion, likes, at=at)
    if reply := str(row.cells.get("reply") or "").strip():
        if not by or not outcome:
            raise TableRefused(_("有答复的行要说明由谁导入、算哪一类答复。"))
        sorting.accept(opinion, by=by, at=at)
        replying.answer_now(opinion, reply, outcome, by=by, at=at)
        report.replied += 1


def _day(value: Any, latest: date) -> date:
    day = _read_day(value)
    if day > latest:
        raise TableRefused(_("“%(day)s”还没有到。请改成已经过去的日子。") % {"day": day})
    return day


def _read_day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = str(value or "").strip().replace("T", " ").split(" ")[0]
    for form in DAYS:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    raise TableRefused(_("看不懂日期“%(written)s”，请写成2026-03-01。") % {"written": str(value or "")[:40]})


def _count(value: Any) -> int:
    if value in (None, ""):
        return 0
    try:
        count = int(str(value).strip())
    except ValueError:
        raise TableRefused(_("看不懂点赞数“%(written)s”，请写整数。") % {"written": str(value)[:40]}) from None
    if not 0 <= count <= MOST_LIKES:
        raise TableRefused(_("点赞数%(count)d不像是真的，请看一看。") % {"count": count})
    return count
