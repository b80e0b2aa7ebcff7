"""How often something may be done. Counted in the database, so that it holds over every process of the server."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lianxin.ground.access.errors import TooOften
from lianxin.ground.access.models import Hit
from lianxin.ground.core.network import client_ip
from lianxin.ground.core.views import errors

KEPT = timedelta(days=1)  # the longest that anything is counted over


def limited(name: str, *, times: int, seconds: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A view that one address may post to `times` times in any `seconds` (at most a day).

    More is answered by 429, which says in plain words how long to wait, and in Retry-After. Offices and mobile
    networks put many people behind one address: be generous.
    """

    def wrap(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                try:
                    spend(name, client_ip(request), times=times, seconds=seconds)
                except TooOften as error:
                    return too_often(request, error)
            return view(request, *args, **kwargs)

        return entered

    return wrap


def spend(name: str, who: str, *, times: int, seconds: int) -> None:
    """Count one more; raises TooOften when `who` did it `times` times in the last `seconds`.

    Real time counts, not the clock of a rehearsal. Of two at the same moment both may be refused, never one too many let in.
    """
    key, at = salted_hmac(f"lianxin.limits.{name}", who, algorithm="sha256").hexdigest(), timezone.now()
    hit = Hit.objects.create(key=key, at=at)
    since = at - timedelta(seconds=seconds)
    earlier = Hit.objects.filter(key=key, at__gt=since).exclude(pk=hit.pk).order_by("-at").values_list("at", flat=True)
    if full := earlier[times - 1 : times]:
        hit.delete()
        raise TooOften(_wait(full[0], at, seconds))


def spent(name: str, who: str, *, seconds: int) -> int:
    """How often `who` did it in the last `seconds`; counts nothing itself."""
    key = salted_hmac(f"lianxin.limits.{name}", who, algorithm="sha256").hexdigest()
    return Hit.objects.filter(key=key, at__gt=timezone.now() - timedelta(seconds=seconds)).count()


def too_often(request: HttpRequest, error: TooOften) -> HttpResponse:
    """The page that says how long to wait."""
    page = errors.page(request, error.status, str(error))
    page.headers["Retry-After"] = str(error.seconds)
    return page


def _wait(oldest: datetime, at: datetime, seconds: int) -> int:
    """Whole seconds until the oldest that counts is too old to count."""
    return max(1, int((oldest + timedelta(seconds=seconds) - at).total_seconds()) + 1)
