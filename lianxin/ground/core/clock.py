"""What time it is. Everything asks here, so that tests and a rehearsal can travel."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils import timezone

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_kept: tuple[date, datetime, datetime, tzinfo | None] = (_NEVER.date(), _NEVER, _NEVER, None)  # what `today` found last
_travelled: ContextVar[datetime | None] = ContextVar("travelled", default=None)


def now() -> datetime:
    """The present moment, with its zone; on a rehearsal platform, moved by the rehearsal's offset."""
    if (moment := _travelled.get()) is not None:
        return moment
    from lianxin.ground.core.models import Platform  # the clock is needed while models load

    return timezone.now() + Platform.clock_offset()


def today() -> date:
    """The local day of the platform. Asked a hundred times for a page, so that the day is found once and kept while it lasts."""
    global _kept  # noqa: PLW0603 - one value, read and written whole
    moment, zone = now(), timezone.get_default_timezone()
    day, starts_at, ends_at, kept_zone = _kept
    if not (kept_zone is zone and starts_at <= moment < ends_at):
        day = day_of(moment)
        _kept = day, start_of(day).astimezone(UTC), start_of(day + timedelta(days=1)).astimezone(UTC), zone
    return day


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
