from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lianxin.lib.scoring.spec import Credit, Grain, Measure
from lianxin.lib.scoring.tallies import counted, tally, waiting
from tests.lib.scoring.builders import VISITS, YEAR, F, row, rows, stretch

LI, WANG = frozenset({"Li"}), frozenset({"Wang"})


def capped(*caps: tuple[Grain, object], **facts) -> Measure:
    return replace(VISITS, caps=tuple((grain, F(cap)) for grain, cap in caps), **facts)


def test_each_visit_counts_once_and_other_records_do_not():
    assert tally([row(), row(), row(record="meeting")], VISITS, YEAR) == 2
    assert tally([], VISITS, YEAR) == 0


def test_a_record_counts_on_the_first_day_of_the_period_and_not_on_its_end():
    edges = ["2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"]
    assert [tally([row(on)], VISITS, YEAR) for on in edges] == [0, 1, 1, 0]


def test_what_happened_locally_on_new_years_day_counts_for_the_new_year():
    """At 00:30 in China it is still the year before in Greenwich."""
    visit = row("2026-01-01", happened_at=datetime(2025, 12, 31, 16, 30, tzinfo=UTC))
    assert tally([visit], VISITS, YEAR) == 1


def test_half_days_of_a_meeting_are_added_up():
    held = rows(3, quantity=F(1, 2))
    assert tally(held, replace(VISITS, of_quantity=True), YEAR) == F(3, 2)
    assert tally(held, VISITS, YEAR) == 3


@pytest.mark.parametrize(
    ("credit", "counts"),
    [(Credit.EACH, F(6)), (Credit.SPLIT, F(2)), (Credit.AS_RECORDED, F(3)), (Credit.LEAD_ONLY, F(0))],
)
def test_one_of_three_who_recorded_half_of_it_as_theirs(credit, counts):
    """Six hours: six for each; 6 ÷ 3 = 2; 6 x 1/2 = 3; nothing for whoever did not lead."""
    work = row(quantity=F(6), of=3, share=F(1, 2), role="member")
    assert tally([work], replace(VISITS, of_quantity=True, credit=credit), YEAR) == counts


def test_only_the_lead_counts_where_the_rule_says_so():
    led = row(role="lead")
    assert tally([led], replace(VISITS, credit=Credit.LEAD_ONLY), YEAR) == 1
    assert tally([led], replace(VISITS, credit=Credit.LEAD_ONLY, roles=("speaker",)), YEAR) == 0


def test_roles_that_are_not_named_do_not_count():
    both = [row(role="speaker"), row(role="listener"), row()]
    assert tally(both, replace(VISITS, roles=("speaker",)), YEAR) == 1
    assert tally(both, replace(VISITS, roles=("speaker", "listener")), YEAR) == 2


def test_a_day_on_which_two_visits_were_made_counts_once():
    visits = [row("2026-03-02"), row("2026-03-02"), row("2026-03-03")]
    assert tally(visits, capped((Grain.DAY, 1)), YEAR) == 2


def test_of_one_record_no_more_counts_than_the_rule_allows():
    """Ten hours in one go count eight, three count three: 11."""
    hours = [row(quantity=F(10)), row(quantity=F(3))]
    assert tally(hours, capped((Grain.RECORD, 8), of_quantity=True), YEAR) == 11


def test_two_a_day_three_a_month_and_five_a_year():
    """March: 2 + 2 → 3; April: 2; May: 1. Together 6, of which 5 count."""
    measure = capped((Grain.DAY, 2), (Grain.MONTH, 3), (Grain.YEAR, 5))
    march = [*rows(3, on="2026-03-02"), *rows(2, on="2026-03-31")]
    assert tally(march, measure, YEAR) == 3
    assert tally([*march, *rows(4, on="2026-04-01")], measure, YEAR) == 5
    assert tally([*march, *rows(4, on="2026-04-01"), row("2026-05-01")], measure, YEAR) == 5


@pytest.mark.parametrize(
    ("grain", "counts"),
    [(Grain.MONTH, 5), (Grain.QUARTER, 4), (Grain.HALF_YEAR, 2), (Grain.YEAR, 1), (Grain.PERIOD, 1)],
)
def test_a_cap_of_one_holds_in_each_month_quarter_or_half_year(grain, counts):
    days = ["2026-01-31", "2026-03-31", "2026-04-01", "2026-07-01", "2026-12-31", "2026-12-31"]
    assert tally([row(on) for on in days], capped((grain, 1)), YEAR) == counts


def test_months_of_a_period_that_begins_on_the_fifteenth_begin_on_the_fifteenth():
    half = stretch("2026-01-15", "2026-07-15")
    visits = [row("2026-02-14"), row("2026-02-15"), row("2026-03-14")]
    assert tally(visits, capped((Grain.MONTH, 1)), half) == 2


def test_the_earlier_record_counts_where_there_is_room_for_one():
    late = row(id="a", happened_at=datetime(2026, 3, 2, 15, tzinfo=UTC))
    early = row(id="b", happened_at=datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert counted([late, early], capped((Grain.DAY, 1)), YEAR) == [(early, 1), (late, 0)]


def test_of_two_at_the_same_moment_the_one_with_the_smaller_id_counts():
    second, first = row(id="b"), row(id="a")
    assert counted([second, first], capped((Grain.PERIOD, 1)), YEAR) == [(first, 1), (second, 0)]


def test_a_record_at_the_cap_counts_with_what_there_is_room_for():
    """Five hours a month: 3 + 3 → 3 and 2; the month after begins anew."""
    hours = [row("2026-03-02", quantity=F(3)), row("2026-03-03", quantity=F(3)), row("2026-04-01", quantity=F(3))]
    measure = capped((Grain.MONTH, 5), of_quantity=True)
    assert [counts for _row, counts in counted(hours, measure, YEAR)] == [3, 2, 3]


def test_three_visits_to_each_of_two_households_count_though_one_was_visited_five_times():
    visits = [*rows(5, targets=LI), *rows(1, targets=WANG)]
    assert tally(visits, replace(VISITS, a_target=F(3)), YEAR) == 4
    assert tally(visits, VISITS, YEAR) == 6


def test_a_visit_to_nobody_in_particular_counts_for_no_household():
    assert tally([row(), row(targets=LI)], replace(VISITS, a_target=F(3)), YEAR) == 1


def test_once_a_day_holds_for_each_household_where_households_are_told_apart():
    """Li on one day twice → 1, Wang on that day → 1, Li the day after → 1; twice a household: 2 + 1."""
    visits = [*rows(2, targets=LI), row(targets=WANG), *rows(2, targets=LI, on="2026-03-03")]
    assert tally(visits, capped((Grain.DAY, 1), a_target=F(2)), YEAR) == 3
    assert tally(visits, capped((Grain.DAY, 1)), YEAR) == 2


def test_a_visit_to_two_households_counts_for_each():
    """And once where they are not told apart."""
    visits = [row(targets=LI | WANG), row(targets=LI)]
    assert tally(visits, replace(VISITS, a_target=F(1)), YEAR) == 2
    assert tally(visits, VISITS, YEAR) == 2
    assert [counts for _row, counts in counted(visits, replace(VISITS, a_target=F(5)), YEAR)] == [2, 1]


def test_what_waits_for_a_check_takes_nobodys_room():
    unchecked, later = row(is_waiting=True), row("2026-03-03")
    assert counted([unchecked, later], capped((Grain.PERIOD, 1)), YEAR) == [(later, 1)]


def test_what_waits_is_named_if_it_would_count_in_these_days():
    here = row(is_waiting=True)
    others = [row(), row("2027-01-01", is_waiting=True), row(record="meeting", is_waiting=True)]
    assert list(waiting([here, *others], VISITS, YEAR)) == [here]


def test_a_cap_longer_than_the_days_counted_is_refused():
    with pytest.raises(ValueError):
        tally([row()], capped((Grain.YEAR, 1)), stretch("2026-03-01", "2026-04-01"))
