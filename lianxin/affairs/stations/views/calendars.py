"""Feeds of receptions for calendars: of everything, of one station, and a deputy's own at a secret address."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lianxin.affairs.stations import calendars
from lianxin.affairs.stations.calendars import BEFORE, Entry, entries, own_entries, recent
from lianxin.affairs.stations.models import Duty, Feed, Shift, Station
from lianxin.ground.access.doors import needs
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.headers import unless_known
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Person

KEPT_S = 900  # how long a reader, or a store on the way, need not ask again


@require_safe
def everything(request: HttpRequest) -> HttpResponseBase:
    """Every reception of the platform."""
    platform = Platform.current()
    found = entries(recent(Shift.objects.all(), today()))
    return _feed(request, found, _("%(platform)s接待日") % {"platform": platform.name if platform else ""})


@require_safe
def of_station(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The receptions of one station."""
    station = get_object_or_404(Station.objects.visible_to(request.user), pk=pk)
    return _feed(request, entries(recent(station.shifts.all(), today())), station.name)


@require_safe
def own(request: HttpRequest) -> HttpResponseBase:
    """A deputy's own turns. Whoever has the address reads them, so no store on the way may keep it."""
    feed = get_object_or_404(Feed.objects.open(), token=request.GET.get("t", "").replace("\0", ""))
    mine = Duty.objects.filter(mandate__person=feed.person_id, shift__held_on__gte=today() - BEFORE)
    mine = mine.select_related("shift__station__region__parent", "shift__station__body__region")
    return _feed(request, own_entries(mine.order_by("shift__held_on", "pk")), _("我的值班"), is_own=True)


@require_POST
@needs("rota.sit")
def subscribe(request: HttpRequest) -> HttpResponse:
    """A deputy makes a secret address, or a new one instead, or ends it."""
    person = get_object_or_404(Person, user=request.user.pk)
    if "end" in request.POST:
        Feed.end(person, by=request.user.pk, at=now())
        toasts.tell(request, _("停用了，那个网址不再更新。"))
    else:
        Feed.begin(person, by=request.user.pk, at=now())
        toasts.tell(request, _("开通了。把网址加到手机日历的“订阅”里。"))
    return redirect("stations:own_shifts")


def _feed(request: HttpRequest, found: Sequence[Entry], name: str, *, is_own: bool = False) -> HttpResponseBase:
    """The feed; or 304 where the reader has it already, before a line of it is written."""
    address = request.build_absolute_uri("/").rstrip("/")

    def write() -> HttpResponse:
        answer = HttpResponse(calendars.write(found, name, address), content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="receptions.ics"'
        return answer

    kept = f"{'private' if is_own else 'public'}, max-age={KEPT_S}"
    return unless_known(request, calendars.etag_of(found, address), write, kept)
