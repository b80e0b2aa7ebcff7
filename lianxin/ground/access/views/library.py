"""The library of rules in force, for everybody who is signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianxin.ground.core.clock import today
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.errors import NothingInForce
from lianxin.ground.rulebook.library import library as papers_of

LONGEST = 40


@require_safe
@login_required
def library(request: HttpRequest) -> HttpResponse:
    """Every paper, its articles, and what the platform does because of each; all, or those that words lead to."""
    words, why = request.GET.get("q", "").strip()[:LONGEST], ""
    try:
        papers = papers_of(in_force(today()))
    except NothingInForce as nothing:
        papers, why = [], str(nothing)
    found = [left for paper in papers if (left := paper.holding(words))]
    return render(request, "rulebook/library.html", {"papers": found, "q": words, "why": why, "day": today()})
