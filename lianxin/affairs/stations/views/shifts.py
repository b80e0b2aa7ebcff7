"""The rota at the desk: what is coming, who sits there, and what is mended by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import segno
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.stations.acts import DUTY_ACTS, SHIFT_ACTS
from lianxin.affairs.stations.checking_in import code_of, grouped
from lianxin.affairs.stations.models import Duty, Shift, Station
from lianxin.affairs.stations.models.shift import ShiftQuerySet
from lianxin.affairs.stations.naming import receptions
from lianxin.affairs.stations.taking_out import ROTA
from lianxin.ground.access.answering import reach
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import asking
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import FindForm
from lianxin.ground.core.ids import id_in
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook.exports import handed_out

ROSTER = "stations.roster"
DUTIES = Duty.objects.select_related("mandate__person", "mandate__congress").order_by("mandate__person__pinyin", "pk")


@dataclass(frozen=True)
class Line:
    """A shift in the list: who sits there, and what it lacks."""

    shift: Shift
    duties: Sequence[Duty]
    name: str

    @property
    def counted(self) -> list[Duty]:
        """Those who are expected, or came."""
        return [duty for duty in self.duties if duty.is_counted]

    @property
    def missing(self) -> int:
        """How many deputies it lacks."""
        return self.shift.missing(self.duties) if self.shift.is_open else 0

    @property
    def township(self) -> str:
        """In which township the station stands; nothing where it stands above townships."""
        region = self.shift.station.region
        if region.level == Level.TOWNSHIP:
            return region.name
        return region.parent.name if region.level == Level.VILLAGE and region.parent else ""

    @property
    def wants_off(self) -> bool:
        """Whether somebody asked to be replaced."""
        return any(duty.wants_off for duty in self.duties)


@require_safe
@needs(ROSTER)
def rota(request: HttpRequest) -> HttpResponse:
    """A month of receptions at the stations within the person's reach, day by day; or those that nobody has closed."""
    lines, station, month, is_open = _asked(request)
    days: dict[date, list[Line]] = {}
    for line in lines:
        days.setdefault(line.shift.held_on, []).append(line)
    more = f"&station={station.pk}" if station else ""
    context = {
        "days": days.items(),
        "station": station,
        "month": month,
        "is_open": is_open,
        "missing": [line for line in lines if line.missing],
        "before": f"?month={month - timedelta(days=1):%Y-%m}{more}",
        "after": f"?month={_next_month(month):%Y-%m}{more}",
        "day": today(),
        "query": request.GET.urlencode(),
    }
    return render(request, "stations/rota.html", context)


@require_safe
@needs(ROSTER)
def workbook(request: HttpRequest) -> HttpResponse:
    """The same for Excel."""
    lines, station, month, is_open = _asked(request)
    parts = (str(ROTA.name), station.name if station else "", "" if is_open else f"{month:%Y-%m}")
    return handed_out(ROTA, lines, name="-".join(filter(None, parts)))


def _asked(request: HttpRequest) -> tuple[list[Line], Station | None, date, bool]:
    """The shifts that are asked for, of which station, of which month, or those that nobody has closed."""
    seen = Shift.objects.within(reach(request.user, ROSTER))
    asked = id_in(request.GET.get("station", ""))
    if station := Station.objects.filter(pk=asked).first() if asked else None:
        seen = seen.filter(station=station)
    month, is_open = _month(request), "open" in request.GET
    lines = _lines(seen.open().filter(held_on__lt=today()) if is_open else _in_month(seen, month))
    return lines, station, month, is_open


@require_safe
@needs(ROSTER)
def shift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One reception: who sits there, what can be done about it, and what happened."""
    row = _shift(request, pk)
    duties = list(DUTIES.filter(shift=row))
    name = receptions([row])[row.pk]
    timeline = timeline_about(request, "shift", row.pk)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    line = Line(row, duties, name)
    begun = row.held_on <= today()
    return render(
        request,
        "stations/shift.html",
        {"shift": row, "line": line, "timeline": timeline, "begun": begun, "day": today()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ROSTER)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Do one thing to a reception."""
    if not (form_class := SHIFT_ACTS.get(kind)):
        raise Http404(kind)
    row = _shift(request, pk)
    return _act(request, form_class, row, row)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ROSTER)
def duty_act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Do one thing to the duty of a deputy."""
    if not (form_class := DUTY_ACTS.get(kind)):
        raise Http404(kind)
    duty = get_object_or_404(Duty.objects.select_related("mandate__person"), pk=pk)
    duty.shift = _shift(request, duty.shift_id)
    return _act(request, form_class, duty, duty.shift, note=duty.mandate.person.name)


def _act(request: HttpRequest, form_class: Any, thing: Any, row: Shift, note: str = "") -> HttpResponse:
    words = {"words": asking.words(request)} if issubclass(form_class, FindForm) else {}
    form = form_class(thing, request.POST if request.method == "POST" else None, **words)
    told = f"{row.station.name} {date_format(row.held_on)}"
    return act_page(request, form, of=told, back=row.get_absolute_url(), note=note)


@require_safe
@never_cache
@needs(ROSTER)
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet that lies at the station on that day: deputies scan it, or type what stands below."""
    row = _shift(request, pk)
    path = f"{reverse('stations:check_in', args=[row.pk])}?c={code_of(row)}"
    held = segno.make(request.build_absolute_uri(path), error="m")
    context = {
        "shift": row,
        "name": receptions([row])[row.pk],
        "qr": held.svg_data_uri(scale=6, border=2, light="#fff"),
        "code": grouped(row),
        "duties": [duty for duty in DUTIES.filter(shift=row) if duty.is_counted],
    }
    return render(request, "stations/sheet.html", context)


def _shift(request: HttpRequest, pk: UUID) -> Shift:
    """Stations and their receptions are public: who may not mend one reads why not."""
    row = get_object_or_404(Shift.objects.with_station(), pk=pk)
    demand(request.user, ROSTER, row.station)
    return row


def _lines(shifts: ShiftQuerySet) -> list[Line]:
    """Shifts with who sits there, in the order of days. Two queries, and one of rules for each body."""
    read = shifts.with_station().prefetch_related(Prefetch("duties", DUTIES, to_attr="read_duties"))
    rows: list[Any] = list(read.order_by("held_on", "begins_at", "station__region__code", "pk"))
    names = receptions(rows)
    return [Line(row, row.read_duties, names[row.pk]) for row in rows]


def _month(request: HttpRequest) -> date:
    """The first day of the month that is asked for; of this one, where it is none or has none beside it."""
    this = today().replace(day=1)
    try:
        asked = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return this
    return asked if date.min.year < asked.year < date.max.year else this


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _in_month(seen: ShiftQuerySet, month: date) -> ShiftQuerySet:
    return seen.filter(held_on__gte=month, held_on__lt=_next_month(month))
