"""A regulation: for whom, from when, in which periods; its records, items, total, grades, and what is proposed to whom."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from pydantic import BeforeValidator, Field

from lianxin.account.duty.language.counting import EVERY_WORDS, Often, RecordRule
from lianxin.account.duty.language.items import ConditionRule, ItemRule, TotalRule, Within
from lianxin.account.duty.language.numbers import Number
from lianxin.account.duty.language.who import RecordCodes, Whom, Words
from lianxin.ground.rulebook.articles import Article
from lianxin.ground.rulebook.blocks import NONE, Block, Called, Count, Day, Fillable, Flag, Named, Span, Text
from lianxin.ground.rulebook.checking import Wrong, refuse
from lianxin.ground.rulebook.rule import Rule
from lianxin.ground.rulebook.rules import InForce, Paper
from lianxin.ground.rulebook.shapes import Expects, Tells
from lianxin.lib.calendars.spans import Unit
from lianxin.lib.scoring.periods import LATEST_START, Cycle, Stretch, cut

JOINS = {
    "prorate": gettext_lazy("按在任的天数"),
    "full": gettext_lazy("照全期要求"),
    "from_next_period": gettext_lazy("从下一期起要求"),
}
AUDIENCES = {
    "self": gettext_lazy("本人"),
    "group": gettext_lazy("小组"),
    "body": gettext_lazy("本级代表"),
    "district": gettext_lazy("选区"),
    "public": gettext_lazy("公众"),
}
EVERY_YEAR = 2000  # the year of a day that is one of every year
_MONTHS = {Unit.MONTH: 1, Unit.HALF_YEAR: 6, Unit.YEAR: 12}
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")


def _start(value: Any) -> date:
    """A day on which a period began, or month and day of every year."""
    found = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    with suppress(ValueError):
        day = date(EVERY_YEAR, int(found[1]), int(found[2])) if found else date.fromisoformat(str(value))
        if day.day <= LATEST_START:
            return day
    raise refuse(_("月和日，如 09-01；或者某一期开始的日子，如 2021-12-20；至多到28日"))


class PeriodRule(Block):
    """周期 How long a period is and when one begins; or the first and the last day of a single one."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "every": gettext_lazy("每"),
        "starts": gettext_lazy("开始"),
        "from": gettext_lazy("从"),
        "to": gettext_lazy("到"),
    }

    every: Span | None = None
    starts: Annotated[
        date,
        BeforeValidator(_start),
        Expects(gettext_lazy("月和日，如 09-01；或者某一期开始的日子")),
        Tells(lambda day: date_format(day, "MONTH_DAY_FORMAT" if day.year == EVERY_YEAR else "DATE_FORMAT")),
    ] = date(EVERY_YEAR, 1, 1)
    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to")

    @property
    def months(self) -> int:
        """How many months a period has; of a single one, 0."""
        return self.every.count * _MONTHS[self.every.unit] if self.every else 0

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """A length that is not in months; neither a length nor two days; an end before the start."""
        if self.every and self.every.unit not in _MONTHS:
            yield Wrong(("every",), _("几个月或几年，如 3个月、半年、1年"))
        single = (self.first, self.last)
        if self.every is None and None in single:
            yield Wrong(("every",), _("周期的长短，如 1年；只有一期的，写 from 和 to"))
        if self.every and single != (None, None):
            yield Wrong(("from",), _("没有这个键：写了 every，就不写 from 和 to"))
        if self.first and self.last and self.last < self.first:
            yield Wrong(("to",), _("不早于%(day)s的日子") % {"day": self.first})

    @property
    def single(self) -> Stretch | None:
        """The only period; None where periods follow each other."""
        if self.first is None or self.last is None:
            return None
        return Stretch(self.first, self.last + timedelta(days=1))

    def is_filled_by(self, months: int) -> bool:
        """Whether parts of so many months, counted from its start, fill a period."""
        try:
            cut(self.single or Cycle(self.months, self.starts).at(self.starts), months)
        except ValueError:
            return False
        return True

    def at(self, day: date) -> Stretch | None:
        """The period in which a day lies; None where it lies in none."""
        if self.every:
            return Cycle(self.months, self.starts).at(day)
        single = self.single
        return single if single and day in single else None


class LeaveRule(Called):
    """请假 A type of leave; `taken_off`: its days are not asked of whoever was away."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {"taken_off": gettext_lazy("不计入应做的天数")}

    taken_off: Flag


class BandRule(Block):
    """等次 A grade: between which totals, except for whom, and which share of all may have it."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        **Within.LABELS,
        "grade": gettext_lazy("等次"),
        "unless": gettext_lazy("不得评为此等次"),
        "at_most_of_all": gettext_lazy("至多占"),
        "ties": gettext_lazy("名额边上同分的"),
    }

    grade: Text
    at_least: Number | None = None
    more_than: Number | None = None
    at_most: Number | None = None
    less_than: Number | None = None
    unless: ConditionRule | None = None
    at_most_of_all: Number | None = None
    ties: (
        Annotated[
            Literal["all_in", "none_in"],
            Tells(lambda word: {"all_in": _("都算在内"), "none_in": _("都不算在内")}[word]),
        ]
        | None
    ) = None


class WhenRule(Block):
    """触发 What has to hold in a closed period: a grade, being among the last so many, or a condition."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "grades": gettext_lazy("等次"),
        "last": gettext_lazy("末几名"),
        "if": pgettext_lazy("后果", "条件"),
    }

    grades: Words = ()
    last: Count | None = None
    condition: ConditionRule | None = Field(None, alias="if")


class ConsequenceRule(Called, Rule):
    """后果 What is proposed to a body, never done by itself; `law` is the statute that limits it."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "when": gettext_lazy("何时"),
        "in_a_row": gettext_lazy("连续几期"),
        "proposes": pgettext_lazy("后果", "提出"),
        "to": gettext_lazy("由谁决定"),
        "law": gettext_lazy("法律的界限"),
    }

    when: WhenRule
    in_a_row: Count = 1
    proposes: Text
    to: Text
    law: Article | None = None


class AppealRule(Rule):
    """申诉 How long the person may ask for a review before anybody else is told, and whom."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {"within": gettext_lazy("期限"), "to": gettext_lazy("向谁提出")}

    within: Fillable[Span]
    to: Text


class ToldRule(Rule):
    """公布 How often results are told, and to whom; the person is always told first."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {"every": gettext_lazy("多久一次"), "to": gettext_lazy("告诉谁")}

    every: Annotated[Literal["month", "quarter", "half_year", "year", "period"], Tells(lambda word: EVERY_WORDS[word])]
    to: tuple[
        Annotated[Literal["self", "group", "body", "district", "public"], Tells(lambda word: AUDIENCES[word])], ...
    ] = Field(min_length=1)


class DrawnRule(Rule):
    """抽查 Which share of the records of some kinds is checked at random, by whom; the seed is told beforehand."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "records": gettext_lazy("记录"),
        "share": gettext_lazy("抽多少"),
        "every": gettext_lazy("多久一次"),
        "by": gettext_lazy("谁来查"),
    }

    records: RecordCodes = Field(min_length=1)
    share: Number
    every: Often
    by: Text


class RegulationRule(Rule):
    """考核办法 One regulation: whom it scores or obliges, by what, in which periods, with what following from it."""

    TITLE: ClassVar[str | Promise] = ""
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "body": gettext_lazy("制定机关"),
        "in_force": gettext_lazy("施行"),
        "papers": gettext_lazy("依据的文件"),
        "whom": gettext_lazy("对象"),
        "period": gettext_lazy("周期"),
        "join": gettext_lazy("中途到任、离任的"),
        "leave": gettext_lazy("请假"),
        "records": gettext_lazy("记录"),
        "items": gettext_lazy("项目"),
        "total": gettext_lazy("总分"),
        "bands": gettext_lazy("等次"),
        "consequences": gettext_lazy("结果的使用"),
        "appeal": gettext_lazy("申诉"),
        "told": gettext_lazy("公布"),
        "drawn": gettext_lazy("抽查"),
    }

    title: Text
    english: Text | None = None
    body: Fillable[Text]
    in_force: InForce
    papers: Named[Paper] = NONE
    whom: Whom
    period: PeriodRule
    join: Annotated[Literal["prorate", "full", "from_next_period"], Tells(lambda word: JOINS[word])]
    leave: Named[LeaveRule] = NONE
    records: Named[RecordRule] = Field(min_length=1)
    items: Named[ItemRule] = Field(min_length=1)
    total: TotalRule | None = None
    bands: tuple[BandRule, ...] = ()
    consequences: Named[ConsequenceRule] = NONE
    appeal: AppealRule | None = None
    told: ToldRule | None = None
    drawn: tuple[DrawnRule, ...] = ()

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """What each key alone does not show: see checks/."""
        from lianxin.account.duty.language.checks import wrong

        yield from wrong(self)
