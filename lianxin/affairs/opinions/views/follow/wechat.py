"""Choosing to be told by WeChat: in WeChat's own browser, which WeChat sends back with who it is, by a name of our account's."""

from collections.abc import Callable
from functools import wraps

import segno
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.affairs.opinions.actions import reaching
from lianxin.affairs.opinions.views.follow import states
from lianxin.affairs.opinions.views.follow.visits import Visit, visited
from lianxin.ground.access.limits import limited
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.messages.wechat import Wechat, wechat


def _offered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of a visit whose words are still there; without the setting there is no such page."""

    @visited
    def entered(request: HttpRequest, visit: Visit, way: Wechat) -> HttpResponseBase:
        if visit.opinion.erased_at:
            raise Http404
        return view(request, visit, way)

    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponseBase:
        if (way := wechat()) is None:
            raise Http404
        return entered(request, way)

    return asked


@require_http_methods(["GET", "HEAD", "POST"])
@limited("opinions.wechat", times=30, seconds=600)
@_offered
def choose(request: HttpRequest, _visit: Visit, way: Wechat) -> HttpResponseBase:
    """Says what WeChat will tell and what it will not, and sends the browser there."""
    if request.method == "POST" and _goes_there(request, way):
        back = request.build_absolute_uri(reverse("opinions:matter_wechat_back"))
        return redirect(way.authorizing(back, states.issue(request)))
    return _page(request, way)


@require_GET
@_offered
def come_back(request: HttpRequest, visit: Visit, way: Wechat) -> HttpResponseBase:
    """Takes what WeChat gave, once; it is told by WeChat from here on."""
    try:
        states.take(request, request.GET.get("state", ""))
        reaching.by_wechat(visit.opinion, way.openid_of(request.GET.get("code", "")), at=now())
    except RuleError as error:
        return _page(request, way, refused=str(error))
    toasts.tell(request, _("选好了：有进展就发到您的微信。"))
    return redirect("opinions:matter")


def _page(request: HttpRequest, way: Wechat, refused: str = "") -> HttpResponseBase:
    follow = request.build_absolute_uri(reverse("opinions:follow"))
    context = {"way": way, "goes_there": _goes_there(request, way), "refused": refused, "follow": follow}
    if not context["goes_there"]:
        context["qr"] = segno.make(follow, error="m").svg_data_uri(scale=4, border=2, light="#fff")

    @csp_update({"form-action": [way.door]} if way.needs_its_browser else {})
    def shown(request: HttpRequest) -> HttpResponseBase:
        return render(request, "opinions/follow/wechat.html", context, status=422 if refused else 200)

    return shown(request)


def _goes_there(request: HttpRequest, way: Wechat) -> bool:
    """Whether WeChat will know this browser: its own, and not the one for offices."""
    agent = request.headers.get("User-Agent", "")
    return not way.needs_its_browser or ("MicroMessenger" in agent and "wxwork" not in agent)
