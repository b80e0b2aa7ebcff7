"""What the sections of a preset are built of: texts, days, spans, shares, articles, rules, figures.

An app writes its section in its `rules.py` with these types and registers it in its apps.py. Every value is frozen.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from functools import total_ordering
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Self, TypeVar, get_args

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lianxin.ground.core.events import all_kinds, kind
from lianxin.ground.rulebook.checking import Wrong, all_at_once, refuse
from lianxin.ground.rulebook.problems import listed, nearest, quoted
from lianxin.ground.rulebook.shapes import Expects, Tells
from lianxin.lib.calendars.errors import RuleTextError, SpanError
from lianxin.lib.calendars.recurrence import Recurrence
from lianxin.lib.calendars.ruletext import parse_rule
from lianxin.lib.calendars.spans import Span as Span_
from lianxin.lib.calendars.spans import Unit
from lianxin.lib.calendars.words import parse_number

T = TypeVar("T")


class Block(BaseModel):
    """A group of keys. Unknown keys are refused; nothing in it ever changes; all its mistakes are told at once."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    TITLE: ClassVar[str | Promise] = ""  # of a section; one without a title is shown to nobody
    LABELS: ClassVar[Mapping[str, str | Promise]] = MappingProxyType({})  # what its keys are called, for readers

    @classmethod
    def wrong_as_written(cls, data: Mapping[str, Any]) -> Iterator[Wrong]:
        """What the types cannot see in the keys as they are written."""
        yield from ()

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """What the types cannot see, asked when each key by itself is right."""
        yield from ()

    @model_validator(mode="wrap")
    @classmethod
    def _tells_all_at_once(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        wrong = list(cls.wrong_as_written(data)) if isinstance(data, Mapping) else []
        try:
            made = handler(data)
        except ValidationError as error:
            raise all_at_once(cls.__name__, data, error, wrong) or error from None
        if refusal := all_at_once(cls.__name__, data, None, [*wrong, *made.wrong_in_itself()]):
            raise refusal
        return made


Text = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, min_length=1), Expects(gettext_lazy("文字"))
]
Flag = Annotated[bool, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=1), Expects(gettext_lazy("整数，至少1"))]
Named = Annotated[Mapping[str, T], AfterValidator(MappingProxyType)]
"""Things by their codes, in the order they are written."""
NONE: Any = Field(default_factory=lambda: MappingProxyType({}))
"""The default of things by their codes: there are none."""


class Called(Block):
    """Something with a name of its own: in Chinese, and for English pages in English."""

    name: Text
    english: Text | None = None

    @property
    def called(self) -> str:
        """Its name in the language of the page; in Chinese where it has no English one."""
        return self.english if self.english and get_language() == "en" else str(self.name)


# What the office has still to fill in


PLACEHOLDERS = ("由办公室填写", "to be filled in by the office")


@dataclass(frozen=True)
class ToBeFilled:
    """由办公室填写 A value that the account names but does not give. Legal, and seen by everybody."""

    def __str__(self) -> str:
        return _("由办公室填写")


TO_BE_FILLED = ToBeFilled()


@dataclass(frozen=True)
class Reads:
    """Reads a value of `kind` as it is written; one that is read already stays."""

    kind: type
    reader: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def read(self, value: Any) -> Any:
        """The value, read from what is written."""
        return value if isinstance(value, self.kind) else self.reader(value)


class _MayBeFilledLater:
    """Lets a value be the placeholder instead of what its type asks for."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        wanted = next(part for part in get_args(source) if part is not ToBeFilled)
        return core_schema.no_info_wrap_validator_function(
            lambda value, check: TO_BE_FILLED if value in PLACEHOLDERS else check(value),
            handler.generate_schema(wanted),
        )


Fillable = Annotated[T | ToBeFilled, _MayBeFilledLater()]


# Days, spans, recurring days, hours


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})")


def _day(value: Any) -> date:
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refuse(_("日历上有的日子")) from None
    raise refuse(_("日期，如 2026-03-01"))


def _span(value: Any) -> Span_:
    text = str(value) if type(value) is int else value if isinstance(value, str) else ""
    try:
        return Span_.parse(text)
    except SpanError:
        raise _no_span(text, value) from None


def _no_span(text: str, value: Any) -> PydanticCustomError:
    """Why the text is no span: a bare number is told to name its unit, an unknown unit what is nearest."""
    unit = text.strip().lstrip("0123456789")
    number = text.strip().removesuffix(unit)[:4]
    count = int(number or 0) or 1
    if number and not unit:
        words = [Span_(count, known).chinese() for known in (Unit.DAY, Unit.WORKING_DAY, Unit.MONTH)]
        return refuse(_("写明单位的期间：%(spans)s") % {"spans": listed(words)}, found=quoted(value))
    return refuse(_("期间，如 3天、30个工作日、3个月"), nearest=_nearest_span(count, unit.strip()))


def _nearest_span(count: int, unit: str) -> str:
    spans = [words for span in Unit for words in (Span_(count, span).chinese(), Span_(count, span).english())]
    by_unit = {words.lstrip("0123456789 "): words for words in spans}
    return by_unit.get(nearest(unit, by_unit, likeness=0.5), "")


def _recurring(value: Any) -> Recurrence:
    try:
        return parse_rule(value if isinstance(value, str) else "")
    except RuleTextError:
        raise refuse(_("重复的日子，如 每月5日，遇节假日顺延；每周二；农历逢一、六")) from None


@dataclass(frozen=True)
class Hours:
    """时段 From one time of the day to a later one."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%-H:%M}–{self.end:%H:%M}"


def _hours(value: Any) -> Hours:
    found = _HOURS.fullmatch(value) if isinstance(value, str) else None
    if found:
        first_hour, first_minute, last_hour, last_minute = map(int, found.groups())
        try:
            hours = Hours(time(first_hour, first_minute), time(last_hour, last_minute))
        except ValueError:
            raise refuse(_("一天里有的时间，如 9:00-11:00")) from None
        if hours.start < hours.end:
            return hours
    raise refuse(_("时段，如 9:00-11:00"))


Day = Annotated[date, Reads(date, _day), Expects(gettext_lazy("日期，如 2026-03-01"))]
Span = Annotated[Span_, Reads(Span_, _span), Expects(gettext_lazy("期间，如 3天、30个工作日、3个月"))]
RecurringDays = Annotated[
    Recurrence,
    Reads(Recurrence, _recurring),
    Expects(gettext_lazy("重复的日子，如 每月5日，遇节假日顺延；每周二；农历逢一、六")),
]
OpenHours = Annotated[Hours, Reads(Hours, _hours), Expects(gettext_lazy("时段，如 9:00-11:00"))]


# Shares


@total_ordering
@dataclass(frozen=True)
class Share:
    """比例 At least, or more than, a part of a whole."""

    part: Fraction
    is_exceeded: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """The share the text says: 2/3以上, 三分之二以上, 过半数, 超过3/4, "at least 2/3", "more than 1/2".

        Raises ValueError for anything else: a bare fraction does not say whether it is enough itself.
        """
        if text.strip() == "过半数":
            return cls(Fraction(1, 2), True)
        found = _SHARE.fullmatch(text.strip())
        numbers = [parse_number(number) for number in found.groups() if number] if found else []
        if not found or not all(numbers):
            raise ValueError(text)
        part, whole = reversed(numbers) if "分之" in text else numbers
        if not 0 < (part or 0) <= (whole or 0):
            raise ValueError(text)
        return cls(Fraction(part or 0, whole or 1), text.strip().startswith(("超过", "more than")))

    def is_met(self, count: int, whole: int) -> bool:
        """Whether `count` of `whole` is enough, exactly; of nothing nothing is."""
        if whole <= 0:
            return False
        given = Fraction(count, whole)
        return given > self.part if self.is_exceeded else given >= self.part

    def __str__(self) -> str:
        return (_("超过%(part)s") if self.is_exceeded else _("%(part)s以上")) % {"part": self.part}

    def __lt__(self, other: Self) -> bool:
        return (self.part, self.is_exceeded) < (other.part, other.is_exceeded)


_PART = r"(?:(\d{1,4})/(\d{1,4})|([一二三四五六七八九十百]+)分之([一二三四五六七八九十百]+))"
_SHARE = re.compile(rf"(?:超过|more than |at least ){_PART}|{_PART}以上")


def _share(value: Any) -> Share:
    try:
        return Share.parse(value if isinstance(value, str) else "")
    except ValueError:
        raise refuse(_("比例，如 2/3以上、过半数、超过3/4")) from None


PartOf = Annotated[Share, Reads(Share, _share), Expects(gettext_lazy("比例，如 2/3以上、过半数、超过3/4"))]


# Kinds of events


def _event_kind(value: Any) -> str:
    kinds = all_kinds()
    if isinstance(value, str) and value in kinds:
        return value
    near = nearest(value, kinds) if isinstance(value, str) else ""
    raise refuse(_("事件种类，如 stations.opened"), nearest=near)


EventKindCode = Annotated[
    str,
    BeforeValidator(_event_kind),
    Expects(gettext_lazy("事件种类，如 stations.opened")),
    Tells(lambda code: kind(code).label),
]


def in_words(thing: Span_ | Recurrence) -> str:
    """A span or recurring days in the language of the reader."""
    return thing.english() if (get_language() or "").startswith("en") else thing.chinese()
