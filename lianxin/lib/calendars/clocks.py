"""Clocks 办理时限: the facts that decide when a matter is due, and what `read_clock` says of them.

What counts, for spans of days, working days, weeks, months and years:
- the day it starts on does not count (Civil Code, art. 201);
- a pause takes out its days from the day it begins up to, without, the day it ends: a reply asked for on the 3rd and
  given on the 6th takes out the 3rd, 4th and 5th. Each day (or working day) taken out moves the due day on by one.
  A pause that begins after the due day changes nothing: what is late stays late;
- with `ends_on_working_day` a due day that is not worked gives way to the next working day (Civil Code, art. 203);
- a clock stops on the day it is answered, and was in time if that is not after the due day.

A clock in hours runs from moment to moment, nights and days off included, and a pause takes out its exact time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from .days import CHINA_TIME
from .errors import SpanError
from .spans import Span, Unit


class ClockState(StrEnum):
    """时限的状态: whether the time is running."""

    RUNNING = "running"  # 计时中
    PAUSED = "paused"  # 中止
    STOPPED = "stopped"  # 已办结


class Level(StrEnum):
    """紧急程度: how pressing it is."""

    PLENTY = "plenty"  # 时间充裕
    SOON = "soon"  # 快到期
    TODAY = "today"  # 今天到期
    LATE = "late"  # 已逾期
    LONG_LATE = "long_late"  # 逾期已久
    PAUSED = "paused"  # 中止
    DONE = "done"  # 已办结


@dataclass(frozen=True, slots=True)
class Pause:
    """中止: time that does not count, from its beginning up to its end, the end itself counting again.

    `ended` is None while it lasts. Days for a clock of days, moments for a clock of hours. `kind` is the preset's word.
    """

    began: date
    ended: date | None
    kind: str

    def __post_init__(self) -> None:
        if self.ended is not None and self.ended < self.began:
            raise ValueError(f"the pause ended on {self.ended}, before it began on {self.began}")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """提醒线: `soon` before the due day it is soon due; more than `long_late` after it, long late. By the preset."""

    soon: Span
    long_late: Span


@dataclass(frozen=True, kw_only=True)
class Clock:
    """时限: the facts of one clock.

    `started` and `stopped` are days, or moments with a time zone where the span is in hours; so are the pauses.
    Django keeps moments in UTC: turn them into days with `local_day(moment, zone)` first. `zone` tells on which day an
    hour clock is due.
    """

    started: date
    span: Span
    thresholds: Thresholds
    pauses: Sequence[Pause] = ()
    stopped: date | None = None
    ends_on_working_day: bool = False
    zone: tzinfo = CHINA_TIME

    def __post_init__(self) -> None:
        for moment in self._moments():
            self.check(moment)
        units = {self.thresholds.soon.unit, self.thresholds.long_late.unit}
        if (units != {Unit.HOUR}) if self.counts_hours else (Unit.HOUR in units):
            raise SpanError(f"时限“{self.span.chinese()}”的提醒线单位不合：小时的时限用小时，其他的用天数或月数。")
        if self.counts_hours and self.ends_on_working_day:
            raise SpanError("以小时计算的时限不能顺延到工作日。")

    @property
    def counts_hours(self) -> bool:
        """Whether it runs from moment to moment."""
        return self.span.unit is Unit.HOUR

    def check(self, moment: date) -> None:
        """Raise TypeError unless it is a day for a clock of days, or a moment with a time zone for one of hours."""
        is_moment = isinstance(moment, datetime)
        if is_moment != self.counts_hours:
            expected = "a moment" if self.counts_hours else "a day (see local_day)"
            raise TypeError(f"{moment!r}: a clock of {self.span.english()} takes {expected}")
        if isinstance(moment, datetime) and moment.utcoffset() is None:
            raise TypeError(f"{moment!r} has no time zone")

    def _moments(self) -> list[date]:
        given = [self.started, self.stopped]
        for pause in self.pauses:
            given += [pause.began, pause.ended]
        return [moment for moment in given if moment is not None]


@dataclass(frozen=True, kw_only=True)
class ClockReading:
    """时限的读数: what a clock says at one day or moment.

    `due_on` is None while an open pause holds the clock: nobody can know it. `due_at` is given by hour clocks only.
    `remaining` counts working days for a span of working days, whole hours (rounded down) for hours, and days for all
    others; what is paused is not counted; below 0 it says by how much it is late; for a stopped clock, at the stop.
    A matter late only since the weekend is late by 0 working days: ask `is_late`, not the sign of `remaining`.
    `is_certain` is False where plain weeks had to be assumed for a year whose holidays are not announced yet.
    """

    due_on: date | None
    due_at: datetime | None
    state: ClockState
    remaining: int
    unit: Unit
    level: Level
    is_late: bool
    is_certain: bool
    calendar_version: str
