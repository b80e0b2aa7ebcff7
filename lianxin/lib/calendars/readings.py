"""Reading a clock: the one place where due days, time left and lateness are computed."""

from datetime import date
from functools import cached_property

from .clocks import Clock, ClockReading, ClockState, Level, Pause
from .days import Calendar
from .rulers import DayRuler, HourRuler, Ruler
from .spans import Unit


def read_clock(clock: Clock, now: date, calendar: Calendar) -> ClockReading:
    """What the clock says on the day `now` (at the moment `now`, for a clock of hours).

    A stop after `now` is not known yet: the clock still runs. Never fails for a year not announced yet: the reading is
    then marked as not certain. Raises YearNotAnnounced for years before the first file, and TypeError for a moment
    where a day is wanted or the reverse.
    """
    clock.check(now)
    return _Reader(clock, now, _ruler(clock, calendar)).reading(calendar.version)


def _ruler(clock: Clock, calendar: Calendar) -> Ruler:
    if clock.counts_hours:
        return HourRuler(clock.zone)
    unit = Unit.WORKING_DAY if clock.span.unit is Unit.WORKING_DAY else Unit.DAY
    return DayRuler(calendar, unit, clock.ends_on_working_day)


class _Reader:
    """One reading of one clock, all in the boundaries of its ruler."""

    def __init__(self, clock: Clock, now: date, ruler: Ruler) -> None:
        self.clock = clock
        self.now = now
        self.ruler = ruler
        self.start = ruler.close(clock.started)
        self.stopped = clock.stopped if clock.stopped is not None and clock.stopped <= now else None
        self.at = ruler.close(now if self.stopped is None else self.stopped)
        self.closed, self.open_from = self._pauses()

    def reading(self, calendar_version: str) -> ClockReading:
        is_held = self.held_from is not None
        state = self._state()
        return ClockReading(
            due_on=None if is_held else self.ruler.day(self.end),
            due_at=None if is_held else self.ruler.moment(self.end),
            state=state,
            remaining=self.ruler.whole(self._remaining()),
            unit=self.ruler.unit,
            level=self._level(state),
            is_late=not is_held and self.at > self.end,
            is_certain=self.ruler.is_certain(self.end),
            calendar_version=calendar_version,
        )

    def _pauses(self) -> tuple[list[tuple[int, int]], int | None]:
        """The closed pauses in order without overlap, and the beginning of one still open. A stop ends them all."""
        closed: list[tuple[int, int]] = []
        stop = None if self.stopped is None else self.ruler.begin(self.stopped)
        reached = self.start
        for pause in sorted(self.clock.pauses, key=lambda pause: pause.began):
            began = max(self.ruler.begin(pause.began), reached)
            ended = None if pause.ended is None else self.ruler.begin(pause.ended)
            if stop is not None:
                ended = stop if ended is None else min(ended, stop)
            if ended is None:
                return closed, began
            if began < ended:
                closed.append((began, ended))
                reached = ended
        return closed, None

    @cached_property
    def span_end(self) -> int:
        """Where the span is over, with what the closed pauses take out."""
        end = self.ruler.later(self.start, self.clock.span)
        for began, ended in self.closed:
            if began >= end:
                break
            end = self.ruler.advance(end, self.ruler.counted(began, ended))
        return end

    @cached_property
    def end(self) -> int:
        """After this it is late: the span's end, moved off days off and out of pauses where the clock asks for it."""
        end = self.ruler.settle(self.span_end)
        for began, ended in self.closed:
            if began < end <= ended:  # it was moved into a pause; the span's own end never lies in one
                end = self.ruler.settle(ended + 1)
        return end

    @cached_property
    def held_from(self) -> int | None:
        """Since when an open pause holds the clock; None if none does, or if it began after the end."""
        return self.open_from if self.open_from is not None and self.open_from < self.end else None

    def _state(self) -> ClockState:
        if self.stopped is not None:
            return ClockState.STOPPED
        return ClockState.PAUSED if any(map(self._holds_now, self.clock.pauses)) else ClockState.RUNNING

    def _holds_now(self, pause: Pause) -> bool:
        lasts = pause.began <= self.now and (pause.ended is None or self.now < pause.ended)
        return lasts and self.ruler.begin(pause.began) < self.end

    def _level(self, state: ClockState) -> Level:
        if state is not ClockState.RUNNING:
            return Level.DONE if state is ClockState.STOPPED else Level.PAUSED
        soon, long_late = self.clock.thresholds.soon, self.clock.thresholds.long_late
        if self.at > self.end:
            return Level.LONG_LATE if self.at > self.ruler.later(self.end, long_late) else Level.LATE
        if self.ruler.day(self.at) == self.ruler.day(self.end):
            return Level.TODAY
        return Level.SOON if self.ruler.later(self.at, soon) >= self.end else Level.PLENTY

    def _remaining(self) -> int:
        """What is left; while an open pause holds the clock, what was left when it began."""
        if self.held_from is None:
            return self._left(max(self.at, self.start), self.end)
        return max(0, self._left(max(min(self.at, self.held_from), self.start), self.span_end))

    def _left(self, first: int, end: int) -> int:
        pauses = ((max(began, first), min(ended, end)) for began, ended in self.closed)
        return self.ruler.counted(first, end) - sum(
            self.ruler.counted(*pause) for pause in pauses if pause[0] < pause[1]
        )
