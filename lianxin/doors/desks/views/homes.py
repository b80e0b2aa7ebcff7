"""The home of each door: what waits, and, where nothing can wait yet, what will be there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianxin.doors.desks.context import navigation
from lianxin.doors.desks.doors import door_at
from lianxin.ground.access.doors import needs


@require_safe
@needs("desks.enter_me")
def me(request: HttpRequest) -> HttpResponse:
    """A deputy's home."""
    return render(request, "desks/me.html")


@require_safe
@needs("desks.enter_desk")
def desk(request: HttpRequest) -> HttpResponse:
    """The offices' home: the pages this person has work on."""
    pages = navigation(door_at(request.path), request.path, request.user)
    return render(request, "desks/desk.html", {"pages": [page for page in pages if not page["is_current"]]})


@require_safe
@needs("desks.enter_unit")
def unit(request: HttpRequest) -> HttpResponse:
    """The handling units' home."""
    return render(request, "desks/unit.html")


@require_safe
@needs("desks.enter_hall")
def hall(request: HttpRequest) -> HttpResponse:
    """The home of meetings."""
    return render(request, "desks/hall.html")


@require_safe
@needs("desks.enter_lead")
def lead(request: HttpRequest) -> HttpResponse:
    """Five questions a leader asks."""
    return render(request, "desks/lead.html")
