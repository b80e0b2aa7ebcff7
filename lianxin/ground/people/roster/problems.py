"""What is wrong in a workbook, told so that the person who filled it can find and mend it."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

LISTED = 100  # mistakes of one column told one by one; the rest is counted, so that no column hides another's


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it stands (sheet, row from 1, column from 1), what was found, what is expected, and the nearest right word."""

    sheet: str
    row: int
    column: int
    header: str
    found: str
    expected: str
    nearest: str = ""

    @property
    def cell(self) -> str:
        """The cell as the office's program names it, such as D17; the row alone where the sheet has no such column."""
        from openpyxl.utils import get_column_letter  # see sheets.read

        return f"{get_column_letter(self.column)}{self.row}" if self.column else str(self.row)

    def __str__(self) -> str:
        text = _("工作表“%(sheet)s”%(cell)s（%(header)s）：填的是“%(found)s”，应当是%(expected)s。") % {
            **asdict(self),
            "cell": self.cell,
        }
        return text + (_("是不是“%(nearest)s”？") % {"nearest": self.nearest} if self.nearest else "")

    def as_json(self) -> dict[str, Any]:
        """The problem as plain values, to be kept with an upload."""
        return {**asdict(self), "cell": self.cell}


class Problems:
    """The mistakes of one workbook, in the order of the sheet: of each column the first 100 in full, and how many there are."""

    def __init__(self) -> None:
        self._listed: list[Problem] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    @property
    def count(self) -> int:
        """How many there are."""
        return self._counts.total()

    def copy(self) -> "Problems":
        """The same mistakes, to which others can be added."""
        other = Problems()
        other._listed, other._counts = self._listed[:], self._counts.copy()
        return other

    def add(self, problem: Problem, among: Iterable[str] = ()) -> None:
        """Collect a mistake; `among` are the right words, of which the nearest is told."""
        column = problem.sheet, problem.header
        self._counts[column] += 1
        if self._counts[column] <= LISTED:
            near = problem.nearest or nearest(problem.found, among)
            self._listed.append(replace(problem, nearest=near))

    def more(self) -> list[tuple[str, str, int]]:
        """Of which columns there are more than are listed: sheet, header, how many more."""
        return [(*column, count - LISTED) for column, count in self._counts.items() if count > LISTED]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Problem]:
        """The listed ones: the sheets in their order, each from the top."""
        sheets = list(dict.fromkeys(problem.sheet for problem in self._listed))
        return iter(sorted(self._listed, key=lambda it: (sheets.index(it.sheet), it.row, it.column)))


class RosterUnreadable(Exception):
    """The file as a whole cannot be read; the text says why and what to do."""


def nearest(found: str, right: Iterable[str]) -> str:
    """The right word most like `found`, or nothing. A number is like another only where two digits changed places."""
    number = _digits(found)
    alike = [word for word in right if not number or _is_slip(number, _digits(word))]
    return next(iter(difflib.get_close_matches(found, alike, n=1, cutoff=0.5)), "")


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdecimal())


def _is_slip(number: str, other: str) -> bool:
    """Whether two numbers are the same, or differ by two digits that changed places."""
    differing = [pair for pair in zip(number, other, strict=False) if pair[0] != pair[1]]
    return sorted(number) == sorted(other) and len(differing) in (0, 2)
