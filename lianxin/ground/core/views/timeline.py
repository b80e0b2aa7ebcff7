"""The timeline of a thing or of a party: what is known of it, newest first, thirty at a time.

A page shows it with a few lines in its view and one in its template; htmx on that page saves the way through a new one::

    timeline = timeline_about(request, "station", station.id)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    ...
    {% include "components/timeline.html" %}
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.core.clock import today
from lianxin.ground.core.events import Ref, Told, all_kinds, tell
from lianxin.ground.core.events.naming import Names
from lianxin.ground.core.models import Event, EventParty
from lianxin.ground.core.paging import Source, page_by_key

M = TypeVar("M", bound=Model)
NOTHING: Names = MappingProxyType({})
SIZE = 30  # events on a page
OLDER, SHOW, MORE = "older", "show", "timeline-more"  # two keys of a query, and the id of what leads on
LOOKS: dict[str, str | Promise] = {
    "people": gettext_lazy("人做的"),
    "doc": gettext_lazy("文书"),
    "clock": gettext_lazy("时钟"),
}


class Moment(NamedTuple):
    """One event of a timeline: the classes of its look, its id, when it happened, in figures and in words, and its sentence.

    `noted` is empty where it was recorded on the same day. `said` is what is told where somebody said something of the
    event, or still has to.
    """

    look: str
    id: UUID
    happened_at: str
    when: str
    noted: str
    sentence: SafeString
    said: Told | None


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

    def looks(self) -> Iterator[dict[str, Any]]:
        """What can be chosen to be seen alone."""
        for look, label in {"": _("全部"), **LOOKS}.items():
            yield {"look": look, "label": label, "is_current": look == self.show}

    def alone(self) -> HttpResponse:
        """The timeline without the page around it. Not to be kept: the page has the same address."""
        response = render(self.request, "components/timeline.html", {"timeline": self})
        response["Cache-Control"] = "no-store"
        return response


def timeline_about(
    request: HttpRequest,
    kind: str,
    id: UUID,
    *,
    known: Names = NOTHING,
    size: int = SIZE,
    kinds: Collection[str] | None = None,
    own: Ref | None = None,
    own_kinds: Collection[str] = (),
    until: datetime | None = None,
) -> Timeline:
    """The events whose subject is this thing. The caller has made sure that this person may see them.

    Of this and the others below: `known` are the names, by kind and id, that the page has read anyway. Whoever is not to
    know all of it is shown these `kinds` alone, of `own_kinds` what counts for the party `own`, and what happened `until` a moment.
    """
    show = _shown(request)
    events = _looking(Event.objects.about(kind, id).with_said(), show)
    if kinds is not None:
        counts = own and Exists(EventParty.objects.filter(event=OuterRef("pk"), kind=own.kind, party_id=own.id))
        events = events.filter(Q(kind__in=kinds) | Q(counts, kind__in=own_kinds) if counts else Q(kind__in=kinds))
    if until is not None:
        events = events.filter(happened_at__lte=until)
    page = page_by_key(events, ("-happened_at", "-id"), _cursor(request), size=size)
    return Timeline(request, _moments(page.rows, known), page.older, show)


def timeline_of(
    request: HttpRequest,
    *,
    about: Sequence[Ref] = (),
    parties: Sequence[Ref] = (),
    known: Names = NOTHING,
    size: int = SIZE,
) -> Timeline:
    """The events whose subject is one of these things, or that count for one of these parties, as one thread.

    Two queries for the events of a page, however many there are: ids are unique over all kinds of things, so that the
    indexes alone say which events they are. The caller has made sure that this person may see them.
    """
    show = _shown(request)
    subjects = Event.objects.filter(subject_id__in=[ref.id for ref in about])
    parts = EventParty.objects.filter(party_id__in=[ref.id for ref in parties])
    sources: list[Source] = [
        (_looking(subjects, show), ("happened_at", "id")),
        (_looking(parts, show, "event__kind"), ("happened_at", "event_id")),
    ]
    page = page_by_key(Event.objects.with_said(), ("-happened_at", "-id"), _cursor(request), size=size, sources=sources)
    return Timeline(request, _moments(page.rows, known), page.older, show)


def timeline_of_party(
    request: HttpRequest, kind: str, id: UUID, *, known: Names = NOTHING, size: int = SIZE
) -> Timeline:
    """The events that count for this party. The caller has made sure that this person may see them."""
    show = _shown(request)
    events = _looking(Event.objects.filter(parties__kind=kind, parties__party_id=id), show)
    events = events.annotate(at=F("parties__happened_at"), event=F("parties__event"))  # in the order of the index
    page = page_by_key(events, ("-at", "-event"), _cursor(request), size=size)
    once = {event.id: event for event in page.rows}  # who has two roles in an event sees it once
    return Timeline(request, _moments(list(once.values()), known), page.older, show)


def _shown(request: HttpRequest) -> str:
    show = request.GET.get(SHOW, "")
    return show if show in LOOKS else ""


def _looking(rows: QuerySet[M], look: str, column: str = "kind") -> QuerySet[M]:
    """Those whose kind has the look; all where none was chosen."""
    if not look:
        return rows
    return rows.filter(**{f"{column}__in": [code for code, kind in all_kinds().items() if kind.look == look]})


def _cursor(request: HttpRequest) -> dict[str, str]:
    return {"after": request.GET.get(OLDER, "")}


def _moments(events: Sequence[Event], known: Names) -> list[Moment]:
    """The events in words, with days that leave out the year when it is this one."""
    this_year, zone = today().year, timezone.get_default_timezone()
    with_time, noted_on = _("%(day)s%(time)s"), _("%(day)s补记")

    @cache
    def told_day(day: date) -> str:
        return date_format(day, _("n月j日") if day.year == this_year else _("Y年n月j日"))

    def moment(told: Told) -> Moment:
        event, local = told.event, told.event.happened_at.astimezone(zone)
        day = told_day(local.date())
        is_day_known_alone = local.time() == time.min
        return Moment(
            look=f"is-{told.look}{' is-undone' if told.annulled else ''}",
            id=event.id,
            happened_at=local.isoformat(),
            when=day if is_day_known_alone else with_time % {"day": day, "time": f"{local:%-H:%M}"},
            noted="" if event.recorded_on == event.happened_on else noted_on % {"day": told_day(event.recorded_on)},
            sentence=told.marked,
            said=told if told.annulled or told.refused or told.confirmed or told.waits_for_check else None,
        )

    return [moment(told) for told in tell(events, known=known)]
