"""Recurring days 轮值日、接待日: when they fall, and where a holiday moves them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

from .days import ONE_DAY, Calendar, DayKind
from .patterns import Pattern, days_of
from .words import chinese_day, english_day, english_holiday

HORIZON = timedelta(days=800)
"""How far `next_after` looks: every pattern names a day each year, so a rule silent that long never speaks."""


class Move(StrEnum):
    """遇节假日怎么办: what becomes of a day that falls on days the rule avoids."""

    NONE = "none"  # 照常
    NEXT_WORKING_DAY = "next_working_day"  # 顺延
    PREVIOUS_WORKING_DAY = "previous_working_day"  # 提前
    NEAREST = "nearest"  # 就近；前后一样近时顺延
    SKIP = "skip"  # 取消


class Avoid(StrEnum):
    """避开哪些日子: the days off which a rule is moved."""

    REST_DAYS = "rest_days"  # 节假日：不上班的日子，包括周末
    HOLIDAYS = "holidays"  # 法定节假日：放假通知写明的日子，普通周末照常


class Why(StrEnum):
    """为什么在这一天: why an occurrence is held on its day, or not held."""

    AS_PLANNED = "as_planned"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"


@dataclass(frozen=True)
class Recurrence:
    """按规律重复的日子: a pattern of days, and what happens where it meets days off."""

    pattern: Pattern
    move: Move = Move.NONE
    avoids: Avoid = Avoid.REST_DAYS

    def chinese(self) -> str:
        """The rule in Chinese, as `parse_rule` reads it: 每月5日，遇节假日顺延."""
        if self.move is Move.NONE:
            return self.pattern.chinese()
        day = "节假日" if self.avoids is Avoid.REST_DAYS else "法定节假日"
        return f"{self.pattern.chinese()}，遇{day}{MOVES_ZH[self.move]}"

    def english(self) -> str:
        """The rule in English."""
        if self.move is Move.NONE:
            return self.pattern.english()
        day = "a day off" if self.avoids is Avoid.REST_DAYS else "a public holiday"
        return f"{self.pattern.english()}; if that is {day}, {_MOVES_EN[self.move]}"


MOVES_ZH = {
    Move.NEXT_WORKING_DAY: "顺延",
    Move.PREVIOUS_WORKING_DAY: "提前",
    Move.NEAREST: "就近",
    Move.SKIP: "取消",
}
_MOVES_EN = {
    Move.NEXT_WORKING_DAY: "on the next working day",
    Move.PREVIOUS_WORKING_DAY: "on the working day before",
    Move.NEAREST: "on the nearest working day",
    Move.SKIP: "not held",
}


@dataclass(frozen=True)
class Occurrence:
    """一次: the day the rule names and the day it is really held on; `held_on` is None where it is not held.

    `is_certain` is False where a year's holidays had to be assumed (plain weeks) because they are not announced yet:
    the page then says that the day is provisional.
    """

    nominal_on: date
    held_on: date | None
    why: Why
    holiday: str
    is_certain: bool

    @property
    def is_moved(self) -> bool:
        """Whether it is held on another day than the rule names."""
        return self.held_on is not None and self.held_on != self.nominal_on

    def chinese(self) -> str:
        """What happens and why, in one Chinese sentence."""
        because = f"逢{self.holiday}放假" if self.why is Why.HOLIDAY else "逢周末"
        if self.held_on is None:
            told = f"{chinese_day(self.nominal_on)}{because}，本次取消"
        elif self.is_moved:
            told = f"原定{chinese_day(self.nominal_on)}，{because}，改到{chinese_day(self.held_on)}"
        else:
            told = chinese_day(self.nominal_on)
        return f"{told}{'。' if self.is_certain else '，暂定：有关年份的节假日安排还没有公布。'}"

    def english(self) -> str:
        """What happens and why, in one English sentence."""
        because = f"a day off for {english_holiday(self.holiday)}" if self.why is Why.HOLIDAY else "a weekend"
        if self.held_on is None:
            told = f"Not held on {english_day(self.nominal_on)}, {because}"
        elif self.is_moved:
            told = f"Moved from {english_day(self.nominal_on)}, {because}, to {english_day(self.held_on)}"
        else:
            told = english_day(self.nominal_on)
        return f"{told}{'.' if self.is_certain else ', provisional: the holidays of that year are not announced yet.'}"


def between(
    rule: Recurrence, start: date, end: date, calendar: Calendar, *, with_skipped: bool = False
) -> Iterator[Occurrence]:
    """The occurrences held from `start` to `end`, both included, in the order of the days they are held on.

    Two may be held on one day, where a holiday moved one onto the other. Skipped ones are told of only if asked for,
    at their nominal day. A rule that moves nothing needs no year's file; one that does raises YearNotAnnounced only
    for years before the first file.
    """
    first, last = start, end
    if rule.move not in (Move.NONE, Move.SKIP):
        # All days between a nominal day and the working day it moves to are off, so no nominal day further out counts.
        first = calendar.outlook.previous_working_day(start) + ONE_DAY
        last = calendar.outlook.next_working_day(end) - ONE_DAY
    for nominal_on in days_of(rule.pattern, first, last):
        occurrence = occurrence_of(rule, nominal_on, calendar)
        if occurrence.held_on is None:
            if with_skipped:
                yield occurrence
        elif start <= occurrence.held_on <= end:
            yield occurrence


def next_after(rule: Recurrence, day: date, calendar: Calendar) -> Occurrence | None:
    """The first occurrence held after `day`; None if the rule brings none within `HORIZON` (all of them skipped).

    Never fails for a year not announced yet: the occurrence is then marked as not certain.
    """
    step = timedelta(days=40)
    for number in count():
        start = day + number * step
        if start - day > HORIZON:
            return None
        for occurrence in between(rule, start + ONE_DAY, start + step, calendar):
            return occurrence
    return None


def occurrence_of(rule: Recurrence, nominal_on: date, calendar: Calendar) -> Occurrence:
    """What becomes of the day that the rule names: where it is held and why."""
    if rule.move is Move.NONE:
        return Occurrence(nominal_on, nominal_on, Why.AS_PLANNED, "", is_certain=True)
    outlook = calendar.outlook
    kind = outlook.kind(nominal_on)
    avoided = (DayKind.HOLIDAY,) if rule.avoids is Avoid.HOLIDAYS else (DayKind.HOLIDAY, DayKind.WEEKEND)
    if kind not in avoided:
        return Occurrence(nominal_on, nominal_on, Why.AS_PLANNED, "", calendar.covers(nominal_on))
    held_on, looked_at = _moved(rule.move, nominal_on, outlook)
    return Occurrence(
        nominal_on=nominal_on,
        held_on=held_on,
        why=Why.HOLIDAY if kind is DayKind.HOLIDAY else Why.WEEKEND,
        holiday=outlook.holiday(nominal_on),
        is_certain=calendar.covers(looked_at),
    )


def _moved(move: Move, nominal_on: date, outlook: Calendar) -> tuple[date | None, date]:
    """The day it moves to, and the latest day that had to be looked at for it."""
    if move is Move.SKIP:
        return None, nominal_on
    earlier = outlook.previous_working_day(nominal_on)
    if move is Move.PREVIOUS_WORKING_DAY:
        return earlier, nominal_on
    later = outlook.next_working_day(nominal_on)
    is_earlier_nearer = move is Move.NEAREST and nominal_on - earlier < later - nominal_on
    return earlier if is_earlier_nearer else later, later
