"""Which matters a browser has joined by "me too": counted once for each, without knowing whose browser it is."""

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from lianxin.affairs.opinions.models import Opinion

COOKIE = "lianxin_echoed"
YEAR_S = 365 * 24 * 3600
REMEMBERED = 80  # the latest; more would not fit into a cookie


def already_joined(request: HttpRequest) -> list[str]:
    """The ids of what this browser joined before; nothing where the cookie is not ours."""
    try:
        kept = request.get_signed_cookie(COOKIE, default="", salt=COOKIE)
    except BadSignature:
        return []
    return kept.split("/") if kept else []


def remember(request: HttpRequest, response: HttpResponse, opinion: Opinion) -> HttpResponse:
    """Let the browser remember that it joined this one."""
    kept = "/".join([*already_joined(request), str(opinion.pk)][-REMEMBERED:])
    secure = settings.SESSION_COOKIE_SECURE
    response.set_signed_cookie(COOKIE, kept, salt=COOKIE, max_age=YEAR_S, httponly=True, secure=secure, samesite="Lax")
    return response
