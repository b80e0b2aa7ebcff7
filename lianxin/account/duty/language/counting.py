"""What is recorded, what of it is counted, what is asked."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from pydantic import BeforeValidator, model_validator

from lianxin.account.duty.language.numbers import Number
from lianxin.account.duty.language.who import RecordCodes, RoleCodes, SchemeCode, as_tuple
from lianxin.ground.rulebook.blocks import Block, Called, EventKindCode, Flag, Span, Text
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.rule import Marked
from lianxin.ground.rulebook.shapes import Tells

UNITS = {  # what a record measures: in words, and how many of the smallest steps of its measure make one
    "time": (pgettext_lazy("单位", "次"), 1),
    "half_day": (gettext_lazy("个半天"), 1),
    "day": (pgettext_lazy("单位", "天"), 2),
    "hour": (gettext_lazy("小时"), 60),
    "person": (gettext_lazy("人"), 1),
    "person_time": (gettext_lazy("人次"), 1),
    "item": (gettext_lazy("项"), 1),
    "yuan": (gettext_lazy("元"), 100),
    "point": (gettext_lazy("分"), 1000),
}
EVERY = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
EVERY_WORDS = {
    "record": gettext_lazy("每条记录"),
    "target": gettext_lazy("每个对象"),
    "day": gettext_lazy("每天"),
    "month": gettext_lazy("每月"),
    "quarter": gettext_lazy("每季度"),
    "half_year": gettext_lazy("每半年"),
    "year": gettext_lazy("每年"),
    "period": gettext_lazy("整个周期"),
}
CREDITS = {
    "each": gettext_lazy("每人都算一整份"),
    "split": gettext_lazy("大家平分"),
    "lead_only": gettext_lazy("只算领衔的"),
    "as_recorded": gettext_lazy("按记录的份额"),
}
NOTHING_WORDS = {
    "full": gettext_lazy("算满"),
    "zero": gettext_lazy("算零"),
    "left_out": gettext_lazy("不计入，总分按比例折算"),
}


class RecordRule(Called, Marked):
    """记录 A kind of record that items count. `of` are the platform's kinds of events behind it.

    `unit` is what one measures; without it each is one time. `checked_by` are the roles that confirm one before it
    counts, each another person. `typed_within` is how late one may be entered.
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "unit": gettext_lazy("单位"),
        "of": gettext_lazy("来自"),
        "measure": gettext_lazy("取哪个数"),
        "checked_by": gettext_lazy("谁核实"),
        "typed_within": gettext_lazy("多久之内录入"),
        "evidence": gettext_lazy("凭据"),
    }

    unit: Annotated[
        Literal["time", "half_day", "day", "hour", "person", "person_time", "item", "yuan", "point"],
        Tells(lambda unit: UNITS[unit][0]),
    ] = "time"
    of: tuple[EventKindCode, ...] = ()
    measure: Text | None = None
    checked_by: RoleCodes = ()
    typed_within: Span | None = None
    evidence: Text | None = None


class AtMost(Block):
    """计数的上限 The most that counts, within one record, of one target, on one day and so on."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = EVERY_WORDS

    record: Number | None = None
    target: Number | None = None
    day: Number | None = None
    month: Number | None = None
    quarter: Number | None = None
    half_year: Number | None = None
    year: Number | None = None
    period: Number | None = None


ROLES = {
    "lead": pgettext_lazy("role", "领衔"),
    "cosigner": pgettext_lazy("role", "附议"),
    "member": pgettext_lazy("role", "参加"),
}
RolesInRecord = Annotated[
    tuple[Annotated[Text, Tells(lambda role: ROLES.get(role, role))], ...], BeforeValidator(as_tuple)
]


class CountsRule(Block):
    """计数 Which records count, in which roles, and how far; or the `ties` of a scheme. Short: one code of a record, or a list."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "records": gettext_lazy("记录"),
        "ties": gettext_lazy("结对的对象"),
        "roles": gettext_lazy("角色"),
        "credit": gettext_lazy("多人参加时"),
        "at_most": gettext_lazy("至多计入"),
        "as_times": gettext_lazy("只算次数"),
    }

    records: RecordCodes = ()
    ties: SchemeCode | None = None
    roles: RolesInRecord = ()
    credit: Annotated[Literal["each", "split", "lead_only", "as_recorded"], Tells(lambda word: CREDITS[word])] = "each"
    at_most: AtMost | None = None
    as_times: Flag = False

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"records": value} if isinstance(value, str | tuple) else value

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """Neither records nor ties, or both; what is said of records, said of ties."""
        if not self.records and self.ties is None:
            yield Wrong(("records",), _("记录的代码；数结对对象的，写 ties"))
        for key in ("records", "roles", "at_most", "as_times"):
            if self.ties is not None and getattr(self, key):
                yield Wrong((key,), _("没有这个键：写了 ties，数的就是结对的对象"))


Often = Annotated[Literal["month", "quarter", "half_year", "year"], Tells(lambda word: EVERY_WORDS[word])]


class AsksRule(Block):
    """要求 What is required: at least so many, or a share out of what was held; or at most so many."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "at_least": gettext_lazy("至少"),
        "at_most": gettext_lazy("至多"),
        "out_of": gettext_lazy("应到"),
        "less": gettext_lazy("扣除"),
        "every": gettext_lazy("按"),
        "toward": gettext_lazy("对每个结对对象"),
        "if_nothing_required": gettext_lazy("没有应做的时"),
    }

    at_least: Number | None = None
    at_most: Number | None = None
    out_of: CountsRule | None = None
    less: CountsRule | None = None
    every: Often | None = None
    toward: SchemeCode | None = None
    if_nothing_required: (
        Annotated[Literal["full", "zero", "left_out"], Tells(lambda word: NOTHING_WORDS[word])] | None
    ) = None


def unit_words(unit: str) -> str:
    """What a unit is called."""
    return str(UNITS[unit if unit in UNITS else "time"][0])
