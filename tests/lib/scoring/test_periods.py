from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.lib.scoring.periods import Cycle, Stretch, cut, months_later
from tests.lib.scoring.builders import YEAR, stretch

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
CYCLES = st.builds(
    lambda months, anchor, day: Cycle(months, anchor.replace(day=day)), st.integers(1, 60), DAYS, st.integers(1, 28)
)


def test_the_first_day_is_in_a_period_and_its_end_is_not():
    assert date(2026, 1, 1) in YEAR
    assert date(2026, 12, 31) in YEAR
    assert date(2027, 1, 1) not in YEAR
    assert YEAR.days == 365


@pytest.mark.parametrize("end", ["2026-01-01", "2025-12-31"])
def test_a_stretch_has_at_least_one_day(end):
    with pytest.raises(ValueError, match="not before"):
        stretch("2026-01-01", end)


def test_two_stretches_that_touch_have_nothing_in_common():
    assert YEAR.shared(date(2025, 1, 1), date(2026, 1, 1)) is None
    assert YEAR.shared(date(2027, 1, 1), None) is None
    assert YEAR.shared(date(2026, 12, 31), None) == stretch("2026-12-31", "2027-01-01")
    assert YEAR.shared(None, date(2026, 1, 2)) == stretch("2026-01-01", "2026-01-02")
    assert YEAR.shared(None, None) == YEAR


def test_a_year_that_begins_in_september_takes_the_august_after_it():
    cycle = Cycle(12, date(2018, 9, 1))
    assert cycle.at(date(2026, 8, 31)) == stretch("2025-09-01", "2026-09-01")
    assert cycle.at(date(2026, 9, 1)) == stretch("2026-09-01", "2027-09-01")
    assert cycle.before(cycle.at(date(2026, 9, 1))) == stretch("2025-09-01", "2026-09-01")


def test_a_two_year_cycle_is_counted_from_its_anchor_in_both_directions():
    cycle = Cycle(24, date(2018, 9, 1))
    assert cycle.at(date(2020, 8, 31)) == stretch("2018-09-01", "2020-09-01")
    assert cycle.at(date(2018, 8, 31)) == stretch("2016-09-01", "2018-09-01")


def test_a_quarter_may_begin_in_the_middle_of_a_month():
    cycle = Cycle(3, date(2026, 1, 15))
    assert cycle.at(date(2026, 4, 14)) == stretch("2026-01-15", "2026-04-15")
    assert cycle.at(date(2026, 1, 14)) == stretch("2025-10-15", "2026-01-15")


@pytest.mark.parametrize(("months", "anchor"), [(0, date(2026, 1, 1)), (-1, date(2026, 1, 1)), (1, date(2026, 1, 29))])
def test_a_cycle_needs_a_month_and_a_day_that_every_month_has(months, anchor):
    with pytest.raises(ValueError, match="No cycle"):
        Cycle(months, anchor)


def test_the_same_day_so_many_months_later_is_refused_where_the_month_has_none():
    assert months_later(date(2026, 11, 28), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 1, 15), -1) == date(2025, 12, 15)
    with pytest.raises(ValueError):
        months_later(date(2026, 1, 31), 1)


def test_a_year_has_four_quarters_that_fill_it():
    quarters = cut(YEAR, 3)
    assert [part.start.month for part in quarters] == [1, 4, 7, 10]
    assert (quarters[0].days, quarters[1].days, quarters[2].days, quarters[3].days) == (90, 91, 92, 92)
    assert cut(YEAR, 0) == (YEAR,)


def test_parts_are_counted_from_the_period_and_not_from_the_calendar():
    half = stretch("2026-02-15", "2026-08-15")
    assert cut(half, 3) == (stretch("2026-02-15", "2026-05-15"), stretch("2026-05-15", "2026-08-15"))


@pytest.mark.parametrize("months", [5, 7, 24, -1])
def test_parts_that_do_not_fill_a_period_are_refused(months):
    with pytest.raises(ValueError):
        cut(YEAR, months)


@given(CYCLES, DAYS)
def test_every_day_lies_in_exactly_one_period_of_a_cycle(cycle, day):
    period = cycle.at(day)
    assert day in period
    assert cycle.at(period.start) == period
    assert cycle.at(period.end - timedelta(days=1)) == period
    assert cycle.at(period.end).start == period.end
    assert cycle.before(cycle.at(period.end)) == period


@given(CYCLES)
def test_one_period_begins_on_the_anchor(cycle):
    assert cycle.at(cycle.anchor).start == cycle.anchor


@given(CYCLES, DAYS, st.integers(1, 12))
def test_the_parts_of_a_period_hold_each_of_its_days_once(cycle, day, months):
    period = cycle.at(day)
    if cycle.months % months:
        with pytest.raises(ValueError):
            cut(period, months)
        return
    parts = cut(period, months)
    assert sum(part.days for part in parts) == period.days
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]


@given(DAYS, st.integers(1, 500), st.none() | DAYS, st.none() | DAYS)
def test_what_is_shared_are_the_days_that_both_have(start, length, first, last):
    own = Stretch(start, start + timedelta(days=length))
    both = [
        day
        for day in (start + timedelta(days=number) for number in range(length))
        if (first is None or day >= first) and (last is None or day < last)
    ]
    shared = own.shared(first, last)
    assert (shared.days if shared else 0) == len(both)
    assert not both or (shared.start, shared.end) == (both[0], both[-1] + timedelta(days=1))
