"""The whole record and the sign-in log, for the audit administrator."""

from datetime import date, timedelta
from typing import Any

from axes.models import AccessFailureLog, AccessLog
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from lianxin.ground.access.doors import needs
from lianxin.ground.access.models import User, plain_username
from lianxin.ground.access.sessions import device_name
from lianxin.ground.core.asking import words
from lianxin.ground.core.clock import today
from lianxin.ground.core.events import all_kinds
from lianxin.ground.core.events import tell as in_words
from lianxin.ground.core.models import Event
from lianxin.ground.core.paging import page_by_key

FIRST_YEAR = 2000
WINDOW = timedelta(
    days=31
)  # how far a search by kind or person looks at once: a year of a large city is 10,000,000 events


@require_safe
@needs("core.read_record")
def record(request: HttpRequest) -> HttpResponse:
    """Everything that was recorded, newest first; by kind, by person, by day."""
    kind, who, day = _asked(request)
    events, since = Event.objects.all(), None
    if day:
        events = events.filter(recorded_on=day)
    elif kind or who:
        until = _day(request.GET.get("until")) or today()
        since = until - WINDOW
        events = events.filter(recorded_on__gt=since, recorded_on__lte=until)
    events = events.filter(kind=kind) if kind else events
    events = events.filter(by_id__in=_ids_of(who)) if who else events
    page = page_by_key(events, ["-id"], request.GET)
    shown = {
        "page": page,
        "told": in_words(page.rows),
        "kinds": all_kinds().values(),
        "kind": kind,
        "who": who,
        "day": day,
        "since": since,
    }
    return render(request, "access/record.html", shown)


@require_safe
@needs("access.read_sign_ins")
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Who signed in when and from where; with `failed`, who tried and failed."""
    failed, who, day = "failed" in request.GET, words(request, "who"), _day(request.GET.get("day"))
    log: QuerySet[Any] = AccessFailureLog.objects.all() if failed else AccessLog.objects.all()
    if who:
        log = log.filter(Q(username=plain_username(who)) | Q(username__in=_usernames_of(who)))
    log = log.filter(attempt_time__date=day) if day else log
    page = page_by_key(log, ["-id"], request.GET)
    names = dict(User.objects.filter(username__in={row.username for row in page.rows}).values_list("username", "name"))
    rows = [
        {"row": row, "name": names.get(row.username, ""), "device": device_name(row.user_agent)} for row in page.rows
    ]
    shown = {"page": page, "rows": rows, "failed": failed, "who": who, "day": day}
    return render(request, "access/sign_ins.html", shown)


def _asked(request: HttpRequest) -> tuple[str, str, date | None]:
    """What the page is asked for; a kind that nobody declares is none."""
    kind = request.GET.get("kind", "")
    return kind if kind in all_kinds() else "", words(request, "who"), _day(request.GET.get("day"))


def _day(text: str | None) -> date | None:
    """The day asked for; one before there were platforms is no day."""
    try:
        day = parse_date(text or "")
    except ValueError:
        return None
    return day if day and day.year >= FIRST_YEAR else None


def _ids_of(who: str) -> list[Any]:
    return list(User.objects.named_like(who).values_list("pk", flat=True)[:100])


def _usernames_of(who: str) -> list[str]:
    return list(User.objects.filter(name__icontains=who).values_list("username", flat=True)[:100])
