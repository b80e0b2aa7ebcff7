"""The front page: what a resident can do here."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.own_place import own_place
from lianxin.account.publishing.standing import receiving_near
from lianxin.account.publishing.views.news import feed_link
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import KIND
from lianxin.affairs.opinions.published import READ, rows_of
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.receptions import soonest_reception
from lianxin.ground.core import figures
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.figures import Period
from lianxin.ground.core.parts import FeedLink, parts_of
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.errors import NothingInForce

ANSWERED = 4  # matters that were answered lately
NEWS = 3  # news and notices
NEAR = 3  # stations near the reader's own place


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Tell us, find my deputy, meet them, follow a matter; the news; what was said and done; near the reader's own place, if they named one."""
    day, place = today(), own_place(request)
    near = receiving_near(place, day, request.user, NEAR) if place else []
    shown = {
        "place": place,
        "near": near,
        "reception": None if near else soonest_reception(day),
        "news": list(Wording.objects.public(now()).order_by("-public_from", "-id")[:NEWS]),
        "answered": rows_of(lately_answered()[:ANSWERED], rules_on(day)),
        "month": Period.month(day.year, day.month),
        **said_and_done(day),
    }
    more = parts_of("publishing:home", request, None)
    shown |= more | {"feeds": [FeedLink(_("大家说的"), reverse("publishing:feed")), feed_link(), *more["feeds"]]}
    return render(request, "publishing/home.html", shown)


def lately_answered() -> Any:
    """Public matters that were answered, those in which something happened last first."""
    answered = Opinion.objects.public().answered().filter(case__kind=KIND)  # the kind opens the index of what changed
    return answered.order_by("-case__changed_at", "-case__id").values_list("id", *READ)


def said_and_done(day: date) -> dict[str, figures.Figure]:
    """What came in and was answered this month; satisfied and solved, as residents said this year. Nothing without rules."""
    month, year = Period.month(day.year, day.month), Period.year(day.year)
    asked = {"received": month, "was_answered": month, "satisfied": year, "solved": year}
    try:
        return {name: figures.read(f"opinions.{name.removeprefix('was_')}", period) for name, period in asked.items()}
    except NothingInForce:
        return {}


def rules_on(day: date) -> OpinionRules:
    """What the platform's rules say of opinions; nothing where none are in force."""
    try:
        return in_force(day).section(OpinionRules)
    except NothingInForce:
        return OpinionRules()
