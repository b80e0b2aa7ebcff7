"""What clocks measure time with: boundaries as whole numbers, so that clocks of days and of hours are read alike.

A clock of days has a boundary at each midnight, the ordinal of the day that begins there: a clock due on the 5th ends
at the beginning of the 6th. A clock of hours has one each microsecond.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol

from .days import Calendar, local_day
from .spans import Span, Unit, span_end

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HOUR = timedelta(hours=1) // _MICROSECOND


class Ruler(Protocol):
    """Turns days or moments into boundaries, and counts between boundaries."""

    @property
    def unit(self) -> Unit:
        """What it counts in."""

    def begin(self, moment: date) -> int:
        """The boundary at which the day or moment begins."""

    def close(self, moment: date) -> int:
        """The boundary at which the day or moment is over."""

    def later(self, boundary: int, span: Span) -> int:
        """The boundary at which a span is over that starts with what was over at `boundary`."""

    def counted(self, first: int, end: int) -> int:
        """How much lies between two boundaries; negative if `end` is before `first`."""

    def advance(self, end: int, count: int) -> int:
        """The boundary at which so much more is over."""

    def settle(self, end: int) -> int:
        """The end itself, or the end of the working day after it where the clock asks for that."""

    def whole(self, count: int) -> int:
        """What was counted, in whole units, rounded down."""

    def day(self, end: int) -> date:
        """The day that is over at the end, or in which it lies."""

    def moment(self, end: int) -> datetime | None:
        """The moment of the end, in UTC; None where only the day matters."""

    def is_certain(self, end: int) -> bool:
        """Whether nothing had to be assumed about holidays up to the end."""


@dataclass(frozen=True)
class DayRuler:
    """Measures days or working days."""

    calendar: Calendar
    unit: Unit
    ends_on_working_day: bool

    def begin(self, moment: date) -> int:
        """The midnight before the day."""
        return moment.toordinal()

    def close(self, moment: date) -> int:
        """The midnight after the day."""
        return moment.toordinal() + 1

    def later(self, boundary: int, span: Span) -> int:
        """The midnight after the last day of a span."""
        return self.close(span_end(self.day(boundary), span, self.calendar.outlook))

    def counted(self, first: int, end: int) -> int:
        """Days, or working days, from midnight to midnight."""
        if self.unit is Unit.WORKING_DAY:
            return self.calendar.outlook.working_days_between(self.day(first), self.day(end))
        return end - first

    def advance(self, end: int, count: int) -> int:
        """The midnight so many days, or working days, later."""
        if self.unit is Unit.WORKING_DAY:
            return self.close(self.calendar.outlook.add_working_days(self.day(end), count))
        return end + count

    def settle(self, end: int) -> int:
        """The midnight after the first working day from the due day on (Civil Code, art. 203)."""
        if not self.ends_on_working_day:
            return end
        return self.close(self.calendar.outlook.working_day_from(self.day(end)))

    def whole(self, count: int) -> int:
        """Days are whole already."""
        return count

    def day(self, end: int) -> date:
        """The day that ends at that midnight."""
        return date.fromordinal(end - 1)

    def moment(self, end: int) -> None:
        """Only the day matters."""
        return

    def is_certain(self, end: int) -> bool:
        """Whether the years up to the due day are announced, if that matters."""
        needs_files = self.unit is Unit.WORKING_DAY or self.ends_on_working_day
        return not needs_files or self.calendar.covers(self.day(end))


@dataclass(frozen=True)
class HourRuler:
    """Measures hours, nights and days off included."""

    zone: tzinfo
    unit: Unit = Unit.HOUR

    def begin(self, moment: date) -> int:
        """The microseconds from 1970 to the moment."""
        if not isinstance(moment, datetime):
            raise TypeError(f"{moment!r} is no moment")
        return (moment - _EPOCH) // _MICROSECOND

    def close(self, moment: date) -> int:
        """A moment is over when it begins."""
        return self.begin(moment)

    def later(self, boundary: int, span: Span) -> int:
        """The moment so many hours later."""
        return boundary + span.count * _HOUR

    def counted(self, first: int, end: int) -> int:
        """Microseconds between two moments."""
        return end - first

    def advance(self, end: int, count: int) -> int:
        """The moment so many microseconds later."""
        return end + count

    def settle(self, end: int) -> int:
        """Hours end where they end."""
        return end

    def whole(self, count: int) -> int:
        """Microseconds in hours."""
        return count // _HOUR

    def moment(self, end: int) -> datetime:
        """The moment of a boundary, in UTC."""
        return _EPOCH + end * _MICROSECOND

    def day(self, end: int) -> date:
        """The local day of the moment."""
        return local_day(self.moment(end), self.zone)

    def is_certain(self, end: int) -> bool:
        """Hours need no calendar."""
        return True
