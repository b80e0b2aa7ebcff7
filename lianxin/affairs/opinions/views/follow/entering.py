"""Coming in by the code, or by the link of a message. Codes travel by POST alone; a link shows a button."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lianxin.affairs.opinions import links
from lianxin.affairs.opinions.codes import mark_of
from lianxin.affairs.opinions.forms.follow import CodeForm
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.views.follow import visits
from lianxin.ground.access import limits
from lianxin.ground.access.errors import TooOften
from lianxin.ground.core.network import client_ip

WINDOW_S = 600
TRIES = 30  # of one address in the window, right and wrong: an office or a mobile network is many people
WRONG_ANYWHERE = 100  # in the window, from everywhere: somebody guesses from many addresses
TRIES_WHEN_GUESSED = 4  # of one address while that goes on: who mistyped gets in, who guesses gets nowhere


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Asks for the code. A code that cannot be one is told at once and costs no try; wrong ones are all answered alike."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opinion = _found(request, form.cleaned_data["code"])
        except TooOften as error:
            return limits.too_often(request, error)
        if opinion:
            response = redirect("opinions:matter")
            visits.begin(response, opinion, by_code=True)
            return response
        form.add_error("code", _("没有查到。请对照收据，看看12位数字是不是都对。收据丢了，到站点可以换一个查询码。"))
    return render(request, "opinions/follow/code.html", {"form": form}, status=422 if form.is_bound else 200)


def _found(request: HttpRequest, code: str) -> Opinion | None:
    """Whose code it is; counts the try. Raises TooOften."""
    who = client_ip(request)
    guessed = limits.spent("opinions.wrong_code", "", seconds=WINDOW_S) >= WRONG_ANYWHERE
    times = TRIES_WHEN_GUESSED if guessed else TRIES
    limits.spend("opinions.code", who, times=times, seconds=WINDOW_S)
    opinion = Opinion.objects.filter(code_mark=mark_of(code)).first()
    if opinion is None and not guessed:
        limits.spend("opinions.wrong_code", "", times=WRONG_ANYWHERE, seconds=WINDOW_S)
    return opinion


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """The page behind a link in a message: a button, so that a program that opens links opens nothing."""
    opinion = links.opinion_of((request.POST if request.method == "POST" else request.GET).get("t", ""))
    if opinion is None:
        return render(request, "opinions/follow/link_over.html", status=404)
    if request.method != "POST":
        return render(request, "opinions/follow/link.html", {"token": request.GET["t"]})
    response = redirect("opinions:matter")
    visits.begin(response, opinion, by_code=False)
    return response


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """This browser forgets the matter."""
    response = redirect("opinions:follow")
    visits.end(response)
    return response
