"""What opinions cost on one database: the one of the environment. Prints a line of JSON for each row of a table."""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median
from urllib.parse import quote, urlsplit
from uuid import UUID

import django
import psycopg

django.setup()

from django.conf import settings  # noqa: E402 - all below needs the setup above
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench import courses  # noqa: E402
from bench.load import Asked  # noqa: E402
from bench.servers import memory_mb, serving  # noqa: E402
from bench.voices import multiply  # noqa: E402
from bench.web import BARE, asked, page_row, plain_pages, queries, row, sending  # noqa: E402
from lianxin.affairs.opinions import search  # noqa: E402
from lianxin.affairs.opinions.actions import handling, replying, sorting, telling  # noqa: E402
from lianxin.affairs.opinions.models import Answers, Opinion, Visibility  # noqa: E402
from lianxin.affairs.opinions.queues import units_of  # noqa: E402
from lianxin.affairs.opinions.views.follow.visits import COOKIE, begin  # noqa: E402
from lianxin.affairs.opinions.views.public.numbers import CODES  # noqa: E402
from lianxin.affairs.opinions.views.tell.ways import Way  # noqa: E402
from lianxin.doors.demo.building.sayings import SAYINGS  # noqa: E402
from lianxin.ground.access.models import User  # noqa: E402
from lianxin.ground.cases.models import Handover  # noqa: E402
from lianxin.ground.core import figures  # noqa: E402
from lianxin.ground.core.clock import now, today  # noqa: E402
from lianxin.ground.core.figures import Period  # noqa: E402
from lianxin.ground.core.ids import new_id  # noqa: E402
from lianxin.ground.core.models import Event  # noqa: E402
from lianxin.ground.people.models import Region, Unit  # noqa: E402
from lianxin.ground.people.models.region import Level  # noqa: E402

COUNTS = (200, 2_000, 200_000)
FEW, MANY = COUNTS[1:]
OPEN = 1_000  # so many have not ended, as far as there are: what lies on desks does not grow with the archive
DAYS = 900  # over how many days the ended ones are spread
WRITES = 100
ROUNDS = 5  # in which few and many are asked in turn
WORDS = ("路灯", "公厕", "医保", "校车", "食堂", "油烟", "灌溉", "斑马线", "电梯", "保险")
Path = Callable[[int], str]
Pages = Mapping[str, tuple[Path, Sequence[str]]]
Forms = Mapping[str, Sequence[Asked]]


def main() -> None:
    """Measure among few, among more, and among many."""
    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        call_command("vault_key", "--save", stdout=sys.stderr)
    call_command("demo", "dianjun", stdout=sys.stderr)
    words = spoken()
    ended = courses.ended()
    running = list(Opinion.objects.with_case().filter(case__ended_at=None, complains_of_kind=""))
    for count in COUNTS:
        began = time.perf_counter()
        fill(ended, running, count, words)
        told = {"opinions": f"{Opinion.objects.count():,}", "events": f"{Event.objects.count():,}"}
        say("Opinions", **told, seconds=f"{time.perf_counter() - began:.0f}")
        bare = costs(count)
        verbs(count, bare)
        counting(count)
        if count == FEW:
            few = Side(pages(), forms(count, ROUNDS * WRITES), set_aside())
    grown(few, Side(pages(), forms(MANY, ROUNDS * WRITES), os.environ["LIANXIN_DATABASE"]))


@dataclass(frozen=True)
class Side:
    """What is asked of a server, and the database that it reads."""

    pages: Pages
    forms: Forms
    database: str


def set_aside() -> str:
    """A copy of the database as it is now, to be compared with what becomes of it: its address."""
    here = os.environ["LIANXIN_DATABASE"]
    if connection.vendor == "sqlite":
        few = here.replace("bench.sqlite3", "few.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [few.removeprefix("sqlite://")])
        return few
    connection.close()  # a database is copied while nobody looks into it
    parts = urlsplit(here)
    with psycopg.connect(parts._replace(path="/template1").geturl(), autocommit=True) as other:
        other.execute(f"CREATE DATABASE few TEMPLATE {parts.path.lstrip('/')}")
    return parts._replace(path="/few").geturl()


def grown(few: Side, many: Side) -> None:
    """How much later the slowest twentieth of answers comes among many than among few.

    Both are served at the same time and asked in turn, so that whatever else the machine does slows down both; the
    middle one of the rounds counts.
    """
    turns = range(ROUNDS)
    with serving(LIANXIN_DATABASE=few.database) as small, serving(LIANXIN_DATABASE=many.database) as large:
        served = ((small, few), (large, many))
        for page in many.pages:
            say_growth(
                page, [[asked(at, *side.pages[page], seconds=3).load.p95_ms for at, side in served] for _round in turns]
            )
        for page in many.forms:
            say_growth(
                page,
                [[sending(at, side.forms[page][turn::ROUNDS]).load.p95_ms for at, side in served] for turn in turns],
            )


def say_growth(page: str, rounds: Sequence[Sequence[float]]) -> None:
    """A row of the table of growth."""
    ratios = sorted(many / few for few, many in rounds)
    few, many = (f"{median(seen):.0f}" for seen in zip(*rounds, strict=True))
    among = {f"p95 ms among {FEW:,}": few, f"p95 ms among {MANY:,}": many}
    growth = {"growth": f"{median(ratios):.2f}", "of all rounds": f"{ratios[0]:.2f} to {ratios[-1]:.2f}"}
    say("Growth of opinions", page=page, **among, **growth, aim="1.3")


def spoken() -> list[str]:
    """Many different things said, about every village."""
    villages = list(Region.objects.filter(level=Level.VILLAGE).values_list("name", flat=True))
    return [f"{village}：{saying.words}" for saying in SAYINGS for village in villages]


def fill(ended: list[Opinion], running: list[Opinion], count: int, words: list[str]) -> None:
    """Copies of these up to so many opinions."""
    missing = max(count - Opinion.objects.count(), 0)
    still_open = min(max(OPEN - Opinion.objects.filter(case__ended_at=None).count(), 0), missing // 2)
    multiply(ended, missing - still_open, words, DAYS, f"e{count}")
    multiply(running, still_open, words, 20, f"r{count}")
    search.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum would, or on SQLite the job of every night


def pages() -> Pages:
    """What is read: the addresses of each page, and the cookies of those who ask for it."""
    cookies = [signed_in("bangong")]
    opened = list(Opinion.objects.filter(case__ended_at=None).order_by("-pk").values_list("pk", flat=True)[:200])
    public = list(Opinion.objects.public().order_by("-pk").values_list("case__number", flat=True)[:200])
    return {
        "inbox, first page": (lambda number: f"/desk/opinions/?n={number}", cookies),
        "one case": (lambda number: reverse("opinions:opinion", args=[opened[number % len(opened)]]), cookies),
        "search, two characters": (
            lambda number: f"/desk/opinions/search/?q={quote(WORDS[number % len(WORDS)])}",
            cookies,
        ),
        "unit's queue": (lambda number: f"/unit/opinions/?n={number}", [signed_in("chengban")]),
        "page behind a code": (lambda number: f"/follow/matter/?n={number}", visits()),
        "public list": (lambda number: f"/opinions/?n={number}", []),
        "one public page": (lambda number: f"/opinions/{public[number % len(public)]}/", []),
        "form of residents": (lambda number: f"/tell/?n={number}", []),
    }


def forms(count: int, times: int) -> Forms:
    """What is sent, so many times."""
    return {"telling, sent": tellings(count, times), "reply, sent": replies(count, times)}


def costs(count: int) -> float:
    """What pages cost beside a bare one, at eight clients; how many milliseconds of CPU the bare one costs."""
    with serving(*BARE) as bare, serving() as ours:
        for page, told in plain_pages(bare):
            say("Pages of opinions, 8 clients", among=f"{count:,}", page=page, **told)
        for page, (path, who) in pages().items():
            beside = asked(bare, lambda number: f"/?q={number}", seconds=1)
            seen = asked(ours, path, who)
            say("Pages of opinions, 8 clients", among=f"{count:,}", page=page, **page_row(seen, beside, path(1), who))
        for page, (first, *others) in forms(count, WRITES + 1).items():
            beside = asked(bare, lambda number: f"/?q={number}", seconds=1)
            asks = queries(first)
            say(
                "Pages of opinions, 8 clients",
                among=f"{count:,}",
                page=page,
                **row(sending(ours, others), beside, str(asks)),
            )
        say("Memory with opinions", among=f"{count:,}", MB=memory_mb(ours[1]), aim="under 300")
    return beside.cpu_ms


def tellings(count: int, times: int) -> list[Asked]:
    """What is sent last of drafts that are written."""
    random, way, forms = Random(count), Way("tell"), []
    villages = list(Region.objects.filter(level=Level.VILLAGE).values_list("pk", flat=True))
    for _draft in range(times):
        told = {"words": random.choice(SAYINGS).words, "visibility": Visibility.UNNAMED, "belongs_here": True}
        held = way.begin(Answers(region=str(random.choice(villages)), done=["", "what", "subject", "seen"], **told))
        cookie = way.give(HttpResponse(), held).cookies[way.cookie].value
        forms.append(Asked("/tell/send/", f"{way.cookie}={cookie}", {"agrees": "on"}))
    return forms


def replies(count: int, times: int) -> list[Asked]:
    """What a unit sends last of replies that are approved."""
    random, handler, token = Random(count), User.objects.get(username="chengban"), "a" * 32
    clerk, villages = User.objects.get(username="bangong").pk, list(Region.objects.filter(level=Level.VILLAGE))
    cookie = f"{signed_in('chengban')}; {settings.CSRF_COOKIE_NAME}={token}"
    unit, forms = units_of(handler).earliest("name"), []
    for _reply in range(times):
        words = random.choice(SAYINGS).words
        told = telling.Telling(id=new_id(), words=words, region=random.choice(villages))
        lead = ready(telling.tell(told, by=None, at=now()), unit, clerk)
        path = reverse("opinions:unit_act", args=[lead.pk, "send"])
        forms.append(Asked(path, cookie, {"csrfmiddlewaretoken": token, "edition": "1"}))
    return forms


def visits() -> list[str]:
    """The cookies of forty browsers, each of which typed the code of a matter that goes on."""
    response, found = HttpResponse(), []
    for opinion in Opinion.objects.filter(case__ended_at=None, erased_at=None).order_by("-pk")[:40]:
        begin(response, opinion, by_code=True)
        found.append(f"{COOKIE}={response.cookies[COOKIE].value}")
    return found


def signed_in(username: str) -> str:
    """The cookie of a browser in which somebody is signed in."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username=username), "allauth.account.auth_backends.AuthenticationBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def verbs(count: int, bare: float) -> None:
    """What telling and replying compute and ask, one transaction each."""
    random, clerk = Random(count), User.objects.get(username="bangong").pk
    villages = list(Region.objects.filter(level=Level.VILLAGE))
    unit = Unit.objects.filter(region__level=Level.COUNTY, parent=None).earliest("name")
    told: list[Opinion] = []

    def tell() -> None:
        words = random.choice(SAYINGS).words
        one = telling.Telling(id=new_id(), words=words, region=random.choice(villages))
        told.append(telling.tell(one, by=None, at=now()))

    def reply() -> None:
        lead = leads.pop()
        replying.send(lead, by=clerk, at=now())

    cost("telling", count, bare, tell)
    leads = [ready(opinion, unit, clerk) for opinion in told]
    cost("replying", count, bare, reply, times=len(leads) - 2)


def ready(opinion: Opinion, unit: Unit, clerk: UUID) -> Handover:
    """Handed to a unit whose reply is written and approved."""
    sorting.accept(opinion, by=clerk, at=now())
    handling.hand_to_units(opinion, unit, by=clerk, at=now())
    lead = Handover.objects.running().get(case=opinion.case_id)
    draft = replying.draft(lead, by=clerk, at=now(), text="已经修好了。", outcome="solved")
    replying.approve(lead, by=clerk, at=now(), edition=draft.edition)
    return lead


def cost(what: str, count: int, bare: float, act: Callable[[], None], times: int = WRITES) -> None:
    """Statements of one, and what each of many computes and takes."""
    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    began, computed = time.perf_counter(), time.process_time()
    for _time in range(times):
        act()
    seconds, computed = time.perf_counter() - began, time.process_time() - computed
    each = computed / times * 1000
    row = {"CPU ms": f"{each:.1f}", "bare pages": f"{each / bare:.1f}", "a second": f"{times / seconds:.0f}"}
    say("Verbs of opinions, one after another", among=f"{count:,}", verb=what, **row, SQL=len(captured))


def counting(count: int) -> None:
    """How long the page of figures takes where nobody asked for them in the last ten minutes."""
    figures.forget()
    began, year = time.perf_counter(), Period.year(today().year)
    with CaptureQueriesContext(connection) as captured:
        figures.read_all(CODES, year)
    seconds = f"{time.perf_counter() - began:.1f}"
    say("Figures of a year, counted anew", among=f"{count:,}", figures=len(CODES), seconds=seconds, SQL=len(captured))


def say(table: str, **row: object) -> None:
    """One row for the report."""
    print(json.dumps([table, {name: str(value) for name, value in row.items()}]), flush=True)


if __name__ == "__main__":
    main()
