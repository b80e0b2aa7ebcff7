"""The timeline of a thing or of a party: what is known of it, newest first, fifty at a time.

A page shows it with a few lines in its view and one in its template; htmx on that page saves the way through a new one::

    timeline = timeline_about(request, "station", station.id)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    ...
    {% include "components/timeline.html" %}
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.core.clock import today
from lianxin.ground.core.events import Ref, Told, all_kinds, tell
from lianxin.ground.core.models import Event, EventParty
from lianxin.ground.core.paging import page_by_key

OLDER, SHOW, MORE = "older", "show", "timeline-more"  # two keys of a query, and the id of what leads on
LOOKS: dict[str, str | Promise] = {
    "people": gettext_lazy("人做的"),
    "doc": gettext_lazy("文书"),
    "clock": gettext_lazy("时钟"),
}


@dataclass(frozen=True)
class Moment:
    """One event of a timeline. `noted` says when it was recorded, where that was another day."""

    told: Told
    when: str
    noted: str


@dataclass(frozen=True)
class Timeline:
    """One page of a timeline; `older` is the cursor of the next, empty at its end."""

    request: HttpRequest
    moments: Sequence[Moment]
    older: str
    show: str

    @property
    def is_asked_for_alone(self) -> bool:
        """Whether htmx wants older events and nothing else of the page."""
        return self.request.headers.get("HX-Target") == MORE

    @property
    def starts_below(self) -> bool:
        """Whether newer events stand on a page before."""
        return bool(self.request.GET.get(OLDER))

    def rows(self) -> Iterator[tuple[Told, str, str]]:
        """The moments as the page takes them apart: what is told, when it was, and when it was noted."""
        return ((moment.told, moment.when, moment.noted) for moment in self.moments)

    def looks(self) -> Iterator[dict[str, Any]]:
        """What can be chosen to be seen alone."""
        for look, label in {"": _("全部"), **LOOKS}.items():
            yield {"look": look, "label": label, "is_current": look == self.show}

    def alone(self) -> HttpResponse:
        """The timeline without the page around it. Not to be kept: the page has the same address."""
        response = render(self.request, "components/timeline.html", {"timeline": self})
        response["Cache-Control"] = "no-store"
        return response


def timeline_about(request: HttpRequest, kind: str, id: UUID, *, size: int = 50) -> Timeline:
    """The events whose subject is this thing. The caller has made sure that this person may see them."""
    events, show = Event.objects.about(kind, id), _shown(request)
    if show:
        events = events.filter(kind__in=_kinds(show))
    page = page_by_key(events, ("-happened_at", "-id"), _cursor(request), size=size)
    return Timeline(request, _moments(page.rows), page.older, show)


def timeline_of(
    request: HttpRequest, *, about: Sequence[Ref] = (), parties: Sequence[Ref] = (), size: int = 50
) -> Timeline:
    """The events whose subject is one of these things, or that count for one of these parties, as one thread.

    One query a page, however many they are. The caller has made sure that this person may see them.
    """
    things, show = EventParty.objects.none(), _shown(request)
    for ref in parties:
        things |= EventParty.objects.filter(kind=ref.kind, party_id=ref.id)
    subjects = Event.objects.none()
    for ref in about:
        subjects |= Event.objects.about(ref.kind, ref.id)
    ids = subjects.order_by().values("id").union(things.order_by().values("event_id"))  # each side has its index
    events = Event.objects.filter(id__in=ids)
    if show:
        events = events.filter(kind__in=_kinds(show))
    page = page_by_key(events, ("-happened_at", "-id"), _cursor(request), size=size)
    return Timeline(request, _moments(page.rows), page.older, show)


def timeline_of_party(request: HttpRequest, kind: str, id: UUID, *, size: int = 50) -> Timeline:
    """The events that count for this party. The caller has made sure that this person may see them."""
    parts, show = EventParty.objects.filter(kind=kind, party_id=id).select_related("event"), _shown(request)
    if show:
        parts = parts.filter(event__kind__in=_kinds(show))
    page = page_by_key(parts, ("-happened_at", "-event_id"), _cursor(request), size=size)
    events = {part.event_id: part.event for part in page.rows}  # who has two roles in an event sees it once
    return Timeline(request, _moments(list(events.values())), page.older, show)


def _shown(request: HttpRequest) -> str:
    show = request.GET.get(SHOW, "")
    return show if show in LOOKS else ""


def _kinds(look: str) -> list[str]:
    return [code for code, kind in all_kinds().items() if kind.look == look]


def _cursor(request: HttpRequest) -> dict[str, str]:
    return {"after": request.GET.get(OLDER, "")}


def _moments(events: Sequence[Event]) -> list[Moment]:
    """The events in words, with days that leave out the year when it is this one."""
    this_year = today().year

    @cache
    def told_day(day: date) -> str:
        return date_format(day, _("n月j日") if day.year == this_year else _("Y年n月j日"))

    def when(event: Event) -> str:
        local = timezone.localtime(event.happened_at, timezone.get_default_timezone())
        day = told_day(local.date())
        if local.time() == time.min:  # only the day is known
            return day
        return _("%(day)s%(time)s") % {"day": day, "time": f"{local:%-H:%M}"}

    def noted(event: Event) -> str:
        same = event.recorded_on == event.happened_on
        return "" if same else _("%(day)s补记") % {"day": told_day(event.recorded_on)}

    return [Moment(told, when(told.event), noted(told.event)) for told in tell(events)]
