"""Every component in every state. Public on every installation: it shows made-up texts and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show(request: HttpRequest) -> HttpResponse:
    """The style guide."""
    return render(request, "core/styleguide.html")


def frame(request: HttpRequest) -> HttpResponse:
    """The style guide at a chosen width."""
    return render(request, "core/styleguide.html")
