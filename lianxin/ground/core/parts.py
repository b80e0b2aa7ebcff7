"""部分 What apps of upper floors show on the page of a thing that belongs to a lower one, which knows nothing of them.

The page keeps its one address, and what two apps know together still belongs to the upper of them.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.safestring import SafeString


class FeedLink(NamedTuple):
    """A feed of what a page shows: its title and where it is."""

    title: str
    href: str


class Part(NamedTuple):
    """What is shown: HTML with headings of the second level, and the feed of it; either may be missing."""

    body: SafeString | str = ""
    feed: FeedLink | None = None


Drawer = Callable[[HttpRequest, Any], Part | None]
_drawers: dict[str, list[Drawer]] = {}


def register_part(page: str, drawer: Drawer) -> None:
    """Declare a part of a page, by the name of its URL. It is asked with the thing, and answers None where it has nothing to show."""
    if drawer not in _drawers.setdefault(page, []):
        _drawers[page].append(drawer)


def parts_of(page: str, request: HttpRequest, thing: Any) -> dict[str, Any]:
    """What stands on a page about this thing, for its template: `parts`, and the `feeds` that its head names."""
    found = [part for draw in _drawers.get(page, ()) if (part := draw(request, thing))]
    return {"parts": [part.body for part in found if part.body], "feeds": [part.feed for part in found if part.feed]}
