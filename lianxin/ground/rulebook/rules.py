"""The rulebook's own sections: the first page, names of things, recurring days, clocks and lists."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, BeforeValidator, Field

from lianxin.ground.rulebook.articles import Article, ArticleNumber
from lianxin.ground.rulebook.blocks import (
    NONE,
    PLACEHOLDERS,
    Block,
    Count,
    Day,
    EventKindCode,
    Fillable,
    Flag,
    Named,
    RecurringDays,
    Span,
    Text,
)
from lianxin.ground.rulebook.checking import Wrong, refuse
from lianxin.ground.rulebook.problems import nearest
from lianxin.ground.rulebook.rule import Bounded, Marked, Rule
from lianxin.ground.rulebook.sections import all_names
from lianxin.ground.rulebook.shapes import CodeOf, Expects, Tells
from lianxin.lib.calendars.clocks import Clock, Pause, Thresholds
from lianxin.lib.calendars.spans import Unit

LEVELS = {"province": gettext_lazy("省级"), "city": gettext_lazy("地级"), "county": gettext_lazy("县级")}

# preset.yaml


def _division(value: Any) -> str:
    text = str(value) if type(value) is int else value
    if isinstance(text, str) and len(text) == 6 and text.isascii() and text.isdecimal():
        return text
    raise refuse(_("六位行政区划代码"))


class InForce(Marked):
    """施行日期 The days on which a preset is in force, both included; without an end, until another follows."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "from": gettext_lazy("从"),
        "to": gettext_lazy("到"),
    }

    start: Day = Field(alias="from")
    end: Day | None = Field(None, alias="to")

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """An end before the start."""
        if self.end and self.end < self.start:
            yield Wrong(("to",), _("不早于%(day)s的日子") % {"day": self.start})


class Paper(Marked):
    """文件 A law, a regulation or a plan that rules are taken from. Rules name it by its key, which is its short name.

    `known_from` is where we know it from, where the paper itself was not read. `articles` say by their numbers what they
    are about: the library tells of those that nothing follows from.
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "dated": gettext_lazy("日期"),
        "known_from": gettext_lazy("见于"),
        "articles": gettext_lazy("各条写的"),
    }

    title: Text
    dated: Fillable[Day]
    known_from: Text | None = None
    articles: Annotated[Mapping[ArticleNumber, Text], AfterValidator(MappingProxyType)] = NONE


class Papers(Block):
    """The first page of `_base`: the laws it holds."""

    name: Text
    papers: Named[Paper] = Field(min_length=1)


class FirstPage(Marked):
    """首页 What stands first in a preset: whose it is, from when to when, and the papers its rules are taken from."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("概况")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "name": gettext_lazy("名称"),
        "division": gettext_lazy("区划代码"),
        "level": gettext_lazy("级别"),
        "platform": gettext_lazy("平台"),
        "body": gettext_lazy("主管的人大"),
        "in_force": gettext_lazy("施行"),
        "adopted_by": gettext_lazy("通过它的文件"),
        "papers": gettext_lazy("依据的文件"),
    }

    name: Text
    division: Annotated[str, BeforeValidator(_division), Expects(gettext_lazy("六位行政区划代码"))]
    level: Annotated[Literal["province", "city", "county"], Tells(lambda level: LEVELS[level])]
    platform: Text
    body: Text
    in_force: InForce
    adopted_by: Fillable[Text]
    papers: Named[Paper] = NONE

    @classmethod
    def wrong_as_written(cls, data: Mapping[str, Any]) -> Iterator[Wrong]:
        """A paper that is not among the papers."""
        yield from super().wrong_as_written(data)
        paper, papers = data.get("adopted_by"), data.get("papers")
        known = list(papers) if isinstance(papers, dict) else []
        if isinstance(paper, str) and paper not in (*PLACEHOLDERS, *known):
            yield Wrong(("adopted_by",), _("papers 里写明的文件"), nearest=nearest(paper, known))


# names.yaml


def _name_code(value: Any) -> str:
    if value in all_names():
        return str(value)
    raise refuse(_("可以另取名称的事物"), nearest=nearest(str(value), all_names()))


NameCode = Annotated[str, BeforeValidator(_name_code)]


class NameRules(Block):
    """事物的名称 What things are called here, where it is not what they are usually called."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("事物的名称")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "names": gettext_lazy("这里的叫法"),
    }

    names: Annotated[Mapping[NameCode, Text], AfterValidator(MappingProxyType)] = NONE


# days.yaml


class DayRule(Rule):
    """重复的日子 A day that comes round and is no reception: a day to hand in, a day to meet."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "days": gettext_lazy("哪天"),
    }

    ASSUMABLE = ("moves",)

    name: Text
    days: Fillable[RecurringDays]


class DayRules(Block):
    """Recurring days by code."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("重复的日子")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "days": gettext_lazy("日子"),
    }

    days: Named[DayRule] = NONE


# clocks.yaml


class PauseRule(Block):
    """中止 From one kind of event to another the time does not count."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "start": gettext_lazy("从"),
        "stop": gettext_lazy("到"),
    }

    name: Text
    start: EventKindCode
    stop: EventKindCode


class ClockRule(Bounded):
    """时限 From one kind of event to another no more than a span may pass.

    The unit of the span says what is counted, days or working days. `soon` before the due day a matter is soon due,
    more than `long_late` after it, long late. `ends_on_working_day`: a due day that is not worked gives way to the next
    working day (Civil Code, art. 203).
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "start": gettext_lazy("从"),
        "span": gettext_lazy("期间"),
        "stop": gettext_lazy("到"),
        "soon": gettext_lazy("提前多久提醒"),
        "long_late": gettext_lazy("超过多久算久拖"),
        "pauses": gettext_lazy("不算的时间"),
        "ends_on_working_day": gettext_lazy("到期日遇假顺延"),
    }

    FIGURE = "span"
    SAME = ("start", "stop")

    name: Text
    start: EventKindCode
    span: Span
    stop: EventKindCode
    soon: Span
    long_late: Span
    pauses: tuple[PauseRule, ...] = ()
    ends_on_working_day: Flag = False

    @property
    def lines(self) -> Thresholds:
        """From when on a clock is soon due, and when it is long late."""
        return Thresholds(self.soon, self.long_late)

    def clock(self, started: date, pauses: Sequence[Pause] = (), stopped: date | None = None) -> Clock:
        """The clock of one matter, ready for `calendars.readings.read_clock`. Days, or moments for a span of hours."""
        return Clock(
            started=started,
            span=self.span,
            thresholds=self.lines,
            pauses=pauses,
            stopped=stopped,
            ends_on_working_day=self.ends_on_working_day,
        )

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """Thresholds in a unit that the clock cannot be read in, and what every bounded rule may have wrong."""
        yield from super().wrong_in_itself()
        is_in_hours = self.span.unit is Unit.HOUR
        for key in ("soon", "long_late"):
            if (getattr(self, key).unit is Unit.HOUR) != is_in_hours:
                yield Wrong((key,), _("与时限相称的单位：小时的时限用小时，其他的用天数或月数"))
        if is_in_hours and self.ends_on_working_day:
            yield Wrong(("ends_on_working_day",), _("false：以小时计算的时限不能顺延到工作日"))


class ClockRules(Block):
    """Clocks by code."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("时限")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "clocks": gettext_lazy("时限"),
    }

    clocks: Named[ClockRule] = NONE


# lists.yaml


class ListEntry(Marked):
    """条目 One entry of a list; without an article of its own, the list's holds for it."""

    code: Text
    name: Fillable[Text]
    article: Article | None = None


class ListRule(Rule):
    """清单 A list that a paper names, such as the criteria of a standard. `count` is how many the paper says there are."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "count": gettext_lazy("文件写明的项数"),
        "entries": gettext_lazy("条目"),
    }

    name: Text
    count: Count | None = None
    entries: tuple[ListEntry, ...] = Field(min_length=1)

    @classmethod
    def wrong_as_written(cls, data: Mapping[str, Any]) -> Iterator[Wrong]:
        """A code that stands twice; more or fewer entries than the paper says."""
        yield from super().wrong_as_written(data)
        yield from miscounted(data, "entries", "code", "count")


ListCode = Annotated[Text, CodeOf("lists", ("lists",), gettext_lazy("lists.yaml 里写明的清单"))]


class ListRules(Block):
    """Lists by code."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("清单")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "lists": gettext_lazy("清单"),
    }

    lists: Named[ListRule] = NONE


def miscounted(data: Mapping[str, Any], items: str, code: str, count: str) -> Iterator[Wrong]:
    """What is wrong in a list written under the key `items`: a `code` that stands twice, another number than `count`."""
    written = data.get(items)
    if not isinstance(written, tuple):
        return
    codes = [item.get(code) for item in written if isinstance(item, dict)]
    for number, found in enumerate(codes):
        if found is not None and found in codes[:number]:
            yield Wrong((items, number, code), _("每个代码只用一次"))
    told = data.get(count)
    if type(told) is int and told > 0 and len(written) != told:
        expected = _("%(count)d项；还不知道的写“由办公室填写”") % {"count": told}
        yield Wrong((items,), expected, found=_("%(count)d项") % {"count": len(written)})
