"""Which row of a table names its columns, and what each of them is: in the words of our own books, or in older ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from lianxin.affairs.opinions.registers import REGISTERS
from lianxin.ground.core.errors import RuleError
from lianxin.ground.people.roster import cells

WITHIN = 10  # rows: offices put a title, a date and a note above the heads
COLUMNS = {
    "words": ("内容", "留言详情", "意见内容", "text", "原话"),
    "said_at": ("时间", "留言时间", "日期", "time", "收到日期"),
    "title": ("题目", "主题", "留言主题", "title"),
    "likes": ("点赞数", "同声", "likes"),
    "number": ("编号", "留言编号", "number", "id"),
    "reply": ("答复", "答复意见", "reply"),
    "place": ("哪里的事", "地点", "place"),
    "subject": ("类别", "subject"),
    "heard_by": ("谁听的",),
    "duty": ("值班代表",),
    "visibility": ("谁能看到",),
    "outcome": ("结果", "答复类别", "outcome"),
}
NEEDED = ("words", "said_at")
LEFT_OUT = ("交给谁", "到期日", "答复日期", "反映人评价")  # what others did, which nobody did here


class TableRefused(RuleError):
    """The file is no table of opinions."""


@dataclass(frozen=True)
class Head:
    """The heads of one sheet: its title, the row they stand in, and by column where it stands (from 0) and its word."""

    sheet: str
    row: int
    places: Mapping[str, tuple[int, str]]

    @property
    def is_reception(self) -> bool:
        """Whether the sheet is a book of receptions, which is one station's."""
        return "heard_by" in self.places or "duty" in self.places


@cache
def known() -> dict[str, str]:
    """Every word that a column may be called by, in small letters, with the column's name."""
    found = {word: name for name, words in COLUMNS.items() for word in words}
    for register in (REGISTERS["ledger"], REGISTERS["reception"]):
        for label, _width in register.columns:
            with override("zh-hans"):
                name = found.get(str(label))
            for language, _name in settings.LANGUAGES:
                with override(language):
                    if name:
                        found.setdefault(plain(label), name)
    return found


def find(sheet: str, rows: Sequence[Sequence[Any]]) -> Head | None:
    """The heads among the first rows of a sheet; None where none of them names what every table has."""
    for number, row in enumerate(rows[:WITHIN], 1):
        places: dict[str, tuple[int, str]] = {}
        for index, cell in enumerate(row):
            if name := known().get(plain(cell)):
                places.setdefault(name, (index, cells.text(cell)))
        if all(name in places for name in NEEDED):
            return Head(sheet, number, places)
    return None


def refusal(first: Sequence[Any]) -> TableRefused:
    """That no row names what every table has, with what its first row says."""
    words = [plain(cell) for cell in first]
    missing = [COLUMNS[name][0] for name in NEEDED if not any(known().get(word) == name for word in words)]
    told = {"missing": _("、").join(missing), "found": _("、").join(filter(None, words[:12])) or _("没有")}
    return TableRefused(_("要有一行写明列名，缺了：%(missing)s。现在的第一行是：%(found)s。") % told)


def plain(cell: Any) -> str:
    """A head in small letters, without stars and colons; what stands behind it in brackets is left off."""
    word = re.sub(r"[*＊:：]", "", cells.text(cell)).strip().lower()
    return re.sub(r"\s*[（(].*", "", word) or word
