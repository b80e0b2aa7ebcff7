"""What every page is told about doors: the one it belongs to, those open to this person, and its navigation."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.functional import SimpleLazyObject

from lianxin.doors.desks.doors import DOORS, PUBLIC, RESIDENTS, Door, Item, door_at
from lianxin.ground.access import can


def doors(request: HttpRequest) -> dict[str, Any]:
    """The page's `door` and its `nav`, the `doors` open to this person, and where one signs in.

    What must be asked of access is asked only where a page shows it.
    """
    user = getattr(request, "user", AnonymousUser())
    here = door_of(request, user)
    return {
        "door": here,
        "account_bar": "desks/account.html",
        "sign_in_url": reverse(settings.LOGIN_URL),
        "doors": SimpleLazyObject(lambda: open_to(user)),
        "nav": SimpleLazyObject(lambda: navigation(here, request.path, user)),
    }


def door_of(request: HttpRequest, user: Any) -> Door:
    """The door that the page belongs to, by its address.

    Places, people, stations and papers are everybody's: whoever works at a desk keeps its navigation while looking at them,
    of several desks that of the one where the page has its place.
    """
    here, match = door_at(request.path), request.resolver_match
    if here is not PUBLIC or match is None or match.namespace == RESIDENTS or not user.is_authenticated:
        return here
    own = [door for door in DOORS if len(door.items) > 1 and can(user, door.needs)]
    fits = (door for door in own if any(link["is_current"] for link in navigation(door, request.path, user)))
    return next(fits, own[0] if own else here)


def open_to(user: Any) -> list[Door]:
    """The doors this person may enter, the residents' first."""
    return [PUBLIC, *(door for door in DOORS if can(user, door.needs))]


def may_open(item: Item, user: Any) -> bool:
    """Whether this person may do something on the page."""
    return not item.needs or any(can(user, right) for right in item.needs)


def navigation(door: Door, path: str, user: Any) -> list[dict[str, Any]]:
    """The door's pages that this person may see; none when there is but one. The current one has the longest fitting address."""
    if door.needs and not can(user, door.needs):
        return []
    prefix = get_script_prefix()
    seen = [(item, _address(item.url, prefix)) for item in door.items if may_open(item, user)]
    fitting = [href for _item, href in seen if path == href or (href != door.path and path.startswith(href))]
    current = max(fitting, key=len, default="")
    return [{"item": item, "href": href, "is_current": href == current} for item, href in seen if len(seen) > 1]


@cache
def _address(url: str, _prefix: str) -> str:
    """The address of a page, found once under each prefix of the server's."""
    return reverse(url)
