"""A visit: for an hour this browser may see one matter. Signed, in a cookie of its own, and stored nowhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.core import toasts
from lianxin.ground.core.views import errors

COOKIE, PATH = "lianxin_follow", "/follow/"
LASTS = timedelta(hours=1)
SIGNER = signing.TimestampSigner(salt="lianxin.opinions.visit")
BY_CODE, BY_LINK = "code", "link"


@dataclass(frozen=True)
class Visit:
    """Whose matter is open, and whether the code was typed: only who has the code takes a matter back for good."""

    opinion: Opinion
    by_code: bool


def begin(response: HttpResponseBase, opinion: Opinion, *, by_code: bool) -> None:
    """From this answer on the browser sees the matter, for an hour. A code issued anew ends it."""
    told = f"{opinion.pk.hex}.{opinion.code_series}.{BY_CODE if by_code else BY_LINK}"
    options: dict[str, Any] = {
        "path": PATH,
        "httponly": True,
        "samesite": "Lax",
        "secure": settings.SESSION_COOKIE_SECURE,
    }
    response.set_cookie(COOKIE, SIGNER.sign(told), max_age=LASTS, **options)


def end(response: HttpResponseBase) -> None:
    """This browser sees it no more: for telephones that others use too."""
    response.delete_cookie(COOKIE, path=PATH)


def of(request: HttpRequest) -> Visit | None:
    """The visit that goes on; none where there is none, or it is over."""
    try:
        pk, series, way = SIGNER.unsign(request.COOKIES.get(COOKIE, ""), max_age=LASTS).split(".")
    except signing.BadSignature:
        return None
    opinion = Opinion.objects.with_case().with_signs().filter(pk=UUID(hex=pk), code_series=series).first()
    return Visit(opinion, way == BY_CODE) if opinion else None


def visited(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of a matter: gets the visit, and is kept by no browser or proxy. Without a visit one is asked for the code."""

    @never_cache
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if visit := of(request):
            return view(request, visit, *args, **kwargs)
        if errors.written(request):
            why = _("为了安全，过了一小时要再填一次查询码。刚才写的没有送出：先复制，填了查询码再贴进去。")
            return errors.page(request, 401, why, way=(_("填查询码"), reverse("opinions:follow")))
        if COOKIE in request.COOKIES:
            toasts.tell(request, _("为了安全，过了一小时要再填一次查询码。"))
        return redirect("opinions:follow")

    return entered
