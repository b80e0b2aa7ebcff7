"""The front page: what a resident can do here."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.receptions import Reception, next_receptions
from lianxin.ground.core.clock import today
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.errors import NothingInForce


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Tell us, find my deputy, meet them, follow a matter; and what will be shown here."""
    return render(request, "publishing/home.html", {"reception": soonest_reception(today())})


def soonest_reception(day: date) -> Reception | None:
    """The next day on which deputies receive at any kind of station; None where no station is open on a day of the rules."""
    try:
        preset = in_force(day)
    except NothingInForce:
        return None
    kinds = Station.objects.on(day).order_by("kind").values_list("kind", flat=True).distinct()
    found = [reception for kind in kinds for reception in next_receptions(preset, kind, day)]
    return min(found, key=lambda reception: reception.held_on, default=None)
