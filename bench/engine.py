"""What the record costs on one database: the one of the environment. Prints a line of JSON for each row of a table."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - all below needs the setup above
from django.db import connection, transaction  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.history import pour, pour_again  # noqa: E402
from lianxin.ground.core.clock import now, travel  # noqa: E402
from lianxin.ground.core.events import Entry, EventKind, Party, Ref, record_all, register  # noqa: E402
from lianxin.ground.core.events.sealing import RECENT, last_day_over, seal_days_over, unsealed  # noqa: E402
from lianxin.ground.core.events.verifying import Verification  # noqa: E402
from lianxin.ground.core.ids import new_id  # noqa: E402
from lianxin.ground.core.models import Event, EventMeasure, EventParty  # noqa: E402
from lianxin.ground.core.views.timeline import SIZE, timeline_about  # noqa: E402

WRITES = 1_000  # events that are written one by one
SEALED, DAYS = 30_000, 10  # events that are sealed, and on how many days most of them were recorded
ABOUT_ONE = 10_000  # events about one thing
LONG = 300_000  # all events, once the history is long; with another number behind the command, so many once more
TEXT = "去年冬天修过的那段路又塌了一块，晚上看不见，请尽快补上。" * 3
KIND = EventKind(
    "bench.visited",
    "走访",
    "{by}和{deputy}走访，谈了{length}：{story}",
    subject="household",
    parties=("deputy",),
    measures={"length": "minute"},
    texts=("story",),
)
BY, BODY, DEPUTIES = new_id(), new_id(), [new_id() for _ in range(500)]


def main() -> None:
    """Measure while the history grows."""
    call_command("migrate", verbosity=0)
    register(KIND)
    writing()
    first, household = now() - timedelta(days=400), new_id()
    with travel(first):
        pour(visits(ABOUT_ONE, household))
    timeline(household)
    for day in range(DAYS):
        with travel(first + timedelta(days=day)):
            pour_again(visits(1_000), (SEALED - ABOUT_ONE) // DAYS // 1_000)
    sealing()
    for day in range(90):
        with travel(first + timedelta(days=DAYS + 1 + day)):
            pour_again(visits(1_000), (LONG - SEALED) // 90 // 1_000)
    timeline(household)
    looking_for_late_ones(LONG)
    if (most := int(sys.argv[1])) > LONG:
        for day in range(90):
            with travel(first + timedelta(days=DAYS + 91 + day)):
                pour_again(visits(1_000), (most - LONG) // 90 // 1_000)
        timeline(household)


def visits(count: int, household: UUID | None = None) -> Iterator[Entry]:
    """So many visits, each with a deputy, a length and some words; to one household, or each to another."""
    at = now()
    for number in range(count):
        yield Entry(
            KIND.code,
            subject=Ref("household", household or new_id()),
            by=BY,
            at=at - timedelta(minutes=number),
            body=BODY,
            parties=[Party("mandate", DEPUTIES[number % len(DEPUTIES)], "deputy")],
            measures={"length": 40},
            texts={"story": TEXT},
        )


def writing() -> None:
    """Events, which are four rows, beside rows that a driver writes without Django into tables with nothing but a key."""

    def one_by_one() -> None:
        for visit in visits(WRITES):
            with transaction.atomic():
                record_all([visit])

    def at_once() -> None:
        with transaction.atomic():
            record_all(visits(WRITES))

    bare = rate(lambda: bare_rows(1, together=False))
    bare_together = rate(lambda: bare_rows(4, together=True))
    for what, measured, beside in (
        ("bare insert of one row, one transaction each", bare, bare),
        ("bare insert of four rows, one transaction each", rate(lambda: bare_rows(4, together=False)), bare),
        ("event, one transaction each", rate(one_by_one), bare),
        (f"bare insert of four rows, {WRITES} in a transaction", bare_together, bare_together),
        (f"event, {WRITES} in a transaction", rate(at_once), bare_together),
    ):
        row = {"what": what, "a second": f"{measured:,.0f}", "of the bare rate": f"{measured / beside:.2f}"}
        tell("Writing events, each with a party, a measure and a text", row)


def bare_rows(tables: int, *, together: bool) -> None:
    """A row of an id and some text in each of so many tables, again and again."""
    is_sqlite = connection.vendor == "sqlite"
    begin, mark = ("BEGIN IMMEDIATE", "?") if is_sqlite else ("BEGIN", "%s")
    with connection.cursor() as cursor:
        driver = cursor.cursor
        for number in range(tables):
            driver.execute(f"CREATE TABLE IF NOT EXISTS bare{number} (id CHAR(32) PRIMARY KEY, said TEXT)")
        for turn in range(WRITES):
            if turn == 0 or not together:
                driver.execute(begin)
            for number in range(tables):
                driver.execute(f"INSERT INTO bare{number} VALUES ({mark}, {mark})", (new_id().hex, TEXT))
            if turn == WRITES - 1 or not together:
                driver.execute("COMMIT")


def sealing() -> None:
    """Sealing and verifying, beside reading the same rows."""

    def read() -> None:
        for model in (Event, EventParty, EventMeasure):
            for _row in model._default_manager.values_list().iterator():
                pass

    def verify() -> None:
        assert not list(Verification(at=now()).findings())

    reading = rate(read, SEALED)
    for what, measured in (
        (f"reading {SEALED:,} events with parties and measures", reading),
        ("sealing them", rate(seal_days_over, SEALED)),
        ("verifying them", rate(verify, SEALED)),
    ):
        tell(
            "Sealing", {"what": what, "events a second": f"{measured:,.0f}", "of reading": f"{measured / reading:.2f}"}
        )


def timeline(household: UUID) -> None:
    """Pages of the timeline out of ten thousand events of one thing, beside one SELECT by key."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "SELECT 1")  # as its autovacuum would
    total = Event.objects.count()
    some = Event.objects.values_list("pk", flat=True)[0]
    select = median(lambda: Event.objects.get(pk=some))
    requests = RequestFactory()

    def page(older: str) -> Callable[[], object]:
        return lambda: timeline_about(requests.get("/", {"older": older}), "household", household).alone()

    middle = ""
    for _ in range(ABOUT_ONE // SIZE // 2):
        middle = timeline_about(requests.get("/", {"older": middle}), "household", household).older
    for name, older in (("first", ""), ("in the middle", middle)):
        took = median(page(older))
        with CaptureQueriesContext(connection) as asked:
            page(older)()
        row = {"events in the table": f"{total:,}", "page": name, "ms": f"{took * 1000:.1f}"}
        row |= {"SELECTs by key": f"{took / select:.0f}", "SQL": str(len(asked)), "plan": plan(household)}
        tell(f"Timeline of 10,000 events, a page of {SIZE}", row)


def plan(household: UUID) -> str:
    """Which index finds a page of the timeline; “reads all” where none does."""
    page = Event.objects.about("household", household).order_by("-happened_at", "-id")[: SIZE + 1]
    said = page.explain()
    return next((index.name for index in Event._meta.indexes if index.name in said), "reads all")


def looking_for_late_ones(count: int) -> None:
    """What every night costs however long the record is: finding days with events that no seal holds."""
    until = last_day_over(now())
    for what, since in (("of sixty days", until - RECENT), ("of all days", None)):
        took = 1 / rate(partial(unsealed, until, since), 1)
        tell(f"Looking for late arrivals among {count:,} events", {"what": what, "seconds": f"{took:.2f}"})


def tell(table: str, row: dict[str, str]) -> None:
    """Hand a row to who asked."""
    print(json.dumps([table, row]), flush=True)


def rate(act: Callable[[], object], count: int = WRITES) -> float:
    """How many of `count` things a second the act does."""
    begun = time.perf_counter()
    act()
    return count / (time.perf_counter() - begun)


def median(act: Callable[[], object]) -> float:
    """Seconds that the act takes when it is not the first time."""
    act()
    return statistics.median(1 / rate(act, 1) for _ in range(30))


main()
