"""The front page: what a resident can do here."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.published import READ, rows_of
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.receptions import Reception, next_receptions
from lianxin.ground.core import figures
from lianxin.ground.core.clock import today
from lianxin.ground.core.figures import Period
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.errors import NothingInForce

ANSWERED = 4  # matters that were answered lately


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Tell us, find my deputy, meet them, follow a matter; and what will be shown here."""
    day = today()
    shown = {
        "reception": soonest_reception(day),
        "answered": rows_of(
            Opinion.objects.public().answered().order_by("-id").values_list("id", *READ)[:ANSWERED], rules_on(day)
        ),
        **said_this_year(day),
    }
    return render(request, "publishing/home.html", shown)


def said_this_year(day: date) -> dict[str, figures.Figure]:
    """Satisfied and solved, as residents said this year; nothing where no rules are in force."""
    names = ("satisfied", "solved")
    try:
        return {name: figures.read(f"opinions.{name}", Period.year(day.year)) for name in names}
    except NothingInForce:
        return {}


def rules_on(day: date) -> OpinionRules:
    """What the platform's rules say of opinions; nothing where none are in force."""
    try:
        return in_force(day).section(OpinionRules)
    except NothingInForce:
        return OpinionRules()


def soonest_reception(day: date) -> Reception | None:
    """The next day on which deputies receive at any kind of station; None where no station is open on a day of the rules."""
    stations = Station.objects.on(day).order_by("kind").values_list("kind", "reception_days", "body_id").distinct()
    try:
        held = [next_receptions(in_force(day, body), kind, day, own_days) for kind, own_days, body in stations]
    except NothingInForce:
        return None
    found = [reception for receptions in held for reception in receptions]
    return min(found, key=lambda reception: reception.held_on, default=None)
