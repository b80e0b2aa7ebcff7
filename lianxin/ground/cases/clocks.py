"""The one owner of clocks: what a handover's clock says, and the day it is due, which is stored for lists.

`due_on` is a projection of started_on, span and pauses under a calendar: only `set_due` writes it, `lianxin rebuild`
makes it anew. That a matter is late is `due_on < today`, and stored nowhere.
"""

from collections.abc import Iterable
from datetime import date

from lianxin.ground.cases.models import Handover, Pause
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of
from lianxin.lib.calendars import Clock, ClockReading, Span, Thresholds, Unit, read_clock, span_end
from lianxin.lib.calendars import Pause as Held

NO_LINES = Thresholds(soon=Span(1, Unit.DAY), long_late=Span(1, Unit.DAY))  # where nobody asks how near the day is


def set_due(handover: Handover) -> None:
    """Compute and store when this handover is due: None while its clock is held. The handover is held by the caller.

    One without a span, such as a joint meeting's, is due on its own day, whatever else is waited for.
    """
    if not handover.span:
        return
    reading = due(handover, list(handover.pauses.all()))
    handover.due_on, handover.calendar = reading.due_on, reading.calendar_version
    Handover.objects.filter(pk=handover.pk).update(due_on=handover.due_on, calendar=handover.calendar)


def start(handover: Handover) -> None:
    """Compute when a handover that begins now is due; saves nothing."""
    reading = due(handover, ())
    handover.due_on, handover.calendar = reading.due_on, reading.calendar_version


def due(handover: Handover, pauses: Iterable[Pause]) -> ClockReading:
    """When a handover with a span is due, and by which calendar."""
    return read(handover, pauses, handover.started_on, NO_LINES)


def is_soon(due_on: date, lines: Thresholds, on: date) -> bool:
    """Whether a clock that is due on a day is soon due on another."""
    return span_end(on, lines.soon, working_calendar().outlook) >= due_on


def is_long_late(due_on: date, lines: Thresholds, on: date) -> bool:
    """Whether a clock that was due on a day is long late on another."""
    return span_end(due_on, lines.long_late, working_calendar().outlook) < on


def read(handover: Handover, pauses: Iterable[Pause], on: date, lines: Thresholds) -> ClockReading:
    """What the clock of a handover with a span says on a day; of one that has ended, how it ended."""
    clock = Clock(
        started=handover.started_on,
        span=Span.parse(handover.span),
        thresholds=lines,
        pauses=[Held(pause.began_on, pause.ended_on, pause.kind) for pause in pauses],
        stopped=day_of(handover.ended_at) if handover.ended_at else None,
    )
    return read_clock(clock, on, working_calendar())
