"""What is shown on the page of a deputy and of a station: what was heard there, and where one can meet."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxin.account.publishing.heard import heard_at, heard_by, lines_of, listed
from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.photos import photos_of
from lianxin.account.publishing.standing import meeting_places
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Station
from lianxin.ground.access import can
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.parts import FeedLink, Part
from lianxin.ground.people.models import Person
from lianxin.ground.rulebook import in_force

SHOWN = 5


def deputy(request: HttpRequest, person: Person) -> Part | None:
    """Where this deputy receives next, and what they heard; nothing of somebody who never was a deputy."""
    if not person.mandates.all():
        return None
    places = meeting_places(person, today())
    more = reverse("publishing:heard_by", args=[person.pk])
    title = _("%(name)s代表听到的事") % {"name": person.name}
    feed = FeedLink(title, reverse("publishing:feed_of_deputy", args=[person.pk]))
    sits = any(mandate.holds_on(today()) and not mandate.is_resting for mandate in person.mandates.all())
    poster = reverse("publishing:card", args=[person.pk]) if sits else ""
    return _part(request, heard_by(person, today()), person, {"places": places, "more": more, "poster": poster}, feed)


def stories(request: HttpRequest, person: Person) -> Part | None:
    """What is told of this deputy, with their consent; one query."""
    told = Wording.objects.public(now()).filter(announcement__story__person=person).order_by("-public_from", "-id")
    rows = list(told[:SHOWN])
    return Part(render_to_string("publishing/stories_part.html", {"rows": rows}, request)) if rows else None


def station(request: HttpRequest, station: Station) -> Part:
    """What the station looks like, and what was told there."""
    more = reverse("publishing:heard_at", args=[station.pk])
    title = _("在%(name)s说的事") % {"name": station.name}
    feed = FeedLink(title, reverse("publishing:feed_of_station", args=[station.pk]))
    poster = reverse("publishing:poster", args=[station.pk]) if station.holds_on(today()) else ""
    shown = {"station": station, "photos": list(photos_of(station).public()), "more": more, "poster": poster}
    shown["may_edit"] = request.user.is_authenticated and bool(can(request.user, "stations.edit", station))
    return _part(request, heard_at(station), None, shown, feed)


def _part(
    request: HttpRequest, heard: QuerySet[Opinion], person: Person | None, context: dict[str, Any], feed: FeedLink
) -> Part:
    rows = list(listed(heard)[: SHOWN + 1])
    rules = in_force(today()).section(OpinionRules)
    context |= {"lines": lines_of(rows[:SHOWN], rules, person), "has_more": len(rows) > SHOWN, "person": person}
    return Part(render_to_string("publishing/heard_part.html", context, request), feed)


def matters(request: HttpRequest, _nothing: None) -> Part:
    """The feed of the list of what everybody may read."""
    return Part(feed=FeedLink(_("大家说的"), reverse("publishing:feed")))


def matter(request: HttpRequest, opinion: Opinion) -> Part:
    """The feed of one matter."""
    number = opinion.case.number
    return Part(feed=FeedLink(opinion.title, reverse("publishing:feed_of_case", args=[number])))
