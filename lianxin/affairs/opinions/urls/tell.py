"""Residents who tell; clerks who write for somebody else; the short addresses that codes on walls hold."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.opinions.views.tell import beside, places, receipt, steps
from lianxin.affairs.opinions.views.tell.ways import View, clerk, resident
from lianxin.ground.access.limits import limited

HOUR_S = 3600
# Mobile networks put whole towns behind one address: only a flood is held up.
PAGES: tuple[tuple[str, str, View, str, int], ...] = (  # address, name, page, methods, posts an hour of one address
    ("", "", places.where, "GET HEAD POST", 600),
    ("what/", "what", steps.what, "GET HEAD POST", 600),
    ("subject/", "subject", steps.subject, "GET HEAD POST", 1200),
    ("seen/", "seen", steps.seen, "GET HEAD POST", 1200),
    ("send/", "send", steps.send, "GET HEAD POST", 300),
    ("whom/", "whom", places.whom, "GET HEAD", 0),
    ("door/", "door", beside.door, "POST", 600),
    ("drop/", "drop", beside.drop, "POST", 600),
    ("echo/", "echo", beside.echo, "POST", 300),
    ("file/<uuid:pk>/", "file", beside.file, "GET HEAD", 0),
    ("receipt/", "receipt", receipt.receipt, "GET HEAD", 0),
    ("receipt/day.ics", "day", receipt.day, "GET HEAD", 0),
)


def _pages(base: str, name: str, enter: Callable[[View], Any]) -> Iterator[URLPattern]:
    for address, page, view, methods, times in PAGES:
        full = f"{name}_{page}" if page else name
        slow = limited(f"opinions.{full}", times=times, seconds=HOUR_S)(view) if times else view
        yield path(f"{base}{address}", require_http_methods(methods.split())(enter(slow)), name=full)


urlpatterns = [
    *_pages("tell/", "tell", resident),
    *_pages("desk/opinions/new/", "enter", clerk),
    path("desk/opinions/new/receipt/<slug:paper>/", require_safe(clerk(receipt.slip)), name="enter_slip"),
    path("tell/s/<uuid:pk>/", places.code, {"kind": "station"}, name="station_code"),
    path("tell/d/<uuid:pk>/", places.code, {"kind": "mandate"}, name="deputy_code"),
    path("tell/p/<uuid:pk>/", places.code, {"kind": "region"}, name="place_code"),
]
