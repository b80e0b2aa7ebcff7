"""The database counts what plain arithmetic counts of the same rows, on both engines, for all at once and for one."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.account.duty.counting import Counting
from lianxin.account.duty.plain import memory
from lianxin.account.duty.plain.registers import Line, id_of
from lianxin.lib.scoring.periods import Stretch, cut
from lianxin.lib.scoring.questions import Question
from lianxin.lib.scoring.spec import MONTHS, Credit, Grain, Measure
from lianxin.lib.scoring.tallies import Row, tally
from tests.account.duty.builders import make_line, make_regulation

pytestmark = pytest.mark.django_db

WRITTEN = make_regulation("visits: {name: 走访, assumed: true, counts: visit, gives: {each: 1}, at_most: open}")
YEAR = Stretch(date(2026, 1, 1), date(2027, 1, 1))
NAMES = ("王一", "李二", "赵三")
NOTHING = {months: (Fraction(0),) * len(cut(YEAR, months)) for months in (0, 1, 3, 6, 12)}
EDGES = [
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 12, 31),
    date(2027, 1, 1),
]
DAYS = st.one_of(st.sampled_from(EDGES), st.integers(0, 364).map(lambda days: YEAR.start + timedelta(days=days)))


@st.composite
def registers(draw):
    """A few events, each of one record, with one or several parties."""
    lines, number = [], 0
    for event in range(draw(st.integers(0, 12))):
        record = draw(st.sampled_from(["visit", "call", "attended", "given"]))
        on, state = draw(DAYS), draw(st.sampled_from(["confirmed", "confirmed", "waiting", "refused", "annulled"]))
        toward, half = draw(st.sampled_from([(), ("甲户",), ("乙户",), ("乙户", "甲户")])), draw(st.integers(1, 9))
        for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)):
            number += 1
            role = draw(st.sampled_from(["lead", "cosigner", ""]))
            share = draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(2, 3)]))
            told = {"role": role, "share": share, "toward": toward, "state": state, "quantity": Fraction(half)}
            lines.append(make_line(number, name, record, on, event=f"事{event}", **told))
    return lines


@st.composite
def measures(draw):
    """Something to count, with the months of the parts it is counted in."""
    months = draw(st.sampled_from([0, 1, 3, 6, 12]))
    finest = [
        Grain.RECORD,
        Grain.DAY,
        *(grain for grain, own in MONTHS.items() if own and (not months or own <= months)),
    ]
    grains = draw(
        st.lists(st.sampled_from([*finest, *([Grain.PERIOD] if not months else [])]), max_size=3, unique=True)
    )
    of_quantity = draw(st.booleans())
    numbers = st.sampled_from([Fraction(1), Fraction(2), Fraction(3, 2), Fraction(7)])
    measure = Measure(
        records=("attended",) if of_quantity else ("visit", "call"),
        of_quantity=of_quantity,
        roles=draw(st.sampled_from([(), (), ("lead",), ("lead", "cosigner")])),
        credit=draw(st.sampled_from(list(Credit))),
        caps=tuple((grain, draw(numbers)) for grain in sorted(grains, key=lambda grain: grain.value)),
        a_target=draw(st.sampled_from([None, None, Fraction(1), Fraction(2)])),
    )
    return measure, months


def rows_of(lines: list[Line], name: str, *, hopes: bool) -> list[Row]:
    """The rows of one party, as plain arithmetic reads them."""
    parties = Counter(line.event for line in lines)
    counting = [line for line in lines if line.state == "confirmed" or (hopes and line.state == "waiting")]
    return [
        Row(
            line.event,
            line.at,
            line.at.date(),
            line.record,
            line.quantity,
            line.role,
            line.share,
            parties[line.event],
            frozenset(line.toward),
        )
        for line in counting
        if line.party == name
    ]


@given(registers(), measures(), st.booleans())
@settings(max_examples=60)
def test_the_database_counts_as_plain_arithmetic_does(lines, measured, hopes):
    measure, months = measured
    with transaction.atomic():
        memory.fill("default", WRITTEN.rule, lines)
        kinds = memory.kinds_of(WRITTEN.rule)
        counting, question = Counting(WRITTEN.rule, kinds), Question(measure, months, cut(YEAR, months))
        counts = counting.counts(question, hopes=hopes)
        for number, stretch in enumerate(question.stretches):
            for name in NAMES:
                expected = tally(rows_of(lines, name, hopes=hopes), measure, stretch)
                assert counts.get(id_of(name), NOTHING[months])[number] == expected
        own = [
            replace(row, is_waiting=row.is_waiting and not hopes)
            for row in counting.rows(measure.records, YEAR, id_of("李二"))
        ]
        of_one = tuple(tally(own, measure, stretch) for stretch in question.stretches)
        assert of_one == counts.get(id_of("李二"), NOTHING[months])
        transaction.set_rollback(True)


def test_a_measure_asks_once_however_many_parties_there_are(django_assert_num_queries):
    memory.fill("default", WRITTEN.rule, [make_line(n, f"代表{n}", "visit", YEAR.start) for n in range(50)])
    with django_assert_num_queries(1):
        counts = Counting(WRITTEN.rule, memory.kinds_of(WRITTEN.rule)).counts(Question(Measure(("visit",)), 0, (YEAR,)))
    assert len(counts) == 50


def test_the_rows_of_a_figure_are_those_that_were_counted():
    lines = [
        make_line(1, "王一", "attended", date(2026, 3, 1), quantity=Fraction(2), role="lead", share=Fraction(1, 3)),
        make_line(2, "王一", "attended", date(2026, 3, 2), quantity=Fraction(3), state="waiting"),
        make_line(3, "王一", "attended", date(2026, 3, 3), quantity=Fraction(5), state="refused"),
        make_line(4, "李二", "attended", date(2026, 3, 3), quantity=Fraction(7)),
    ]
    memory.fill("default", WRITTEN.rule, lines)
    rows = Counting(WRITTEN.rule, memory.kinds_of(WRITTEN.rule)).rows(["attended", "visit"], YEAR, id_of("王一"))
    told = [(row.on.day, row.quantity, row.role, row.share, row.is_waiting) for row in rows]
    assert told == [(1, 2, "lead", Fraction(1, 3), False), (2, 3, "", 1, True)]


def test_a_mark_that_waits_for_its_check_is_told_only_to_whoever_hopes_for_it():
    states = ["confirmed", "waiting", "refused", "annulled"]
    lines = [
        make_line(number, "王一", "mark", date(2026, 3, number), role="group", quantity=Fraction(number), state=state)
        for number, state in enumerate(states, 1)
    ]
    memory.fill("default", WRITTEN.rule, lines)
    counting = Counting(WRITTEN.rule, memory.kinds_of(WRITTEN.rule))
    for party in (None, id_of("王一")):
        now, hoped = (counting.marks("mark", YEAR, party, hopes=hopes)[id_of("王一")] for hopes in (False, True))
        assert ([mark.points for mark in now], [mark.points for mark in hoped]) == ([1], [1, 2])
