"""What is wrong in a workbook, told so that the person who filled it can find and mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter


@dataclass(frozen=True)
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
        """The cell as the office's program names it, such as D17; the row alone where no column is meant."""
        return f"{get_column_letter(self.column)}{self.row}" if self.column else str(self.row)

    def __str__(self) -> str:
        text = _("工作表“%(sheet)s”%(cell)s（%(header)s）：填的是“%(found)s”，应当是%(expected)s。") % {
            **asdict(self),
            "cell": self.cell,
        }
        return text + (_("是不是“%(nearest)s”？") % {"nearest": self.nearest} if self.nearest else "")

    def as_json(self) -> dict[str, Any]:
        """The problem as plain values, to be kept with an upload."""
        return {**asdict(self), "cell": self.cell, "text": str(self)}


class RosterUnreadable(Exception):
    """The file as a whole cannot be read; the text says why and what to do."""


def nearest(found: str, right: Iterable[str]) -> str:
    """The right word most like `found`, or nothing."""
    return next(iter(difflib.get_close_matches(found, list(right), n=1, cutoff=0.5)), "")
