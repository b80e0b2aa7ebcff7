"""Spans of time 期间: 30个工作日, 3天, 3个月; how they are written, and the day they end on.

Counted as the Civil Code (民法典) says, unless a preset says otherwise (art. 204):
art. 200, 201: by calendar years, months, days and hours; the day it starts on is not counted, an hour is from the moment.
art. 202: a span of months or years ends on the same day of the month, or on the month's last day if there is none.
art. 203: if the last day is a day off by law, the day after those days off is the last. This one is asked for by name,
because some regulations count to the day itself.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from dateutil.relativedelta import relativedelta

from .days import Calendar
from .errors import SpanError
from .words import parse_number


class Unit(StrEnum):
    """期间的单位: what a span is counted in. Days and working days are different units."""

    WORKING_DAY = "working_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    HALF_YEAR = "half_year"
    YEAR = "year"
    HOUR = "hour"


# The first Chinese word and the English words are the ones a span is written with.
_CHINESE = {
    Unit.WORKING_DAY: ("个工作日", "工作日"),
    Unit.DAY: ("天", "日", "个自然日", "自然日"),
    Unit.WEEK: ("周", "个星期", "星期", "个周"),
    Unit.MONTH: ("个月",),
    Unit.HALF_YEAR: ("个半年",),
    Unit.YEAR: ("年",),
    Unit.HOUR: ("小时", "个小时"),
}
_ENGLISH = {
    Unit.WORKING_DAY: ("working day", "working days"),
    Unit.DAY: ("day", "days"),
    Unit.WEEK: ("week", "weeks"),
    Unit.MONTH: ("month", "months"),
    Unit.HALF_YEAR: ("half-year", "half-years"),
    Unit.YEAR: ("year", "years"),
    Unit.HOUR: ("hour", "hours"),
}
_UNITS = {word: unit for words in (_CHINESE, _ENGLISH) for unit, names in words.items() for word in names}
_MONTHS = {Unit.MONTH: 1, Unit.HALF_YEAR: 6, Unit.YEAR: 12}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_HINTS = {
    "月": "“{count}月”像是月份，请写“{count}个月”",
    "个半月": "请写天数，例如“45天”",
    "个半年": "请写“半年”或“18个月”",
    "半个月": "请写天数，例如“15天”",
    "季度": "请写“3个月”这样的月数",
    "个季度": "请写“3个月”这样的月数",
}
_TEXT = re.compile(r"([0-9]+|[零一二两三四五六七八九十百]+)?\s*(\D*)")
_LARGEST = 9999


@dataclass(frozen=True, slots=True)
class Span:
    """期间: so many of one unit. At least 1."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.count <= _LARGEST:
            raise SpanError(f"期间至少是1，至多是{_LARGEST}，现在是{self.count}。")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The span the text says: 30个工作日, 3天, 三个月, 半年, "3 months", "7 working days".

        Raises SpanError for anything else, above all for a bare number: days and working days are different units.
        """
        plain = " ".join(unicodedata.normalize("NFKC", text).lower().split())
        if plain in ("半年", "half a year"):
            return cls(1, Unit.HALF_YEAR)
        found = _TEXT.fullmatch(plain)
        number, word = found.groups() if found else (None, plain)
        count = parse_number(number) if number else None
        if count is not None and not word:
            raise SpanError(f"“{text}”没有写单位：请写明是“{count}个工作日”、“{count}天”还是“{count}个月”。")
        if count is None or word not in _UNITS or (count, word) == (1, "个半年"):
            raise SpanError(_refusal(text, word, count))
        return cls(count, _UNITS[word])

    def chinese(self) -> str:
        """For example 30个工作日, 3天, 半年."""
        if self == Span(1, Unit.HALF_YEAR):
            return "半年"
        return f"{self.count}{_CHINESE[self.unit][0]}"

    def english(self) -> str:
        """For example "30 working days", "1 day"."""
        return f"{self.count} {_ENGLISH[self.unit][self.count != 1]}"


def _refusal(text: str, word: str, count: int | None) -> str:
    hint = _HINTS.get(word, "可以写：30个工作日、3天、2周、3个月、半年、1年、24小时").format(count=count)
    return f"看不懂期间“{text}”：{hint}。"


def span_end(start: date, span: Span, calendar: Calendar, *, ends_on_working_day: bool = False) -> date:
    """The last day of a span that starts on `start`, which is not counted (Civil Code, art. 201, 202).

    With `ends_on_working_day` a last day that is not worked gives way to the next working day (art. 203). Working days
    and art. 203 need the years' files and raise YearNotAnnounced. Raises SpanError for hours: they have no last day
    without a moment to start from.
    """
    last = _last_day(start, span, calendar)
    return calendar.working_day_from(last) if ends_on_working_day else last


def _last_day(start: date, span: Span, calendar: Calendar) -> date:
    if isinstance(start, datetime):
        raise TypeError("a span of days starts on a day: use local_day(moment, zone)")
    if span.unit is Unit.WORKING_DAY:
        return calendar.add_working_days(start, span.count)
    if span.unit in _DAYS:
        return start + timedelta(days=span.count * _DAYS[span.unit])
    if span.unit in _MONTHS:
        return start + relativedelta(months=span.count * _MONTHS[span.unit])
    raise SpanError(f"“{span.chinese()}”要从钟点算起，不能从日子算起。")
