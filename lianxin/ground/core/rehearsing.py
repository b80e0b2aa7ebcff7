"""演练 A platform made for trying things out: its clock can be put ahead, never back, and it never goes live."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of, now
from lianxin.ground.core.context import platform_or_last_known
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.events import Ref, record
from lianxin.ground.core.models import Platform
from lianxin.lib.calendars.errors import YearNotAnnounced
from lianxin.lib.calendars.spans import Span, Unit, span_end

LAST_YEAR = 2099


class NotARehearsal(RuleError):
    """The clock of a platform where things count is never moved."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "这不是演练平台，时钟不能拨动：这里办的事要算数。想试走一遍，请用 lianxin found 规则 --rehearsal 另建一个演练平台。"
            )
        )


class TooFarAhead(RuleError):
    """Beyond what calendars can hold."""

    def __init__(self) -> None:
        super().__init__(_("拨得太远了，最远到%(year)d年底。") % {"year": LAST_YEAR})


class MovedMeanwhile(RuleError):
    """Two people moved the clock at once."""

    def __init__(self) -> None:
        super().__init__(_("刚才已经有人拨过时钟。请看一眼现在的日期，需要的话再拨一次。"))


def move_clock(span: Span, *, by: UUID | None, at: datetime) -> datetime:
    """Put the clock of a rehearsal platform ahead; what time it is then. Working days are those of the calendar.

    Raises NotARehearsal, TooFarAhead, MovedMeanwhile, and YearNotAnnounced for working days of such a year.
    """
    platform = Platform.objects.order_by("id").first()
    if platform is None or not platform.is_rehearsal:
        raise NotARehearsal
    ahead = _length(span, day_of(at))
    if ahead > datetime(LAST_YEAR, 12, 31, tzinfo=at.tzinfo) - at:
        raise TooFarAhead
    seconds = int(ahead.total_seconds())
    with transaction.atomic():
        same = Platform.objects.filter(
            pk=platform.pk, is_rehearsal=True, rehearsal_offset_s=platform.rehearsal_offset_s
        )
        if same.update(rehearsal_offset_s=platform.rehearsal_offset_s + seconds) != 1:
            raise MovedMeanwhile
        record(
            "core.rehearsed",
            subject=Ref("platform", platform.pk),
            by=by,
            at=at,
            measures={"moved": seconds // 60},
            facts={"to": day_of(at + ahead)},
        )
    Platform.forget()
    Platform.current()
    return now()


def _length(span: Span, today: date) -> timedelta:
    if span.unit == Unit.HOUR:
        return timedelta(hours=span.count)
    try:
        return span_end(today, span, working_calendar()) - today
    except YearNotAnnounced:
        raise
    except (OverflowError, ValueError):  # beyond the years that a date can have
        raise TooFarAhead from None


class RightTime:
    """Middleware that knows the platform before anything asks what time it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, made at the right time; where the database does not answer, at the time known last."""
        platform_or_last_known()
        return self.get_response(request)
