"""All that a deputy or a station heard, page by page."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lianxin.account.publishing.heard import heard_at, lines_of, listed
from lianxin.account.publishing.heard import heard_by as heard_by_person
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Station
from lianxin.ground.core.clock import today
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.people.models import Person
from lianxin.ground.rulebook import in_force


@require_safe
def by_deputy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What everybody may read of what a deputy heard, and what they did with it."""
    person = get_object_or_404(Person.objects.visible_to(request.user).filter(mandates__isnull=False).distinct(), pk=pk)
    return _page(request, heard_by_person(person, today()), {"person": person, "of": person})


@require_safe
def at_station(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What everybody may read of what was told at a station."""
    station = get_object_or_404(Station.objects.visible_to(request.user).select_related("region"), pk=pk)
    return _page(request, heard_at(station), {"station": station, "of": station})


def _page(request: HttpRequest, heard: QuerySet[Opinion], context: dict[str, Any]) -> HttpResponse:
    page: Any = page_by_key(listed(heard), ("-id",), request.GET, size=30)
    rules = in_force(today()).section(OpinionRules)
    context |= {"page": page, "lines": lines_of(page.rows, rules, context.get("person"))}
    return render(request, "publishing/heard.html", context)
