"""Residents who tell; clerks who write for somebody else; the short addresses that codes on walls hold."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, path

from lianxin.affairs.opinions.views.tell import beside, places, receipt, steps
from lianxin.affairs.opinions.views.tell.ways import View, clerk, resident
from lianxin.ground.access.limits import limited

HOUR_S = 3600
# Mobile networks put whole towns behind one address: only a flood is held up.
PAGES: tuple[tuple[str, str, View, int], ...] = (  # address, name, page, how often an hour one address may post there
    ("", "", places.where, 600),
    ("what/", "what", steps.what, 600),
    ("subject/", "subject", steps.subject, 1200),
    ("seen/", "seen", steps.seen, 1200),
    ("send/", "send", steps.send, 300),
    ("whom/", "whom", places.whom, 1200),
    ("door/", "door", beside.door, 600),
    ("drop/", "drop", beside.drop, 600),
    ("echo/", "echo", beside.echo, 300),
    ("file/<uuid:pk>/", "file", beside.file, 1200),
    ("receipt/", "receipt", receipt.receipt, 1200),
    ("receipt/day.ics", "day", receipt.day, 1200),
)


def _pages(base: str, name: str, enter: Callable[[View], Any]) -> Iterator[URLPattern]:
    for address, page, view, times in PAGES:
        full = f"{name}_{page}" if page else name
        yield path(f"{base}{address}", enter(limited(f"opinions.{full}", times=times, seconds=HOUR_S)(view)), name=full)


urlpatterns = [
    *_pages("tell/", "tell", resident),
    *_pages("desk/opinions/new/", "enter", clerk),
    path("desk/opinions/new/receipt/<slug:paper>/", clerk(receipt.slip), name="enter_slip"),
    path("tell/s/<uuid:pk>/", places.code, {"kind": "station"}, name="station_code"),
    path("tell/d/<uuid:pk>/", places.code, {"kind": "mandate"}, name="deputy_code"),
    path("tell/p/<uuid:pk>/", places.code, {"kind": "region"}, name="place_code"),
]
