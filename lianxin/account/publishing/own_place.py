"""自己的地方 The place a reader wants to see first: named in the address, or kept by their own browser at their own wish.

The platform keeps nothing of it: it knows neither who lives there nor who looked.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from lianxin.ground.core.ids import id_in
from lianxin.ground.people.models import Region

COOKIE = "lianxin_place"
YEAR_S = 365 * 24 * 3600


def own_place(request: HttpRequest) -> Region | None:
    """The place of `?place=`, or the one this browser keeps; None for neither, and for one that is not there."""
    told = id_in(request.GET.get("place") or request.COOKIES.get(COOKIE, ""))
    seen = Region.objects.visible_to(request.user).standing().select_related("parent")
    return seen.filter(pk=told).first() if told else None


def keep(response: HttpResponseBase, place: UUID) -> None:
    """Have the browser remember a place for a year."""
    options: dict[str, Any] = {"max_age": YEAR_S, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    response.set_cookie(COOKIE, str(place), httponly=True, **options)


def forget(response: HttpResponseBase) -> None:
    """Have the browser forget it."""
    response.delete_cookie(COOKIE, samesite="Lax")
