"""How a view asks: unseen is 404, seen but not allowed is 403 with the reason."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxin.ground.access import can
from lianxin.ground.core.views import errors


def demand(user: Any, code: str, obj: Any = None) -> None:
    """Raise PermissionDenied, with the reason as its text, unless the user may do this."""
    if not (answer := can(user, code, obj)):
        raise PermissionDenied(answer.reason)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there back; what was written into a form is shown before."""
    if errors.written(request):
        way = f"{reverse('account_login')}?{urlencode({'next': _page_of_form(request)})}"
        return errors.page(request, 401, way=(_("去登录"), way))
    return redirect_to_login(request.get_full_path() if request.method in ("GET", "HEAD") else "")


def _page_of_form(request: HttpRequest) -> str:
    """The page on which a form stood that was sent here: its own address may be that of a button alone."""
    stood = urlsplit(request.headers.get("Referer", ""))
    return stood._replace(scheme="", netloc="", fragment="").geturl() if stood.netloc == request.get_host() else ""


def needs(code: str, *others: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that only those enter who may do this, or one of `others`: the rest sign in first, or read why not this."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            if not any(can(request.user, other) for other in others):
                demand(request.user, code)
            return view(request, *args, **kwargs)

        return entered

    return wrap
