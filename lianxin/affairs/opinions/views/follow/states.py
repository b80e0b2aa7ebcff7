"""What a browser takes along to another server and brings back: that it was this visit, minutes ago, and not twice.

A state is made of letters and digits alone, as WeChat wants it, and stored nowhere but, once used, as used.
"""

import secrets
import time
from datetime import timedelta

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from lianxin.affairs.opinions.errors import StateUnusable
from lianxin.affairs.opinions.views.follow import visits
from lianxin.ground.access import limits
from lianxin.ground.access.errors import TooOften

LASTS = timedelta(minutes=10)
TIME, TOLD = 10, 26  # signs of the moment; of that and of what nobody guesses


def issue(request: HttpRequest) -> str:
    """A state for this visit."""
    told = f"{int(time.time()):0{TIME}x}{secrets.token_hex((TOLD - TIME) // 2)}"
    return told + _seal(request, told)


def take(request: HttpRequest, state: str) -> None:
    """Use a state up. Raises StateUnusable where it was not issued to this visit just now, or used before."""
    told, seal = state[:TOLD], state[TOLD:]
    if not constant_time_compare(seal, _seal(request, told)):
        raise StateUnusable
    if time.time() - int(told[:TIME], 16) > LASTS.total_seconds():
        raise StateUnusable
    try:
        limits.spend("opinions.state", state, times=1, seconds=int(LASTS.total_seconds()) * 2)
    except TooOften:
        raise StateUnusable from None


def _seal(request: HttpRequest, told: str) -> str:
    visit = request.COOKIES[visits.COOKIE]
    return salted_hmac("lianxin.opinions.state", f"{told}{visit}", algorithm="sha256").hexdigest()
