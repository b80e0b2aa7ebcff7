"""Finding matters by words: everything one may see, open or ended, the newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianxin.affairs.opinions import search
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.ground.access.doors import needs
from lianxin.ground.core import asking


@require_safe
@needs(SEE)
def finding(request: HttpRequest) -> HttpResponse:
    """What contains the words, in its number, title, text or spot."""
    words = asking.words(request)
    seen = Opinion.objects.visible_to(request.user)
    found = search.find(words, seen, request.GET.get("after", "")) if words else None
    return render(request, "opinions/desk/found.html", {"words": words, "found": found})
