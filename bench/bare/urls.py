"""The one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


def page(request: HttpRequest) -> HttpResponse:
    """A greeting with the word that was asked."""
    return render(request, "page.html", {"word": request.GET.get("q", "")})


urlpatterns = [path("", page)]
