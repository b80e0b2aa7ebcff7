"""The product with a few pages more: what htmx, toasts and failures do on a page of the real layout."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from config.urls import urlpatterns as product
from lianxin.ground.core.toasts import tell

PAGE = """
{% extends "base.html" %}
{% block title %}试一试{% endblock %}
{% block htmx %}{% include "components/htmx.html" %}{% endblock %}
{% block main %}
<h1>试一试</h1>
{% include part %}
{% for act in acts %}<form method="post" action="/try/{{ act }}/" hx-post="/try/{{ act }}/" hx-target="#part" id="{{ act }}">{% csrf_token %}<button>{{ act }}</button></form>{% endfor %}
{% endblock %}
"""
PART = """
<div id="part">
<form method="post" action="/try/"{% if not request.GET.plain %} hx-post="/try/" hx-target="#part" hx-swap="outerHTML"{% endif %} novalidate id="letter">{% csrf_token %}{{ form }}<button>寄出</button></form>
<p id="said">{{ said }}</p>
</div>
"""
ACTS = ("failing", "barred", "slow")
kept: list[str] = []


class Letter(forms.Form):
    name = forms.CharField(label="姓名")


def letter(request):
    """A form that works with htmx and without."""
    form = Letter(request.POST or None)
    said = "、".join(kept)
    if request.method == "POST" and form.is_valid():
        kept.append(form.cleaned_data["name"])
        if not request.htmx:
            tell(request, f"已寄出：{kept[-1]}", undo="/try/undo/")
            return HttpResponseRedirect("/try/")
        form, said = Letter(), "、".join(kept)
    part = engines["django"].from_string(PART)
    context = {"form": form, "said": said, "acts": ACTS, "part": part.template}
    status = 422 if form.is_bound and not form.is_valid() else 200
    if request.htmx:
        return HttpResponse(part.render(context, request), status=status)
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request), status=status)


def undo(request):
    """Take the last letter back."""
    kept.pop()
    return HttpResponseRedirect("/try/")


def failing(request):
    raise ZeroDivisionError


def barred(request):
    raise PermissionDenied("“寄信”由代表来做。")


@csrf_exempt
def slow(request):
    """Answers nothing that could be swapped."""
    return render(request, "components/refusal.html", {"text": "太快了"}, status=429)


urlpatterns = [
    path("try/", letter),
    path("try/undo/", undo),
    path("try/failing/", failing),
    path("try/barred/", barred),
    path("try/slow/", slow),
    *product,
]
