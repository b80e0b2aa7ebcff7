"""A deputy's own ties."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianxin.affairs.contact.reading import own_ties
from lianxin.ground.access.doors import needs
from lianxin.ground.core.clock import today

HOLD = "ties.hold"


@require_safe
@needs(HOLD)
def own(request: HttpRequest) -> HttpResponse:
    """With whom this deputy keeps contact today, and who keeps contact with the deputy."""
    return render(request, "contact/own.html", {"own": own_ties(request.user, today())})
