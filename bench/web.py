"""Pages at eight clients beside a bare Django page: requests a second, waiting, queries, bytes, memory."""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote, unquote
from urllib.request import Request, urlopen

from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings

from bench import plain
from bench.load import Asked, Load, load, sent
from bench.platforms import Large, large_platform
from bench.report import Report
from bench.servers import cpu_seconds, memory_mb, serving
from lianxin.affairs.stations.models import Station
from lianxin.ground.core.clock import today
from lianxin.ground.core.views.timeline import timeline_of_party
from lianxin.ground.people.models import Mandate, Person, Region
from lianxin.ground.people.models.region import Level

BARE = ("bench.bare", "bench.bare.gunicorn_conf")
NEXT = re.compile(r'[?;&]after=([^"&]+)"')
WORDS = ("luo", "青禾", "tan", "秋", "xiang", "晚", "he", "龚", "ai", "桥")


def run(report: Report) -> None:
    """Measure the pages that have to stay fast however much there is."""
    made = large_platform()
    call_command("translations", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with serving(*BARE) as bare, serving() as ours:
        seen = asked(bare, lambda number: f"/?q={number}")
        report.add("Pages, 8 clients", page="bare Django page", **row(seen, seen, "0"))
        for name, told in plain_pages(bare, ["plain Django list of 30 rows"]):
            report.add("Pages, 8 clients", page=name, **told)
        for name, (path, cookies) in pages(made).items():
            beside = asked(bare, lambda number: f"/?q={number}", seconds=2)
            told = page_row(asked(ours, path, cookies), beside, path(1), cookies)
            report.add("Pages, 8 clients", page=name, **told)
        memory = memory_mb(ours[1])
    report.add("Memory", what="web server after all pages (PSS)", MB=memory, aim="under 250")


def pages(made: Large) -> dict[str, tuple[Callable[[int], str], Sequence[str]]]:
    """The addresses of each page, and the cookies of those who ask for it: nobody's, but for the timeline."""
    home = Region.objects.within(made.home)
    townships, villages = (
        list(home.filter(level=level).exclude(pk=made.crowded.pk).values_list("pk", flat=True))
        for level in (Level.TOWNSHIP, Level.VILLAGE)
    )
    people = list(islice(Person.objects.values_list("pk", flat=True), 500))
    stations = [station.pk for station in made.stations]
    deputies = Mandate.objects.standing_for(made.crowded, today()).count()
    return {
        "region tree": (_turn("/places/{}/", townships), ()),
        "roster of 9,000, searched": (_turn("/people/?q={}", WORDS), ()),
        "roster of 9,000, page by page": (_turn("/people/?after={}", following("/people/")), ()),
        "person": (_turn("/people/{}/", people), ()),
        "who stands for me": (_turn("/find/{}/", villages), ()),
        f"who stands for me, {deputies} deputies": (_turn("/find/{}/", [made.crowded.pk]), ()),
        "station": (_turn("/stations/{}/", stations), ()),
        "station with its timeline of 10,000 events": (
            _turn(f"/stations/{stations[0]}/?older={{}}", cursors(made.stations[0])),
            made.cookies,
        ),
    }


def cursors(station: Station) -> list[str]:
    """Where the next forty pages of the station's timeline begin."""
    requests, found = RequestFactory(), [""]
    for _page in range(40):
        request = requests.get("/", {"older": found[-1]})
        found.append(timeline_of_party(request, "station", station.pk).older)
    return found


def following(path: str) -> list[str]:
    """Where the pages after the first of a list begin, up to forty."""
    client, found = Client(HTTP_HOST="127.0.0.1"), [""]
    with override_settings(ALLOWED_HOSTS=["*"]):
        while len(found) <= 40 and (link := NEXT.search(client.get(path, {"after": found[-1]}).content.decode())):
            found.append(unquote(link[1]))
    return found[1:]


@dataclass(frozen=True)
class Seen:
    """What the clients saw, and what one page cost the server: milliseconds that its processes computed."""

    load: Load
    cpu_ms: float


def asked(server: tuple[int, int], path: Callable[[int], str], cookies: Sequence[str] = (), seconds: float = 4) -> Seen:
    """Ask a server, after a moment in which it warms up."""
    port, pid = server
    load(port, path, seconds=0.5, cookies=cookies)
    before = cpu_seconds(pid)
    seen = load(port, path, seconds=seconds, cookies=cookies)
    return Seen(seen, (cpu_seconds(pid) - before) / seen.pages * 1000)


def sending(server: tuple[int, int], forms: Sequence[Asked]) -> Seen:
    """Send forms to a server; the first of them while it warms up."""
    port, pid = server
    warm = len(forms) // 5
    sent(port, forms[:warm])
    before = cpu_seconds(pid)
    seen = sent(port, forms[warm:])
    return Seen(seen, (cpu_seconds(pid) - before) / seen.pages * 1000)


def _turn(pattern: str, things: Iterable[object]) -> Callable[[int], str]:
    known = [quote(str(thing)) for thing in things]
    return lambda number: pattern.format(known[number % len(known)])


def plain_pages(bare: tuple[int, int], names: Iterable[str] = plain.BESIDE) -> Iterator[tuple[str, dict[str, str]]]:
    """What pages cost that Django makes without us, beside the bare page: bench/plain says what is in them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving("bench.plain", BARE[1], PLAIN_DATABASE=f"{folder}/plain.sqlite3") as server,
        urlopen(f"http://127.0.0.1:{server[0]}/enter/") as entered,
    ):
        cookie = "; ".join(kept.partition(";")[0] for kept in entered.headers.get_all("Set-Cookie"))
        for name in names:
            asks = f"beside={plain.BESIDE[name]}"
            counting = Request(f"http://127.0.0.1:{server[0]}/queries/?{asks}", headers={"Cookie": cookie})
            with urlopen(counting) as told:
                count = told.read().decode()
            beside = asked(bare, lambda number: f"/?q={number}", seconds=2)
            yield name, row(asked(server, lambda number, asks=asks: f"/?q={number}&{asks}", [cookie]), beside, count)


def page_row(seen: Seen, bare: Seen, path: str, cookies: Sequence[str]) -> dict[str, str]:
    """A page beside the bare one, with the number of its queries."""
    return row(seen, bare, str(queries(Asked(path, next(iter(cookies), "")), warm=True)))


def row(seen: Seen, bare: Seen, queries: str) -> dict[str, str]:
    """`bare pages` compares what the servers computed: other work on the machine hardly touches it."""
    return {
        "requests/s": f"{seen.load.per_second:.0f}",
        "CPU ms": f"{seen.cpu_ms:.1f}",
        "bare pages": f"{seen.cpu_ms / bare.cpu_ms:.1f}",
        "p50 ms": f"{seen.load.p50_ms:.0f}",
        "p95 ms": f"{seen.load.p95_ms:.0f}",
        "SQL": queries,
        "bytes": str(seen.load.bytes),
    }


def queries(asked: Asked, *, warm: bool = False) -> int:
    """How many queries one request asks; `warm` where it may be asked twice, and the second time counts."""
    client = Client(HTTP_HOST="127.0.0.1", HTTP_COOKIE=asked.cookie)

    def answer() -> None:
        client.get(asked.path) if asked.form is None else client.post(asked.path, asked.form)

    with override_settings(ALLOWED_HOSTS=["*"]):
        if warm:
            answer()
        with CaptureQueriesContext(connection) as captured:
            answer()
    return len(captured)
