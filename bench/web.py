"""Pages at eight clients beside a bare Django page: requests a second, waiting, queries, bytes, memory."""

from collections.abc import Callable, Iterable
from itertools import islice
from urllib.parse import quote

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bench.load import Load, load
from bench.platforms import large_platform
from bench.report import Report
from bench.servers import memory_mb, serving
from lianxin.ground.people.models import Person, Region
from lianxin.ground.people.models.region import Level

WORDS = ("luo", "青禾", "tan", "秋", "xiang", "晚", "he", "龚", "ai", "桥")


def run(report: Report) -> None:
    """Measure the pages that have to stay fast however much there is."""
    station = large_platform()
    call_command("translations", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    townships = list(Region.objects.filter(level=Level.TOWNSHIP).values_list("pk", flat=True))
    villages = list(Region.objects.filter(level=Level.VILLAGE).values_list("pk", flat=True))
    people = list(islice(Person.objects.values_list("pk", flat=True), 500))
    pages: dict[str, Callable[[int], str]] = {
        "region tree": _turn("/places/{}/", townships),
        "roster of 9,000, searched": _turn("/people/?q={}", WORDS),
        "roster of 9,000, first page": _turn("/people/?trade=&x={}", range(1000)),
        "person": _turn("/people/{}/", people),
        "who stands for me": _turn("/find/{}/", villages),
        "station": lambda number: f"/stations/{station.pk}/?x={number}",
    }
    with serving("bench.bare.wsgi:application") as (port, _pid):
        bare = load(port, lambda number: f"/?q={number}")
    report.add("Pages, 8 clients", page="bare Django page", **_row(bare, bare, "0"))
    with serving("config.wsgi:application") as (port, pid):
        for name, path in pages.items():
            seen = load(port, path)
            report.add("Pages, 8 clients", page=name, **_row(seen, bare, str(_queries(path(1)))))
        memory = memory_mb(pid)
    report.add("Memory", what="web server after all pages (PSS)", MB=memory, aim="under 250")


def _turn(pattern: str, things: Iterable[object]) -> Callable[[int], str]:
    known = [quote(str(thing)) for thing in things]
    return lambda number: pattern.format(known[number % len(known)])


def _row(seen: Load, bare: Load, queries: str) -> dict[str, str]:
    return {
        "requests/s": f"{seen.per_second:.0f}",
        "bare pages": f"{bare.per_second / seen.per_second:.1f}",
        "p50 ms": f"{seen.p50_ms:.0f}",
        "p95 ms": f"{seen.p95_ms:.0f}",
        "SQL": queries,
        "bytes": str(seen.bytes),
    }


def _queries(path: str) -> int:
    """How many queries the page asks once the process is warm."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.get(path)
    with override_settings(ALLOWED_HOSTS=["*"]), CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)
