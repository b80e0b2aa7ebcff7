"""The list, and the way in."""

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test.utils import CaptureQueriesContext
from django.urls import path

from bench.plain import ROWS


def enter(request: HttpRequest) -> HttpResponse:
    """Sign the first user in."""
    login(request, User.objects.order_by("pk")[0])
    return HttpResponse()


def page(request: HttpRequest, number: int = 0) -> HttpResponse:
    """The newest users, whichever `number` was asked for, and `beside` them so many lists of some by their keys."""
    rows = User.objects.filter(is_active=True, is_staff=False).order_by("-pk")[:ROWS]
    others = [
        list(User.objects.filter(is_active=True, pk__in=[1, 2, 3 + turn]).order_by("username"))
        for turn in range(int(request.GET["beside"]))
    ]
    return render(request, "list.html", {"rows": rows, "beside": others})


def queries(request: HttpRequest) -> HttpResponse:
    """How many queries the page asks."""
    with CaptureQueriesContext(connection) as captured:
        page(request)
    return HttpResponse(str(len(captured)))


urlpatterns = [
    path("", page),
    path("enter/", enter),
    path("queries/", queries),
    path("<int:number>/", page, name="one"),
]
