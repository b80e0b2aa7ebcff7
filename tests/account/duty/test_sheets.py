"""Sheets on the platform: real deputies, their real events, all at once and one by one."""

from datetime import date, datetime, time
from fractions import Fraction

import pytest
from django.db import transaction
from django.utils.timezone import make_aware
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.account.duty import sheets as platform
from lianxin.account.duty.plain import memory
from lianxin.account.duty.plain.registers import id_of
from lianxin.account.duty.sheets import sheet, sheets
from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Party as Said
from lianxin.ground.core.events import Ref, annul, record
from lianxin.ground.people.models import Body, Mandate
from lianxin.lib.scoring.figures import State
from lianxin.lib.scoring.periods import Stretch
from tests.account.duty.builders import HEAD, make_line, make_regulation
from tests.account.duty.test_counting import NAMES, registers
from tests.affairs.stations.builders import make_shift, make_station
from tests.ground.access.builders import make_platform
from tests.ground.people.builders import make_congress, make_county, make_mandate, make_person

pytestmark = pytest.mark.django_db

YEAR = Stretch(date(2026, 1, 1), date(2027, 1, 1))
RECEIVED = HEAD.replace("visit: {name: 走访}", "visit: {name: 接待, of: [stations.came]}")
EACH = make_regulation(
    "visits: {name: 接待, assumed: true, counts: visit, gives: {each: 2}, at_most: open}", head=RECEIVED
)
MANY = make_regulation(
    """
    visits: {name: 走访, assumed: true, counts: {records: [visit, call], at_most: {day: 1}}, gives: {each: 2}, at_most: 9,
      asks: {at_least: 2, every: quarter, if_nothing_required: full}}
    halves: {name: 走访二, assumed: true, counts: {records: visit, credit: split}, gives: {each: 1}, at_most: open}
    meetings: {name: 出席, assumed: true, counts: attended, gives: {full: 10}, at_most: 10,
      asks: {out_of: held, if_nothing_required: left_out}}
    given: {name: 捐款, assumed: true, counts: {records: given, roles: [lead], credit: as_recorded},
      gives: {each: 1/2}, at_most: 5}
    """
)


@pytest.fixture
def congress() -> Body:
    make_platform()
    return make_congress(make_county())


def came(mandate: Mandate, on: date):
    """An event that counts for a deputy on a day."""
    at = make_aware(datetime.combine(on, time(9)))
    return record(
        "stations.came",
        subject=Ref("shift", mandate.pk),
        by=None,
        at=at,
        parties=[mandate.party("deputy"), Said("station", mandate.congress_id, "station")],
        facts={"way": "code", "on": on},
    )


def points(done, mandate: Mandate) -> Fraction:
    return done.closed[mandate.pk].points


def test_what_deputies_do_on_the_platform_stands_on_their_sheets(congress, travel):
    travel(make_aware(datetime(2026, 11, 3, 9)))
    village = congress.region.parts.first().parts.first()
    mandate, other = make_mandate(congress, make_person("冉春生")), make_mandate(congress, make_person("谭秋实"))
    shift = make_shift(make_station(village, congress), mandate, other)
    shift.come(shift.duties.get(mandate=mandate), way="keeper", by=None, at=now())

    done = sheets(EACH, YEAR)

    assert [(party.name, points(done, own)) for party, own in zip(done.parties, (mandate, other), strict=True)] == [
        ("冉春生", 2),
        ("谭秋实", 0),
    ]


def test_what_was_annulled_does_not_count(congress):
    mandate = make_mandate(congress)
    came(mandate, date(2026, 3, 1))
    annul(came(mandate, date(2026, 3, 2)), by=None, at=now(), reason="重复")
    assert points(sheets(EACH, YEAR), mandate) == 2


def test_a_day_counts_on_which_the_deputy_served_and_no_other(congress):
    mandate = make_mandate(congress, starts_on=date(2026, 3, 1), beginning="by_election")
    left = make_mandate(congress, ends_on=date(2026, 6, 30), ending="resigned")
    always = make_mandate(congress)
    for one in (mandate, left, always):
        for day in (date(2025, 12, 31), date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 30), date(2026, 7, 1)):
            came(one, day)

    done = sheets(EACH, YEAR)

    assert [points(done, one) for one in (mandate, left, always)] == [6, 6, 8]
    for one in (mandate, left, always):
        assert sheet(EACH, YEAR, one.pk) == (next(p for p in done.parties if p.id == one.pk), done.sheets[one.pk])


def test_somebody_of_whom_the_regulation_does_not_speak_has_no_sheet(congress):
    city = make_mandate(make_congress(congress.region.parent, "city"))
    county = make_regulation(
        "visits: {name: 接待, assumed: true, counts: visit, gives: {each: 2}, at_most: open}",
        head=RECEIVED.replace("{kind: mandate}", "{kind: mandate, level: county}"),
    )
    assert sheet(county, YEAR, city.pk) is None
    assert sheets(county, YEAR).parties == []


def test_what_waits_for_a_check_leaves_the_sheet_open(congress, monkeypatch):
    monkeypatch.setattr(platform, "kinds_of", lambda rule: memory.kinds_of(rule))
    mandate = make_mandate(congress, id=id_of("王一"))
    memory.fill("default", MANY.rule, [make_line(1, "王一", "given", date(2026, 3, 1), role="lead", state="waiting")])

    done = sheets(MANY, YEAR)

    assert done.sheets[mandate.pk].figures["given"].state is State.PENDING
    assert done.closed[mandate.pk].points is None
    assert sheet(MANY, YEAR, mandate.pk)[1] == done.sheets[mandate.pk]


@given(registers(), st.sampled_from([None, date(2026, 4, 1)]), st.sampled_from([None, date(2026, 6, 30)]))
@settings(max_examples=40)
def test_one_sheet_is_the_same_as_among_all_whoever_came_or_left_meanwhile(lines, start, end):
    """The one is counted row by row, all of them in the database."""
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(platform, "kinds_of", memory.kinds_of)
        make_platform()
        congress = make_congress(make_county())
        days = {"starts_on": start or date(2022, 1, 1), "ends_on": end, "ending": "resigned" if end else ""}
        for name, facts in zip(NAMES, ({}, {}, days), strict=True):
            make_mandate(congress, make_person(name), id=id_of(name), **facts)
        memory.fill("default", MANY.rule, lines)
        done = sheets(MANY, YEAR)
        for name in NAMES:
            _party, own = sheet(MANY, YEAR, id_of(name))
            assert own == done.sheets[id_of(name)], name
        transaction.set_rollback(True)


def test_one_sheet_takes_a_few_queries_however_many_items(congress, django_assert_max_num_queries):
    mandate = make_mandate(congress)
    items = "\n".join(
        f"item{number}: {{name: 接待{number}, assumed: true, counts: visit, gives: {{each: {number}}}, at_most: open}}"
        for number in range(1, 41)
    )
    many = make_regulation(items, head=RECEIVED)
    came(mandate, date(2026, 3, 1))
    with django_assert_max_num_queries(3):
        _party, own = sheet(many, YEAR, mandate.pk)
    assert own.total.points == sum(range(1, 41))
