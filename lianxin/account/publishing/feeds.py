"""订阅 How a feed is answered with: Atom (RFC 4287), and for who asks again that nothing changed, at the cost of a query or two."""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.http import HttpResponse as Answer
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lianxin.ground.core.clock import day_of, now, today
from lianxin.ground.core.display import HTML_LANG
from lianxin.ground.core.headers import unless_known
from lianxin.ground.core.models import Platform

TYPE = "application/atom+xml; charset=utf-8"
FRESH = "public, max-age=300"  # within five minutes a reader need not ask us again
NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)
KEPT = 64
_kept: OrderedDict[str, bytes] = OrderedDict()  # feeds as they were written, by what they were written from


class Entry(NamedTuple):
    """One thing that is told: `about` names it for ever, as the path of its page would; `html` is what is told of it."""

    about: str
    title: str
    href: str
    updated: datetime
    html: str
    category: str = ""


@dataclass(frozen=True)
class Feed:
    """What a feed tells: `page` is the page that it follows, `state` everything that its entries are written from.

    `entries` are asked for only where somebody does not have them yet.
    """

    title: str
    page: str
    updated: datetime
    state: object
    entries: Callable[[], list[Entry]]


class _Atom(Atom1Feed):
    """Django's, whose moment is told, so that an empty one does not change with every look."""

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["updated"]
        return moment


def answer(request: HttpRequest, feed: Feed) -> HttpResponseBase:
    """The feed; or 304, where whoever asks has it as it is."""
    mark = repr((request.build_absolute_uri(), get_language(), today(), feed.title, feed.state))
    key = sha256(mark.encode()).hexdigest()
    return unless_known(
        request, quote_etag(key[:32]), lambda: Answer(_written(key, request, feed), content_type=TYPE), FRESH
    )


def _written(key: str, request: HttpRequest, feed: Feed) -> bytes:
    """The document; written once for the same state, however often it is asked for."""
    if key not in _kept:
        _kept[key] = _write(request, feed)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return _kept[key]


def _write(request: HttpRequest, feed: Feed) -> bytes:
    absolute, platform = request.build_absolute_uri, Platform.current()
    written = _Atom(
        title=feed.title,
        link=absolute(feed.page),
        feed_url=absolute(),
        feed_guid=tag(request.path),
        description=None,
        language=HTML_LANG["en" if get_language() == "en" else "zh-hans"],
        author_name=platform.name if platform else _("连心桥"),
        updated=feed.updated,
    )
    for entry in feed.entries():
        told: dict[str, Any] = {"categories": [entry.category] if entry.category else None}
        written.add_item(
            entry.title, absolute(entry.href), entry.html, unique_id=tag(entry.about), updateddate=entry.updated, **told
        )
    return written.writeString("utf-8").encode()


def tag(path: str) -> str:
    """What a thing is called for ever (RFC 4151), whatever name the platform is reached by: after the first name of its settings."""
    platform = Platform.current()
    name = next((host for host in settings.ALLOWED_HOSTS if NAME.fullmatch(host)), "localhost")
    return f"tag:{name},{day_of(platform.created_at if platform else now()):%Y-%m-%d}:{path.strip('/')}"
