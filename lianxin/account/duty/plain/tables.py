"""Tables as people save them from Excel: CSV in UTF-8 or GBK, with Chinese or English heads and full-width digits."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from lianxin.account.duty.language.numbers import parse_number
from lianxin.account.duty.language.who import plain
from lianxin.ground.rulebook.problems import Problem, listed, nearest, quoted

MOST_TOLD = 20  # mistakes of one file; whoever mends these asks again
DAY_SHAPES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
TIME_SHAPES = ("%H:%M", "%H:%M:%S")


class TooManyMistakes(Exception):
    """A file has more mistakes than anybody reads at once."""


@dataclass
class Mistakes:
    """What is wrong in a file, up to so many."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, head: str, found: str, expected: str, near: str = "") -> None:
        """One more. Raises TooManyMistakes when there are enough."""
        self.problems.append(Problem(self.file, line, head, quoted(found), expected, near))
        if len(self.problems) >= MOST_TOLD:
            raise TooManyMistakes


@dataclass(frozen=True)
class Column:
    """One column: its key, and every head under which people write it; `is_needed` in every file."""

    key: str
    heads: tuple[str, ...]
    is_needed: bool = False


def rows(
    file: str, content: bytes, columns: Sequence[Column], mistakes: Mistakes, prefixes: Mapping[str, Sequence[str]] = {}
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with their lines, by the columns' keys; empty cells and columns nobody asks for are left out.

    `prefixes` are columns of which there may be several, each with a code behind a colon. Mistakes of the heads are noted.
    """
    lines = csv.reader(io.StringIO(text_of(content)), delimiter=_delimiter(content))
    try:
        heads = _heads(next(lines, []), columns, mistakes, prefixes)
        for cells in lines:
            told = {key: cell for key, cell in zip(heads, map(plain, cells), strict=False) if key and cell}
            if told:
                yield lines.line_num, told
    except csv.Error as error:
        mistakes.add(lines.line_num, "", str(error), _("一张表：每行一条，栏目之间用逗号"))


def text_of(content: bytes) -> str:
    """The text, whatever Excel saved it in."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def _delimiter(content: bytes) -> str:
    head = content.split(b"\n", 1)[0]
    return "\t" if head.count(b"\t") > head.count(b",") else ","


def _heads(
    written: Sequence[str], columns: Sequence[Column], mistakes: Mistakes, prefixes: Mapping[str, Sequence[str]]
) -> list[str]:
    known = {plain(head).lower(): column.key for column in columns for head in (column.key, *column.heads)}
    heads = []
    for head in written:
        name = plain(head).lower()
        before, colon, code = name.partition(":")
        prefix = next((key for key, words in prefixes.items() if before in (key, *words)), "")
        heads.append(f"{prefix}:{code}" if colon and prefix else known.get(name, ""))
    for column in columns:
        if column.is_needed and column.key not in heads and (own := _claimed(column, written)) is not None:
            heads[own] = column.key
        if column.is_needed and column.key not in heads:
            near = nearest(column.heads[0], [plain(head) for head in written])
            mistakes.add(1, "", listed(written), _("一栏“%(head)s”") % {"head": column.heads[0]}, near)
    return heads


def _claimed(column: Column, written: Sequence[str]) -> int | None:
    """Where a head stands that means this column too: of a list with names alone, the names are whom it lists."""
    words = {plain(head).lower() for head in column.heads}
    return next((number for number, head in enumerate(written) if plain(head).lower() in words), None)


def day_of(text: str) -> date | None:
    """The day a cell says, with or without a time behind it; None for anything else."""
    moment = moment_of(text)
    return moment.date() if moment else None


def moment_of(text: str) -> datetime | None:
    """The moment a cell says; a day alone is its first moment; None for anything else, such as a day that is not."""
    day, _space, time = text.replace("T", " ").partition(" ")
    for shape in DAY_SHAPES:
        for clock in TIME_SHAPES if time else ("",):
            try:
                return datetime.strptime(f"{day} {time}".strip(), f"{shape} {clock}".strip())
            except ValueError:
                continue
    return None


def number_of(text: str) -> Fraction | None:
    """The number a cell says; 1,250 and 30元 are numbers too; None for anything else."""
    return parse_number(text.replace(",", "").rstrip("次元分天人个小时半项"))
