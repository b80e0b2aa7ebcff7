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
COLUMNS = {  # what our own books call them first, then what offices and other platforms write
    name: tuple(words.split())
    for name, words in {
        "words": "内容 留言详情 意见内容 text 原话 反映内容 反映问题 反映的问题 反映事项 反映情况 意见建议 意见建议内容 问题 诉求 诉求内容 主要内容 具体内容",
        "said_at": "时间 留言时间 日期 time 收到日期 收到时间 接待日期 接待时间 登记日期 登记时间 反映日期 反映时间 来访日期 来访时间 受理日期 受理时间 收集日期 收集时间",
        "title": "题目 主题 留言主题 title 标题 事由",
        "likes": "点赞数 同声 likes",
        "number": "编号 留言编号 number id",  # not 序号, which begins anew in every file
        "reply": "答复 答复意见 reply 答复内容 答复情况 办理结果 处理结果",
        "place": "哪里的事 地点 place 所在村 所在社区 所在村社区 村 社区 村社区 所属村 所属社区",
        "subject": "类别 subject",
        "heard_by": "谁听的",
        "duty": "值班代表",
        "visibility": "谁能看到",
        "outcome": "结果 答复类别 outcome",
    }.items()
}
NEEDED = ("words", "said_at")
COUNTED = ("序号", "no", "no.")  # the number of a row says nothing that could be missed


class TableRefused(RuleError):
    """The file is no table of opinions."""


@dataclass(frozen=True)
class Head:
    """The heads of one sheet: its title, the row they stand in, by column where it stands (from 0) and its word, and the words of others."""

    sheet: str
    row: int
    places: Mapping[str, tuple[int, str]]
    others: tuple[str, ...] = ()

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
            read = {index for index, _word in places.values()}
            others = (cells.text(cell) for index, cell in enumerate(row) if index not in read)
            return Head(sheet, number, places, tuple(word for word in others if word and plain(word) not in COUNTED))
    return None


def refusal(top: Sequence[Sequence[Any]]) -> TableRefused:
    """That no row names what every table has, with what that one says which looks most like heads."""
    words = max(([word for cell in row if (word := plain(cell))] for row in top), key=len, default=[])
    missing = [COLUMNS[name][0] for name in NEEDED if not any(known().get(word) == name for word in words)]
    told = {"missing": _("、").join(missing), "found": _("、").join(words[:12]) or _("没有")}
    return TableRefused(_("要有一行写明列名，缺了：%(missing)s。最像列名的一行是：%(found)s。") % told)


def plain(cell: Any) -> str:
    """A head in small letters, without stars and colons; what stands behind it in brackets is left off."""
    word = re.sub(r"[*＊:：]", "", cells.text(cell)).strip().lower()
    return re.sub(r"\s*[（(].*", "", word) or word
