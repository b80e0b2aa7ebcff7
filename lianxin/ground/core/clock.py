"""What time it is. Everything asks here, so that tests and a rehearsal can travel."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_travelled: ContextVar[datetime | None] = ContextVar("travelled", default=None)


def now() -> datetime:
    """The present moment, with its zone; on a rehearsal platform, moved by the rehearsal's offset."""
    if (moment := _travelled.get()) is not None:
        return moment
    from lianxin.ground.core.models import Platform  # the clock is needed while models load

    return timezone.now() + Platform.clock_offset()


def today() -> date:
    """The local day of the platform."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """On which local day of the platform a moment falls, whatever time zone a person looks from."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def start_of(day: date) -> datetime:
    """The moment at which a local day of the platform begins."""
    return datetime.combine(day, time.min, timezone.get_default_timezone())


@contextmanager
def travel(moment: datetime | timedelta) -> Iterator[None]:
    """Inside the block it is `moment` (or that much later than now). For tests and made-up history only."""
    if isinstance(moment, timedelta):
        moment = now() + moment
    if timezone.is_naive(moment):
        raise ValueError("A moment needs a time zone.")
    token = _travelled.set(moment)
    try:
        yield
    finally:
        _travelled.reset(token)
