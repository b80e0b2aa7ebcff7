"""Items: what they give, on what conditions, with which edges."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy
from pydantic import Field

from lianxin.account.duty.language.counting import AsksRule, CountsRule
from lianxin.account.duty.language.numbers import Edge, Number
from lianxin.account.duty.language.who import ItemCode, ItemCodes, RecordCode, SomeOf
from lianxin.ground.rulebook.blocks import NONE, Block, Called, Flag, Named, Text
from lianxin.ground.rulebook.rule import Rule
from lianxin.ground.rulebook.shapes import Tells
from lianxin.lib.scoring.spec import Bounds

TOTAL = "total"  # the code of the total, which no item has
BY = {
    "points": gettext_lazy("得分"),
    "count": pgettext_lazy("计数", "次数"),
    "share": gettext_lazy("完成的比例"),
    "missing": gettext_lazy("差的次数"),
}
COMBINES = {
    "mean": gettext_lazy("平均"),
    "weighted": gettext_lazy("加权平均"),
    "median": gettext_lazy("中位数"),
    "min": gettext_lazy("最低的"),
    "max": gettext_lazy("最高的"),
    "trimmed": gettext_lazy("去掉一个最高和一个最低后平均"),
}
WAYS = {"half_up": gettext_lazy("四舍五入"), "up": gettext_lazy("往上"), "down": gettext_lazy("往下")}
MISSING = {"wait": gettext_lazy("等齐再算"), "drop": gettext_lazy("按已有的算")}
EDGES: Mapping[str, str | Promise] = {
    "at_least": gettext_lazy("不少于"),
    "more_than": gettext_lazy("多于"),
    "at_most": gettext_lazy("不多于"),
    "less_than": gettext_lazy("少于"),
}


class Within(Block):
    """From where to where a value lies: `at_least` and `at_most` with their edge, the others without."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = EDGES

    at_least: Number | None = None
    more_than: Number | None = None
    at_most: Number | None = None
    less_than: Number | None = None

    @property
    def bounds(self) -> Bounds:
        """As a value."""
        return Bounds(self.at_least, self.more_than, self.at_most, self.less_than)


class TierRow(Within):
    """One row of a table."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {**EDGES, "points": gettext_lazy("得分")}

    points: Number


class TiersRule(Block):
    """分档 A table: the first row that fits gives its points; where none fits, none are given."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {"by": gettext_lazy("依据"), "rows": gettext_lazy("档次")}

    by: Annotated[Literal["count", "share", "missing"], Tells(lambda word: BY[word])]
    rows: tuple[TierRow, ...] = Field(min_length=1)


class RatedRule(Block):
    """评分 Marks of several raters. `raters` are roles with their weights; `grades` what a grade is worth in points.

    Without `grades`, marks are points. `record` is the kind of record that holds one mark.
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "record": gettext_lazy("评分的记录"),
        "raters": gettext_lazy("谁评，各占多少"),
        "grades": gettext_lazy("等次各得几分"),
        "combine": gettext_lazy("怎样合成"),
        "if_missing": gettext_lazy("有人没有评"),
    }

    record: RecordCode
    raters: Named[Number] = Field(min_length=1)
    grades: Named[Number] = NONE
    combine: Annotated[
        Literal["mean", "weighted", "median", "min", "max", "trimmed"], Tells(lambda word: COMBINES[word])
    ]
    if_missing: Annotated[Literal["wait", "drop"], Tells(lambda word: MISSING[word])]


class GivesRule(Block):
    """计分 What an item is worth: the sum of what is written here."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "base": gettext_lazy("基础分"),
        "each": gettext_lazy("每一个"),
        "full": gettext_lazy("全部做到，做到一部分的按比例"),
        "met": gettext_lazy("做到要求"),
        "each_met": gettext_lazy("每做到一期"),
        "missing": gettext_lazy("每差一个"),
        "beyond": gettext_lazy("每多一个"),
        "tiers": gettext_lazy("分档"),
        "rated": gettext_lazy("评分"),
        "adds": gettext_lazy("相加"),
        "highest_of": gettext_lazy("取最高的"),
        "lowest_of": gettext_lazy("取最低的"),
    }

    base: Number | None = None
    each: Number | None = None
    full: Number | None = None
    met: Number | None = None
    each_met: Number | None = None
    missing: Number | None = None
    beyond: Number | None = None
    tiers: TiersRule | None = None
    rated: RatedRule | None = None
    adds: ItemCodes = ()
    highest_of: ItemCodes = ()
    lowest_of: ItemCodes = ()


class ConditionRule(Block):
    """条件 One item's figure within edges, or whether its requirement is met; or several conditions together."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "item": gettext_lazy("项目"),
        "met": gettext_lazy("做到要求"),
        **BY,
        "all_of": gettext_lazy("同时"),
        "any_of": gettext_lazy("任一"),
        "not": gettext_lazy("并非"),
    }

    item: ItemCode | None = None
    met: Flag | None = None
    points: Within | None = None
    count: Within | None = None
    share: Within | None = None
    missing: Within | None = None
    all_of: tuple["ConditionRule", ...] = ()
    any_of: tuple["ConditionRule", ...] = ()
    none_of: "ConditionRule | None" = Field(None, alias="not")


class WeightRule(Block):
    """系数 What the points of some parties are multiplied by."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {"for": gettext_lazy("对象"), "times": gettext_lazy("乘以")}

    whom: SomeOf = Field(alias="for")
    times: Number


class RoundRule(Block):
    """取整 To a multiple of a number, in a direction."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {"to": gettext_lazy("取到"), "way": gettext_lazy("方向")}

    to: Number
    way: Annotated[Literal["half_up", "up", "down"], Tells(lambda word: WAYS[word])]


class Worked(Rule):
    """What items and the total have alike: their edges, conditions, weights and rounding."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "at_least": gettext_lazy("至少得"),
        "at_most": gettext_lazy("至多得"),
        "zero_if": gettext_lazy("记零分的条件"),
        "weights": gettext_lazy("系数"),
        "round": gettext_lazy("取整"),
    }

    at_least: Edge | None = None
    at_most: Edge | None = None
    zero_if: ConditionRule | None = None
    weights: tuple[WeightRule, ...] = ()
    rounding: RoundRule | None = Field(None, alias="round")


class ItemRule(Called, Worked):
    """项目 One line of a sheet; without `gives` it is an obligation, and `follows` says what follows a miss."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        **Worked.LABELS,
        "for": gettext_lazy("对象"),
        "counts": gettext_lazy("计数"),
        "asks": gettext_lazy("要求"),
        "gives": gettext_lazy("计分"),
        "evidence": gettext_lazy("凭据"),
        "follows": gettext_lazy("没做到的"),
    }

    whom: SomeOf | None = Field(None, alias="for")
    counts: CountsRule | None = None
    asks: AsksRule | None = None
    gives: GivesRule | None = None
    evidence: Text | None = None
    follows: Text | None = None


class TotalRule(Worked):
    """总分 What the items come to; without `adds`, every item that no other item takes in."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {**Worked.LABELS, "adds": gettext_lazy("相加")}

    adds: ItemCodes = ()


def edge(written: Fraction | str | None) -> Fraction | None:
    """An edge as a value: none where it is open or not written."""
    return None if isinstance(written, str) else written
