import pytest

from lianxin.lib.scoring.periods import cut
from lianxin.lib.scoring.spec import Join
from tests.lib.scoring.builders import YEAR, F, leave, tenure

ILLNESS = frozenset(("illness",))
FULL, PRORATE, NEXT = Join.FULL, Join.PRORATE, Join.FROM_NEXT_PERIOD


@pytest.mark.parametrize(
    ("start", "days"),
    [
        (None, 365),
        ("2025-07-01", 365),
        ("2026-01-01", 365),
        ("2026-01-02", 364),
        ("2026-07-01", 184),
        ("2026-12-31", 1),
        ("2027-01-01", 0),
    ],
)
def test_who_comes_is_asked_in_proportion_from_the_first_day_on(start, days):
    assert tenure(start).share(YEAR, YEAR, PRORATE, ILLNESS) == F(days, 365)


@pytest.mark.parametrize(
    ("end", "days"),
    [("2027-01-01", 365), ("2026-12-31", 364), ("2026-01-02", 1), ("2026-01-01", 0), ("2025-01-01", 0)],
)
def test_who_leaves_is_asked_in_proportion_up_to_the_day_before(end, days):
    own = tenure(None, end)
    assert own.share(YEAR, YEAR, PRORATE, ILLNESS) == F(days, 365)
    assert own.is_within(YEAR) == bool(days)


@pytest.mark.parametrize(
    ("start", "asked"), [("2026-01-01", 1), ("2026-01-02", 0), ("2025-12-31", 1), ("2027-01-01", 0)]
)
def test_who_came_after_the_period_began_is_asked_from_the_next_one(start, asked):
    assert tenure(start).share(YEAR, YEAR, NEXT, ILLNESS) == asked


def test_the_next_period_is_the_one_after_the_period_and_not_after_a_quarter_of_it():
    came_in_february = tenure("2026-02-01")
    assert [came_in_february.share(quarter, YEAR, NEXT, ILLNESS) for quarter in cut(YEAR, 3)] == [0, 0, 0, 0]


def test_asked_for_all_is_whoever_was_there_for_one_day():
    assert tenure("2026-12-31").share(YEAR, YEAR, FULL, ILLNESS) == 1
    assert tenure(None, "2026-01-02").share(YEAR, YEAR, FULL, ILLNESS) == 1
    assert tenure("2027-01-01").share(YEAR, YEAR, FULL, ILLNESS) == 0


def test_nobody_is_asked_for_a_quarter_in_which_they_were_not_there():
    came_in_may = tenure("2026-05-01")
    assert [came_in_may.share(part, YEAR, FULL, ILLNESS) for part in cut(YEAR, 3)] == [0, 1, 1, 1]
    assert [came_in_may.share(part, YEAR, PRORATE, ILLNESS) for part in cut(YEAR, 3)] == [0, F(61, 91), 1, 1]


@pytest.mark.parametrize("join", list(Join))
def test_leave_of_a_listed_type_is_taken_off_and_of_another_type_is_not(join):
    away = tenure(None, None, leave("2026-01-01", "2026-01-11"), leave("2026-06-01", "2026-07-01", "business"))
    assert away.share(YEAR, YEAR, join, ILLNESS) == F(355, 365)
    assert away.share(YEAR, YEAR, join, frozenset()) == 1


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2025-12-01", "2026-01-01", 0),
        ("2025-12-01", "2026-01-02", 1),
        ("2026-12-31", "2027-03-01", 1),
        ("2027-01-01", "2027-03-01", 0),
        ("2025-01-01", "2028-01-01", 365),
    ],
)
def test_of_leave_over_the_edge_of_a_period_only_the_days_inside_are_taken_off(start, end, days):
    away = tenure(None, None, leave(start, end))
    assert away.share(YEAR, YEAR, PRORATE, ILLNESS) == F(365 - days, 365)


def test_a_day_of_two_leaves_is_taken_off_once():
    """1-10, 5-14, 15-19 and, inside the first, 2-3 January: 19 days."""
    spans = [("01-05", "01-15"), ("01-01", "01-11"), ("01-15", "01-20"), ("01-02", "01-04")]
    away = tenure(None, None, *(leave(f"2026-{start}", f"2026-{end}") for start, end in spans))
    assert away.share(YEAR, YEAR, PRORATE, ILLNESS) == F(346, 365)


def test_leave_before_somebody_came_is_not_taken_off_again():
    """Asked for 184 days from July; of the leave from June to 10 July ten days lie in them."""
    came_ill = tenure("2026-07-01", None, leave("2026-06-01", "2026-07-11"))
    assert came_ill.share(YEAR, YEAR, PRORATE, ILLNESS) == F(174, 365)


def test_who_left_is_asked_for_their_days_even_where_newcomers_wait_for_the_next_period():
    assert tenure("2020-01-01", "2026-02-01").share(YEAR, YEAR, NEXT, ILLNESS) == F(31, 365)
