"""How a view asks: unseen is 404, seen but not allowed is 403 with the reason."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from lianxin.ground.access import can


def demand(user: Any, code: str, obj: Any = None) -> None:
    """Raise PermissionDenied, with the reason as its text, unless the user may do this."""
    if not (answer := can(user, code, obj)):
        raise PermissionDenied(answer.reason)


def needs(code: str, *others: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that only those enter who may do this, or one of `others`: the rest sign in first, or read why not this."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method in ("GET", "HEAD") else "")
            if not any(can(request.user, other) for other in others):
                demand(request.user, code)
            return view(request, *args, **kwargs)

        return entered

    return wrap
