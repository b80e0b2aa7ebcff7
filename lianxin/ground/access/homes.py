"""Where somebody goes after signing in: the first front door that lets them in."""

from typing import Any

from django.urls import reverse

from lianxin.ground.access.answering import can

_homes: list[tuple[str, str]] = []


def register_home(action: str, url_name: str) -> None:
    """Declare a front door: whoever may do `action` may go to `url_name`. Earlier declared doors are preferred."""
    _homes.append((action, url_name))


def home_of(user: Any) -> str:
    """The address of the user's front door; the own account where no door lets the user in."""
    open_doors = (url_name for action, url_name in _homes if can(user, action))
    return reverse(next(open_doors, "access:account"))
