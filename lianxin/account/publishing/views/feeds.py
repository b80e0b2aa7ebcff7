"""Feeds: of all that stands in public, of what a station or a deputy heard, of one matter."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lianxin.account.publishing import telling
from lianxin.account.publishing.feeds import answer
from lianxin.account.publishing.heard import heard_at, heard_by
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import KIND
from lianxin.affairs.stations.models import Station
from lianxin.ground.core.clock import today
from lianxin.ground.people.models import Person


@require_safe
def opinions(request: HttpRequest) -> HttpResponseBase:
    """What was told last, and what was answered last. Two queries for who has it already."""
    public = Opinion.objects.public()
    answered = public.answered().filter(case__kind=KIND).order_by("-case__changed_at", "-case__id")
    rows = [*telling.read(public.order_by("-id")), *telling.read(answered)]
    return answer(request, telling.of_matters(_("大家说的"), reverse("opinions:public"), rows))


@require_safe
def station(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What was told at a station."""
    row = get_object_or_404(Station.objects.visible_to(request.user).select_related("region"), pk=pk)
    title = _("在%(name)s说的事") % {"name": row.name}
    rows = telling.read(heard_at(row).order_by("-id"))
    return answer(request, telling.of_matters(title, row.get_absolute_url(), rows))


@require_safe
def deputy(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What a deputy heard."""
    deputies = Person.objects.visible_to(request.user).filter(mandates__isnull=False).distinct()
    row = get_object_or_404(deputies, pk=pk)
    title = _("%(name)s代表听到的事") % {"name": row.name}
    rows = telling.read(heard_by(row, today()).order_by("-id"))
    return answer(request, telling.of_matters(title, row.get_absolute_url(), rows))


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponseBase:
    """What becomes of one matter that stands in public."""
    opinion = get_object_or_404(Opinion.objects.public().with_case(), case__number=number)
    return answer(request, telling.of_one(opinion))
