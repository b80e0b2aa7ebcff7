"""Suggestions and what was answered to them, as everybody reads them (Law on Deputies, art. 51; published as the office says)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.reading import Published
from lianxin.ground.core.clock import today
from lianxin.ground.core.paging import page_by_key


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What was published, the latest first."""
    found = Suggestion.objects.public().select_related("case", "lead__person")
    page = page_by_key(found, ("-submitted_at", "-id"), request.GET)
    return render(request, "suggestions/public/suggestions.html", {"page": page})


@require_safe
def suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them: what it asks, on how many voices it stands, who answered what, and what was judged of it."""
    own = get_object_or_404(Suggestion.objects.public().with_case(), pk=pk)
    return render(request, "suggestions/public/suggestion.html", {"whole": Published(own, today())})
