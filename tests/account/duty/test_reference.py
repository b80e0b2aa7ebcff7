"""The engine is held against a slow reference that was written from the page alone, by regulations nobody would write.

A quick run tries a few; `bin/test tests/account/duty/test_reference.py --hypothesis-profile=thousands` tries others each time.
"""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.account.duty.books import OneShelf, Party
from lianxin.account.duty.counting import Counting
from lianxin.account.duty.files import read_text
from lianxin.account.duty.plain import memory
from lianxin.account.duty.plain.registers import Line, id_of
from lianxin.account.duty.plain.working import worked
from lianxin.lib.scoring.closing import fires
from lianxin.lib.scoring.parties import Leave, Tenure
from lianxin.lib.scoring.sheets import State
from tests.account.duty.invented import edge_days, histories, text_of, worlds
from tests.account.duty.reference import proposed, work_out

pytestmark = pytest.mark.usefixtures("in_memory")
TRIED = settings(suppress_health_check=list(HealthCheck))
SOME = settings(TRIED, max_examples=settings().max_examples // 3)


def lines_of(rows):
    """The rows as the register has them."""
    told = ("event", "party", "record", "at", "quantity", "role", "share", "toward", "grade", "state")
    toward = [tuple(sorted(set(filter(None, row["toward"].split("、"))))) for row in rows]
    return [
        Line(number, **{key: row[key] for key in told} | {"toward": own})
        for number, (row, own) in enumerate(zip(rows, toward, strict=True), 1)
    ]


def parties_of(people):
    """The people as the books have them."""
    return [_party(person) for person in people]


def _party(person):
    traits = {key: frozenset(words) for key, words in person["traits"].items() if key != "leader"}
    traits |= {"leader": frozenset(("yes",))} if person["traits"].get("leader") else {}
    leaves = tuple(Leave(*leave) for leave in person["leaves"])
    ties = {scheme: Fraction(number) for scheme, number in person["ties"].items()}
    tenure = Tenure(person["from"], person["until"], leaves)
    return Party(id_of(person["party"]), person["kind"], person["party"], traits, tenure, ties)


def work(world):
    """Everybody's sheet, by the engine."""
    book, rows, people, period = world
    written = read_text("regulation-invented.yaml", text_of(book).encode())
    return worked(written, lines_of(rows), parties_of(people), period[0])


def as_told(done):
    """What the engine says, in the reference's words."""
    return {party.name: _sheet(done, party) for party in done.parties}


def _sheet(done, party):
    sheet, closed = done.sheets[party.id], done.closed[party.id]
    items = {code: _figure(done, code, sheet.figures[code]) for code in done.written.rule.items}
    scored = sheet.total is not None
    total = (
        (sheet.total.state.value, sheet.total.points if sheet.total.state is State.KNOWN else None) if scored else None
    )
    return {
        "items": items,
        "total": total,
        "grade": sheet.is_complete and sheet.grade or None,
        "closed": closed.grade or None,
    }


def _figure(done, code, figure):
    if figure.state is not State.KNOWN:
        return (figure.state.value,)
    item = done.written.rule.items[code]
    asked = (figure.is_met, figure.share, figure.missing) if item.asks else ()
    return ("known", figure.points, figure.count, *asked)


def as_reckoned(world):
    """What the reference says, of the same form."""
    book, rows, people, period = world
    found = work_out(text_of(book), rows, people, period)
    return {party: _reckoned(book, sheet) for party, sheet in found.items()}


def _reckoned(book, sheet):
    items = {}
    for code, item in sheet["items"].items():
        asked = (item["met"], item["share"], item["missing"]) if "asks" in book["items"][code] else ()
        known = ("known", item["points"], item["count"], *asked)
        items[code] = known if item["state"] == "known" else (item["state"],)
    total = sheet["total"]
    told = (total["state"], total["points"] if total["state"] == "known" else None) if total else None
    return {"items": items, "total": told, "grade": sheet["grade"], "closed": sheet["closed"]}


@given(worlds())
@TRIED
def test_the_engine_and_the_slow_reference_say_the_same_of_everybody(world):
    assert as_told(work(world)) == as_reckoned(world)


@given(histories())
@SOME
def test_both_propose_the_same_after_several_periods(history):
    book, rows, people, periods = history
    told = [work((book, rows, people, period)) for period in periods]
    triggers = told[-1].written.regulation.triggers
    closed = {party.name: [done.closed.get(party.id) for done in told] for party in told[-1].parties}
    found = {name: {one.code for one in triggers if fires(one, own)} for name, own in closed.items()}
    assert found == proposed(text_of(book), rows, people, periods)


@given(worlds(), st.randoms(use_true_random=False))
@SOME
def test_the_order_of_the_rows_does_not_matter(world, random):
    book, rows, people, period = world
    shuffled = random.sample(rows, len(rows))
    one, other = work(world), work((book, shuffled, people, period))
    assert (one.sheets, one.closed) == (other.sheets, other.closed)


@given(worlds())
@SOME
def test_what_was_annulled_was_never_there(world):
    book, rows, people, period = world
    never = [row for row in rows if row["state"] != "annulled"]
    one, other = work(world), work((book, never, people, period))
    assert (one.sheets, one.closed) == (other.sheets, other.closed)


@given(worlds())
@SOME
def test_one_party_alone_has_the_sheet_it_has_among_all(world):
    done = work(world)
    rule, served = done.written.rule, {party.id: party.tenure for party in done.parties}
    lines = [
        line for line in done.lines if id_of(line.party) in served and served[id_of(line.party)].holds(line.at.date())
    ]
    with memory.tables() as using:
        memory.fill(using, rule, lines)
        counting = Counting(rule, memory.kinds_of(rule), using)
        for party in done.parties:
            alone = OneShelf(done.written.regulation, counting, done.period, party)
            assert alone.sheet(party) == done.sheets[party.id]


EDGES = """
title: 青河县人大代表履职办法
body: 青河县人大常委会
in_force: {from: 2026-07-01}
assumed: true
whom: {kind: mandate}
period: {every: 1年}
join: JOIN
leave: {sick: {name: 病假, taken_off: true}}
records: {visit: {name: 走访}}
items:
  visits:
    name: 走访
    assumed: true
    counts: visit
    asks: {at_least: 3, every: quarter, if_nothing_required: left_out}
    gives: {full: 40, missing: -1}
    at_least: open
    at_most: 40
total: {assumed: true, at_least: open}
"""
YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def noon(day):
    """That day at noon."""
    return datetime.combine(day, time(12))


def at_every_edge():
    """Somebody who comes, one who goes, one on leave from and one until each day on which anything begins or ends."""
    for day in edge_days(YEAR):
        yield {"from": day, "until": None, "leaves": []}
        yield {"from": None, "until": day, "leaves": []}
        yield {"from": None, "until": None, "leaves": [("sick", day, day + timedelta(1))]}
        yield {"from": date(2026, 2, 10), "until": None, "leaves": [("sick", date(2026, 2, 1), day + timedelta(40))]}
        yield {"from": None, "until": date(2026, 11, 20), "leaves": [("sick", day, date(2027, 3, 1))]}


@pytest.mark.parametrize("join", ["prorate", "full", "from_next_period"])
def test_whoever_comes_goes_or_is_on_leave_at_an_edge_of_a_quarter_is_asked_the_same_by_both(join):
    """Everybody visits on the first and the last day of each quarter; the version began in the middle of the year."""
    alike = {"kind": "mandate", "traits": {}, "ties": {}}
    people = [alike | told | {"party": f"代表{number}"} for number, told in enumerate(at_every_edge())]
    days = [day for day in edge_days(YEAR) if day.month % 3 == (day.day == 1) and (day.day == 1 or day.day >= 30)]
    visit = {"record": "visit", "role": "", "share": Fraction(1), "quantity": Fraction(1), "toward": "", "grade": ""}
    rows = [
        visit | {"event": f"{person['party']}{day}", "party": person["party"], "day": day, "state": "confirmed"}
        for person in people
        for day in days
    ]
    world = (
        yaml.safe_load(EDGES.replace("JOIN", join)),
        [row | {"at": noon(row["day"])} for row in rows],
        people,
        YEAR,
    )
    found = as_told(work(world))
    assert len(found) > 100
    assert found == as_reckoned(world)
