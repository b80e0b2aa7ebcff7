"""How pages are shown to this browser. Works without JavaScript: a small form, a cookie, and back again."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lianxin.ground.core.display import CHOICES, keep


@csrf_exempt  # nothing is stored but a cookie of this browser, and public pages stay free of a token
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show the choices, or keep those that were sent and go back to the page they were sent from."""
    if request.method != "POST":
        return render(request, "core/preferences.html")
    response = HttpResponseRedirect(way_back(request))
    for name in CHOICES.keys() & request.POST.keys():
        if request.POST[name] in CHOICES[name]:
            keep(response, name, request.POST[name])
    return response


def way_back(request: HttpRequest) -> str:
    """The page of this platform named by `next`; the front page for anything that leads elsewhere."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours and target.startswith("/") else "/"
