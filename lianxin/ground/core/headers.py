"""What every answer tells the browser that it may not do."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from lianxin.ground.core.network import is_address

Answer = TypeVar("Answer", bound=HttpResponseBase)
DEVICES = (  # what pages may ask of a device: nobody, or pages of this platform alone
    "camera=(self), microphone={microphone}, publickey-credentials-create=(self), publickey-credentials-get=(self), "
    "accelerometer=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), "
    "midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()"
)


class Headers:
    """Middleware that stands before all others, so that static files and error pages are covered too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and add the headers that the view has not set itself."""
        response = self.get_response(request)
        if is_own_computer(request):
            response.headers.pop("Strict-Transport-Security", None)
        response.headers.setdefault("Permissions-Policy", DEVICES.format(microphone="()"))
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if is_personal(request, response) and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        return response


def listens(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """A page that may ask for the microphone, and play what it has recorded before that is sent; no other page may."""

    @wraps(view)
    def entered(*args: Any, **kwargs: Any) -> Answer:
        response = view(*args, **kwargs)
        response.headers["Permissions-Policy"] = DEVICES.format(microphone="(self)")
        return response

    return cast(Callable[..., Answer], csp_update({"media-src": [SELF, "blob:"]})(entered))


def unless_known(request: HttpRequest, etag: str, write: Callable[[], HttpResponse], kept: str) -> HttpResponseBase:
    """What is told again and again: written where whoever asks does not have it as it is, else 304.

    By the mark alone: what was taken away leaves no later moment behind. `kept` is the Cache-Control for who is not signed in.
    """
    response = get_conditional_response(request, etag=etag) or write()
    response["ETag"] = etag
    if not is_personal(request, response):
        response["Cache-Control"] = kept
    patch_vary_headers(response, ("Accept-Language", "Cookie"))  # a cookie may say the language
    return response


def is_own_computer(request: HttpRequest) -> bool:
    """Whether the platform is reached by a name that other programs of this network share.

    A browser that was once told to use TLS alone would refuse all of them without TLS, for a year.
    """
    host = request.META.get("HTTP_HOST", "").rsplit(":", 1)[0]
    return host == "localhost" or host.endswith((".localhost", ".local")) or is_address(host)


def is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer may depend on who is signed in: no store may keep it, neither proxy nor browser."""
    name = settings.SESSION_COOKIE_NAME
    return not request.path.startswith(settings.STATIC_URL) and (name in request.COOKIES or name in response.cookies)
