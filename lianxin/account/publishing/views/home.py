"""The front page: what a resident can do here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Tell us, find my deputy, meet them, follow a matter; and what will be shown here."""
    return render(request, "publishing/home.html")
