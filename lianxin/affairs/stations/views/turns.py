"""A deputy's own turns: when and where, checking in, and asking to be replaced."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.stations.acts import OWN_ACTS
from lianxin.affairs.stations.models import Duty, Feed
from lianxin.affairs.stations.turns import own_duties
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.access.limits import limited
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.views.acting import act_page, done

SIT = "rota.sit"
HOUR_S = 3600


@require_safe
@needs(SIT)
def shifts(request: HttpRequest) -> HttpResponse:
    """What is coming, the next first; and what was, the latest first."""
    day, own = today(), own_duties(request.user)
    coming = own.filter(shift__held_on__gte=day).order_by("shift__held_on", "pk")
    past = own.filter(shift__held_on__lt=day)
    feed = Feed.objects.open().filter(person__user=request.user.pk).first()
    context = {
        "day": day,
        "feed": feed and request.build_absolute_uri(feed.get_absolute_url()),
        "coming": list(coming.prefetch_related("shift__duties__mandate__person")),
        "page": page_by_key(past, ("-shift__held_on", "-id"), request.GET),
    }
    return render(request, "stations/own_shifts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SIT)
@limited("stations.check_in", times=60, seconds=HOUR_S)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Check in by the code that is typed, or ask to be replaced."""
    if not (form_class := OWN_ACTS.get(kind)):
        raise Http404(kind)
    duty = _duty(request, pk=pk)
    form = form_class(duty, request.POST if request.method == "POST" else None)
    told = f"{duty.shift.station.name} {date_format(duty.shift.held_on)}"
    return act_page(request, form, of=told, back=reverse("stations:own_shifts"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SIT)
@limited("stations.check_in", times=60, seconds=HOUR_S)
def check_in(request: HttpRequest, shift: UUID) -> HttpResponse:
    """The page that the sheet leads to: one button. A link that a program looks at beforehand checks nobody in."""
    duty = _duty(request, shift=shift)
    if duty.state == Duty.State.CAME:
        return redirect("stations:own_shifts")
    scanned = request.GET.get("c", "")  # of an address that lost its end the code is typed
    form = OWN_ACTS["here"](
        duty, {"code": scanned or request.POST.get("code", "")} if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        return done(request, form, back=reverse("stations:own_shifts"))
    context = {"duty": duty, "form": form, "is_scanned": bool(scanned)}
    return render(request, "stations/check_in.html", context, status=422 if request.method == "POST" else 200)


def _duty(request: HttpRequest, **which: UUID) -> Duty:
    """A duty of this very person: of two mandates at one reception, that by which they sit there."""
    found = own_duties(request.user).filter(**which).order_by("pk")
    if (duty := found.filter(state__in=Duty.COUNTED).first() or found.first()) is None:
        raise Http404
    demand(request.user, SIT, duty)
    return duty
