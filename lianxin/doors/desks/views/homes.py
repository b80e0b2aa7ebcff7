"""The home of each door: what waits, and, where nothing can wait yet, what will be there."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianxin.affairs.opinions import leading, queues
from lianxin.affairs.suggestions import waiting as suggestions
from lianxin.doors.desks.context import navigation
from lianxin.doors.desks.doors import door_at
from lianxin.doors.desks.own import first_of, own_of
from lianxin.ground.access.answering import grants_of, office_of
from lianxin.ground.access.doors import needs
from lianxin.ground.access.duties import duties
from lianxin.ground.access.waiting import waiting_for
from lianxin.ground.core import figures
from lianxin.ground.core.clock import today
from lianxin.ground.core.figures import Period

FEW = 3  # matters that stand on a deputy's home; the rest is one tap away


@require_safe
@needs("desks.enter_me")
def me(request: HttpRequest) -> HttpResponse:
    """A deputy's home: what comes next, and what is the deputy's own."""
    day, held, own = today(), queues.held_by(request.user), own_of(request.user, today())
    matters = queues.lines(queues.page(held, queues.ALL, {}, size=FEW).rows, day)
    due_on = (matters[0].handover.due_on or date.max) if matters else None  # a held clock has no day: it comes last
    first = first_of(own, due_on, day)
    waiting = [found for ask in suggestions.OF_DEPUTIES if (found := ask(request.user))]
    shown = {
        "own": own,
        "first": first,
        "waiting": waiting,
        "rest": waiting if first else waiting[1:],
        "day": day,
        "matters": matters,
    }
    return render(request, "desks/me.html", shown)


@require_safe
@needs("desks.enter_desk")
def desk(request: HttpRequest) -> HttpResponse:
    """The offices' home: what waits, and the pages this person has work on; administrators read what their office is."""
    pages = navigation(door_at(request.path), request.path, request.user)
    shown = {
        "pages": [page for page in pages if not page["is_current"]],
        "waiting": waiting_for(request.user),
        "office": duties(grants_of(request.user)) if office_of(request.user) else [],
    }
    return render(request, "desks/desk.html", shown)


@require_safe
@needs("desks.enter_unit")
def unit(request: HttpRequest) -> HttpResponse:
    """The handling units' home."""
    return render(request, "desks/unit.html", {"waiting": waiting_for(request.user)})


@require_safe
@needs("desks.enter_hall")
def hall(request: HttpRequest) -> HttpResponse:
    """The home of meetings."""
    return render(request, "desks/hall.html")


@require_safe
@needs("desks.enter_lead")
def lead(request: HttpRequest) -> HttpResponse:
    """Five questions a leader asks."""
    day = today()
    shown = {
        "day": day,
        "waiting": waiting_for(request.user),
        "soon": leading.due_soon(request.user, day),
        "late": leading.long_late(request.user, day),
        "returned": leading.to_and_fro(request.user, day),
        "satisfied": figures.read("opinions.satisfied", Period.year(day.year)),
        "solved": figures.read("opinions.solved", Period.year(day.year)),
    }
    return render(request, "desks/lead.html", shown)
