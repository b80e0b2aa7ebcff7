"""What sheets cost on one database: the one of the environment. Prints a line of JSON for each row of a table."""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from uuid import UUID

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - all below needs the setup above
from django.db import connection, transaction  # noqa: E402

from lianxin.account.duty.books import OneShelf, Party, Shelf  # noqa: E402
from lianxin.account.duty.counting import Counting  # noqa: E402
from lianxin.account.duty.files import Written, read_text  # noqa: E402
from lianxin.ground.core.models import Event, EventMeasure, EventParty  # noqa: E402
from lianxin.lib.scoring.periods import Stretch  # noqa: E402

PARTIES, ITEMS = 9_000, 40
COUNTS = (10_000, 100_000, 1_000_000)  # events of one year; with another number behind the command, so many once more
AT_ONCE = 10_000
YEAR = Stretch(date(2026, 1, 1), date(2027, 1, 1))
DEPUTIES = [UUID(int=(7 << 100) + number) for number in range(PARTIES)]
BY_HAND = """
    SELECT p.party_id, e.kind, COUNT(*), SUM(COALESCE(m.count, 0))
    FROM core_event e
    JOIN core_eventparty p ON p.event_id = e.id
    LEFT JOIN core_eventmeasure m ON m.event_id = e.id AND m.name = 'quantity'
    WHERE e.happened_on >= %s AND e.happened_on < %s
    GROUP BY p.party_id, e.kind
"""


def regulation() -> Written:
    """Forty items of every way of counting and giving: plain, capped by day, by quarter, of half-days, in a table."""
    ways = (
        "counts: {records: kind%d}\n    gives: {each: 0.5}\n    at_most: 10",
        "counts: {records: kind%d, at_most: {day: 1}}\n    asks: {at_least: 4, if_nothing_required: full}\n    gives: {full: 5}",
        "counts: {records: kind%d}\n    asks: {at_least: 1, every: quarter, if_nothing_required: full}\n    gives: {each_met: 1}",
        "counts: {records: kind%d}\n    gives: {tiers: {by: count, rows: [{at_least: 9, points: 5}, {at_least: 3, points: 2}]}}",
    )
    kinds = "\n".join(
        f"  kind{number}: {{name: 记录{number}, unit: {'half_day' if number % 4 == 3 else 'time'}}}"
        for number in range(ITEMS)
    )
    items = "\n".join(
        f"  item{number}:\n    name: 项目{number}\n    assumed: true\n    {ways[number % 4] % number}"
        for number in range(ITEMS)
    )
    text = f"""\
title: 测量用的办法
body: 测量
in_force: {{from: 2026-01-01}}
assumed: true
whom: {{kind: mandate}}
period: {{every: 1年}}
join: prorate
records:
{kinds}
items:
{items}
total: {{assumed: true, at_most: 100, round: {{to: 0.5, way: half_up}}}}
"""
    return read_text("regulation-bench.yaml", text.encode())


def pour(first: int, count: int) -> None:
    """So many events of a year as they happened one after another, each of one deputy, one in four of half-days."""
    random = Random(first)
    numbers = iter(range(first, first + count))
    with transaction.atomic():
        while batch := list(islice(numbers, AT_ONCE)):
            events = [_event(number, 365 * (number - first) // count, random) for number in batch]
            Event.objects.bulk_create(events)
            EventParty.objects.bulk_create(
                EventParty(
                    event_id=event.id,
                    kind="mandate",
                    party_id=random.choice(DEPUTIES),
                    role="",
                    happened_at=event.happened_at,
                )
                for event in events
            )
            EventMeasure.objects.bulk_create(
                EventMeasure(event_id=event.id, name="quantity", unit="half_day", count=random.randint(1, 6))
                for event in events
                if int(event.kind.removeprefix("bench.kind")) % 4 == 3
            )


def _event(number: int, day: int, random: Random) -> Event:
    on = YEAR.start + timedelta(days=day)
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    own = UUID(int=(8 << 100) + number)
    return Event(
        id=own,
        kind=f"bench.kind{random.randrange(ITEMS)}",
        subject_kind="bench",
        subject_id=own,
        happened_at=at,
        recorded_at=at,
        happened_on=on,
        recorded_on=on,
    )


def sheets(written: Written) -> int:
    """Everybody's sheet."""
    shelf = Shelf(written.regulation, _counting(written), YEAR)
    return sum(shelf.sheet(Party(own, "mandate", "")).total is not None for own in DEPUTIES)


def sheet(written: Written) -> bool:
    """The sheet of one, as it is worked out anew when one event more is there."""
    party = Party(DEPUTIES[17], "mandate", "")
    return OneShelf(written.regulation, _counting(written), YEAR, party).sheet(party).total is not None


def _counting(written: Written) -> Counting:
    return Counting(written.rule, {code: (f"bench.{code}",) for code in written.rule.records})


def by_hand() -> int:
    """The same sums in one statement, fetched and put down by party."""
    days = connection.ops.adapt_datefield_value
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [days(YEAR.start), days(YEAR.end)])
        sums: dict[object, dict[str, tuple[int, int]]] = {}
        for party, kind, count, total in cursor:
            sums.setdefault(party, {})[kind] = (count, total)
    return len(sums)


def seconds(act: Callable[[], object], rounds: int = 1) -> float:
    """The shortest of some rounds."""

    def one() -> float:
        begun = time.perf_counter()
        act()
        return time.perf_counter() - begun

    return min(one() for _round in range(rounds))


def say(table: str, **row: object) -> None:
    """One row of a table."""
    print(json.dumps([table, row]), flush=True)


def measured(written: Written) -> Iterator[dict[str, object]]:
    """One row after another, while the record grows."""
    last = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    there = 0
    for count in (*COUNTS, *([last] if last > COUNTS[-1] else [])):
        pour(there, count - there)
        there = count
        _gather()
        rounds = 3 if count < COUNTS[-1] else 2
        hand, whole = seconds(by_hand, rounds), seconds(lambda: sheets(written), rounds)
        one = seconds(lambda: sheet(written), 5)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        yield {
            "events": f"{count:,}",
            "whole sheet s": f"{whole:.2f}",
            "by hand s": f"{hand:.2f}",
            "of by hand": f"{whole / hand:.2f}",
            "µs an event": f"{whole / count * 1e6:.1f}",
            "one party ms": f"{one * 1e3:.0f}",
            "memory MB": memory,
        }


def _gather() -> None:
    """Figures by which the planner chooses, as an office's database has them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> None:
    """Migrate and measure."""
    call_command("migrate", verbosity=0)
    for row in measured(regulation()):
        say(f"Sheets of {PARTIES:,} deputies by {ITEMS} items", **row)


if __name__ == "__main__":
    main()
