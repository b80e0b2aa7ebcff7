"""The one owner of clocks: what a handover's clock says, and the day it is due, which is stored for lists.

`due_on` is a projection of started_on, span and pauses under a calendar: only `set_due` writes it, `lianxin rebuild`
makes it anew. That a matter is late is `due_on < today`, and stored nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lianxin.ground.cases.models import Handover, Pause
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of
from lianxin.lib.calendars import Clock, ClockReading, Span, Thresholds, Unit, read_clock
from lianxin.lib.calendars import Pause as Held


@dataclass(frozen=True)
class Lines:
    """提醒线 From when on a clock is soon due, and when it is long late; the preset's, for clocks of days."""

    soon: Span = Span(2, Unit.WORKING_DAY)
    long_late: Span = Span(10, Unit.DAY)


def set_due(handover: Handover) -> None:
    """Compute and store when this handover is due: None while its clock is held. The handover is held by the caller.

    One without a span, such as a joint meeting's, is due on its own day, whatever else is waited for.
    """
    if not handover.span:
        return
    reading = read(handover, list(handover.pauses.all()), handover.started_on)
    handover.due_on, handover.calendar = reading.due_on, reading.calendar_version
    Handover.objects.filter(pk=handover.pk).update(due_on=handover.due_on, calendar=handover.calendar)


def start(handover: Handover) -> None:
    """Compute when a handover that begins now is due; saves nothing."""
    reading = read(handover, (), handover.started_on)
    handover.due_on, handover.calendar = reading.due_on, reading.calendar_version


def read(handover: Handover, pauses: Iterable[Pause], on: date, lines: Lines = Lines()) -> ClockReading:
    """What the clock of a handover with a span says on a day; of one that has ended, how it ended."""
    clock = Clock(
        started=handover.started_on,
        span=Span.parse(handover.span),
        thresholds=Thresholds(soon=lines.soon, long_late=lines.long_late),
        pauses=[Held(pause.began_on, pause.ended_on, pause.kind) for pause in pauses],
        stopped=day_of(handover.ended_at) if handover.ended_at else None,
    )
    return read_clock(clock, on, working_calendar())
