from dataclasses import replace

import pytest

from lianxin.lib.scoring.figures import CHECK, State
from lianxin.lib.scoring.periods import Stretch
from lianxin.lib.scoring.sheets import Scorer
from lianxin.lib.scoring.spec import Asked, Bounds, By, Gives, Grain, IfNothing, Item, Measure, Take, Tiers, Who
from tests.lib.scoring.builders import (
    EXCUSED,
    HELD,
    MEETINGS,
    VISITS,
    YEAR,
    Book,
    F,
    figure,
    item,
    leave,
    regulation,
    row,
    rows,
    scored,
    sheet,
    stretch,
    tenure,
)

LEFT_OUT, ZERO, FULL = IfNothing.LEFT_OUT, IfNothing.ZERO, IfNothing.FULL
FOUR = Asked(at_least=F(4))


def attendance(if_nothing: IfNothing = LEFT_OUT, at_least: object = "0.9", **facts) -> Item:
    asks = Asked(at_least=F(at_least), out_of=HELD, less=EXCUSED, if_nothing=if_nothing)
    return item("attendance", MEETINGS, asks=asks, **facts)


def attended(meetings: int, held: int, excused: int = 0, **facts) -> Book:
    return Book([*rows(meetings, "meeting"), *rows(held, "held"), *rows(excused, "excused")], **facts)


def names(steps) -> list[str]:
    return [step.what for step in steps]


# What an item gives


def test_two_points_for_each_visit():
    made = figure(Book(rows(3)), item(each=F(2)))
    assert (made.points, made.count, made.state) == (6, 3, State.KNOWN)
    assert [(step.what, step.numbers) for step in made.steps] == [("counted", (3,)), ("each", (3, 2, 6))]


def test_three_of_four_visits_give_three_quarters_of_the_points():
    made = figure(Book(rows(3)), item(asks=FOUR, full=F(10)))
    assert (made.points, made.share, made.missing, made.is_met) == (F(15, 2), F(3, 4), 1, False)


def test_more_than_was_asked_gives_no_more_than_all():
    made = figure(Book(rows(9)), item(asks=FOUR, full=F(10)))
    assert (made.points, made.share, made.missing, made.is_met) == (10, 1, 0, True)


@pytest.mark.parametrize(("visits", "points"), [(0, 0), (3, 0), (4, 5), (5, 5)])
def test_points_for_meeting_a_requirement_are_given_whole_or_not_at_all(visits, points):
    assert figure(Book(rows(visits)), item(asks=FOUR, met=F(5))).points == points


def test_base_missing_and_beyond_are_added_up():
    """Ten from the start: one missing of four costs 2 → 8; two beyond four give 1 each → 12."""
    rule = item(asks=FOUR, base=F(10), missing=F(-2), beyond=F(1))
    assert [figure(Book(rows(visits)), rule).points for visits in (3, 4, 6)] == [8, 10, 12]


def test_each_absence_beyond_the_two_that_are_allowed_costs_three():
    """Two allowed, five happened: three beyond, 20 - 3 x 3 = 11."""
    rule = item(asks=Asked(at_most=F(2)), base=F(20), beyond=F(-3))
    assert [figure(Book(rows(number)), rule).points for number in (0, 2, 5)] == [20, 20, 11]
    assert [figure(Book(rows(number)), rule).is_met for number in (0, 2, 5)] == [True, True, False]


def test_a_visit_too_many_in_one_quarter_fills_no_gap_in_another():
    """One a quarter: 3 in the first, 1 in the second, none after: 2 quarters met, 2 missing, half of it reached."""
    rule = item(asks=Asked(at_least=F(1), months=3), each_met=F(5), missing=F(-1))
    made = figure(Book([*rows(3), row("2026-04-01")]), rule)
    assert (made.points, made.share, made.missing, made.is_met) == (8, F(1, 2), 2, False)


def test_the_cap_of_each_month_holds_where_each_quarter_asks():
    rule = item(counts=replace(VISITS, caps=((Grain.MONTH, F(1)),)), asks=Asked(at_least=F(2), months=3), each_met=F(5))
    assert figure(Book(rows(3)), rule).points == 0
    assert figure(Book([row("2026-01-31"), row("2026-02-01")]), rule).points == 5


@pytest.mark.parametrize(("share", "points"), [(10, 15), (9, 15), (8, 11), (7, 7), (0, 0)])
def test_a_table_gives_the_points_of_the_first_row_that_fits(share, points):
    tiers = Tiers(
        By.SHARE,
        (
            (Bounds(at_least=F("0.9")), F(15)),
            (Bounds(at_least=F("0.8")), F(11)),
            (Bounds(more_than=F(0)), F(7)),
        ),
    )
    assert figure(attended(share, 10), attendance(tiers=tiers)).points == points


@pytest.mark.parametrize(("value", "within"), [(1, False), (2, True), (3, True), (4, False)])
def test_each_edge_of_a_table_says_whether_it_is_within(value, within):
    bounds = Bounds(more_than=F(1), at_least=F(2), at_most=F(3), less_than=F(4))
    assert bounds.hold(F(value)) is within


def test_points_stay_between_their_edges():
    assert figure(Book(rows(9)), item(each=F(2), at_most=F(10))).points == 10
    assert figure(Book(rows(9)), item(each=F(-2), at_least=F(-5))).points == -5
    assert names(figure(Book(rows(5)), item(each=F(2), at_most=F(10))).steps) == ["counted", "each"]


def test_without_edges_an_item_may_fall_below_zero():
    assert figure(Book(rows(9)), item(each=F(-2))).points == -18


def test_the_cap_comes_before_the_weight_and_the_weight_before_the_rounding():
    """7 x 1.5 capped at 10 → 10; x 1.25 = 12.5."""
    heavy = item(each=F("1.5"), at_most=F(10), weights=((Who("deputy"), F("1.25")), (Who(), F(9))))
    made = figure(Book(rows(7)), heavy)
    assert made.points == F("12.5")
    assert names(made.steps) == ["counted", "each", "at_most", "weighted"]


# What was required


def test_leave_leaves_the_denominator_and_is_no_presence():
    """8 of 10 held less 2 excused are all; of 10 held and 3 excused 7 are asked, and 8 are no more than all."""
    assert figure(attended(8, 10), attendance(full=F(10))).points == 8
    assert figure(attended(8, 10, 2), attendance(full=F(10))).points == 10
    assert figure(attended(8, 10, 3), attendance(full=F(10))).share == 1


@pytest.mark.parametrize(("meetings", "is_met"), [(8, False), (9, True), (10, True)])
def test_nine_of_ten_meetings_are_ninety_per_cent(meetings, is_met):
    made = figure(attended(meetings, 10), attendance(full=F(10)))
    assert (made.is_met, made.missing) == (is_met, max(0, 9 - meetings))


@pytest.mark.parametrize(("absent", "is_met", "beyond"), [(3, True, 0), (4, False, 1)])
def test_beside_what_was_held_the_upper_edge_is_a_share_of_it(absent, is_met, beyond):
    """Away from at most 3/10 of ten meetings: three; of a fourth, one is too many."""
    away = item(counts=MEETINGS, asks=Asked(out_of=HELD, at_most=F("0.3")), beyond=F(-2))
    made = figure(attended(absent, 10), away)
    assert (made.is_met, made.points) == (is_met, -2 * beyond)


@pytest.mark.parametrize(("households", "missing"), [(4, 1), (5, 0)])
def test_ties_are_asked_whole_of_whoever_came_meanwhile(households, missing):
    five = item(counts=Measure((), ties="households"), asks=Asked(at_least=F(5)), met=F(3))
    made = figure(Book(ties={"households": F(households)}, tenure=tenure("2026-07-01")), five)
    assert (made.count, made.missing, made.points) == (households, missing, 0 if missing else 3)


def test_a_share_of_the_households_is_visited():
    """Visits to two of four households, one of them twice: half of them."""
    visited = Measure(("visit",), caps=(), a_target=F(1))
    half = item(counts=visited, asks=Asked(out_of=Measure((), ties="households"), at_least=F("0.5")), full=F(8))
    book = Book([row(targets=frozenset(name)) for name in "甲甲乙"], ties={"households": F(4)})
    made = figure(book, half)
    assert (made.share, made.is_met, made.points) == (F("0.5"), True, 4)


@pytest.mark.parametrize(
    ("if_nothing", "state", "points", "is_met"),
    [(FULL, State.KNOWN, 15, True), (ZERO, State.KNOWN, 0, None), (LEFT_OUT, State.LEFT_OUT, 0, None)],
)
def test_where_no_meeting_was_held_the_rule_says_what_it_is_worth(if_nothing, state, points, is_met):
    """Ten for the share and five for having met it."""
    made = figure(Book(), attendance(if_nothing, full=F(10), met=F(5), at_most=F(15)))
    assert (made.state, made.points, made.is_met, made.share) == (state, points, is_met, None)


def test_more_excused_than_held_is_nothing_held():
    assert figure(attended(0, 2, 3), attendance(full=F(10))).state is State.LEFT_OUT


def test_whoever_came_for_the_last_quarter_has_met_no_earlier_one():
    """Nothing was asked of them in three quarters, which count for nothing where the rule says zero."""
    asks = Asked(at_least=F(1), months=3, if_nothing=ZERO)
    came = Book([row("2026-11-01")], tenure=tenure("2026-10-01"))
    assert figure(came, item(asks=asks, each_met=F(5))).points == 5
    assert figure(came, item(asks=replace(asks, if_nothing=FULL), each_met=F(5))).points == 20


def test_whoever_was_on_leave_for_half_of_the_days_is_asked_for_half():
    """Four visits in 365 days, of which 73 are leave: 4 x 292/365 = 3.2."""
    away = Book(rows(3), tenure=tenure(None, None, leave("2026-01-01", "2026-03-15")))
    made = figure(away, item(asks=FOUR, full=F(10)))
    assert (made.missing, made.share, made.is_met) == (F("0.2"), F(3) / F("3.2"), False)


def test_three_visits_to_each_of_five_households_are_fifteen():
    rule = item(asks=Asked(at_least=F(3), toward="households"), full=F(10))
    made = figure(Book(rows(12), ties={"households": F(5)}), rule)
    assert (made.share, made.missing, made.points) == (F(12, 15), 3, 8)


def test_whoever_has_no_household_is_left_out_of_visiting_them():
    rule = item(asks=Asked(at_least=F(3), toward="households", if_nothing=LEFT_OUT), full=F(10), at_most=F(10))
    assert figure(Book(rows(2)), rule).state is State.LEFT_OUT


def test_a_duty_without_points_is_met_or_not():
    assert sheet(Book(rows(4)), item(asks=FOUR), scored("one", 1)).figures["visits"].is_met is True
    assert sheet(Book(rows(3)), item(asks=FOUR), scored("one", 1)).figures["visits"].is_met is False
    assert figure(Book(rows(3)), item(each=F(1))).is_met is None


# What waits


def test_a_visit_that_waits_for_its_check_makes_the_item_pending_and_not_zero():
    made = figure(Book([row(), row(is_waiting=True)]), item(asks=FOUR, full=F(8)))
    assert (made.state, made.points, made.is_met, made.lacking) == (State.PENDING, 2, None, (CHECK,))


def test_a_visit_that_changes_nothing_any_more_keeps_nobody_waiting():
    made = figure(Book([*rows(4), row(is_waiting=True)]), item(asks=FOUR, full=F(8)))
    assert (made.state, made.points, made.is_met) == (State.KNOWN, 8, True)
    assert figure(Book([*rows(5), row(is_waiting=True)]), item(each=F(2), at_most=F(10))).points == 10


def test_leave_that_waits_for_its_approval_makes_the_attendance_pending():
    """8 of 10, and perhaps of 8."""
    asked = attended(8, 10)
    unapproved = replace(asked, rows=[*asked.rows, *rows(2, "excused", is_waiting=True)])
    made = figure(unapproved, attendance(full=F(10)))
    assert (made.state, made.points, made.lacking) == (State.PENDING, 8, (CHECK,))


def test_a_meeting_and_the_presence_at_it_may_be_confirmed_one_without_the_other():
    """1 of 1; with both of what waits 2 of 2, which is the same, but with the meeting alone 1 of 2."""
    both = [row(record="held", is_waiting=True), row(record="meeting", is_waiting=True)]
    made = figure(Book([*attended(1, 1).rows, *both]), attendance(full=F(10)))
    assert made.state is State.PENDING


def test_a_meeting_that_waits_makes_pending_what_would_else_be_left_out():
    made = figure(Book([row(record="held", is_waiting=True)]), attendance(full=F(10)))
    assert (made.state, made.points) == (State.PENDING, 0)


def test_a_total_of_what_waits_waits_for_the_same():
    made = sheet(Book([row(is_waiting=True)]), item(each=F(2)), item("again", each=F(1)), scored("one", 1))
    assert (made.total.state, made.total.points, made.total.lacking) == (State.PENDING, 1, (CHECK,))
    assert not made.is_complete
    assert sheet(Book(rows(1)), item(each=F(2))).is_complete


# Several items


def test_a_block_takes_the_sum_the_highest_or_the_lowest_and_has_a_cap_of_its_own():
    """Of 3, 5 and 4: 12 capped at 10; 5; 3. Together 18."""
    three = scored("a", 3), scored("b", 5), scored("c", 4)
    blocks = [
        item(take.value, None, items=((take, ("a", "b", "c")),), at_most=F(10) if take is Take.SUM else None)
        for take in Take
    ]
    made = sheet(Book(), *three, *blocks, adds=[take.value for take in Take])
    assert [made.figures[take.value].points for take in Take] == [10, 5, 3]
    assert made.total.points == 18


def test_the_highest_of_two_below_zero_is_below_zero():
    top = item("top", None, items=((Take.HIGHEST, ("a", "b")),))
    assert sheet(Book(), scored("a", -3), scored("b", -5), top, adds=["top"]).total.points == -3


def test_an_item_left_out_rescales_the_total_to_the_last_fraction():
    """30 of 40 and 20 of 30 remain; of 100, 30 are left out: 50 x 100/70 = 500/7."""
    made = sheet(
        Book(), attendance(full=F(30), at_most=F(30)), scored("a", 30, at_most=F(40)), scored("b", 20, at_most=F(30))
    )
    assert made.total.points == F(500, 7)
    assert [(step.what, step.numbers) for step in made.total.steps][-1] == ("rescaled", (100, 70, F(500, 7)))


def test_what_an_item_can_give_is_what_it_is_worth_where_it_has_no_edge():
    """40 left out; 60 x 3/4 = 45 of 60: 45 x 100/60 = 75."""
    made = sheet(Book(rows(3)), attendance(full=F(40), at_most=F(40)), item(asks=FOUR, full=F(60)))
    assert made.total.points == 75


def test_an_item_that_is_not_for_this_kind_neither_counts_nor_rescales():
    """40 left out, 60 reached of 60, 100 for groups alone: 60 x 100/60."""
    for_groups = scored("g", 100, at_most=F(100), who=Who("group"))
    made = sheet(Book(), attendance(full=F(40), at_most=F(40)), scored("a", 60, at_most=F(60)), for_groups)
    assert made.figures["g"].state is State.NOT_ASKED
    assert made.total.points == 100


def test_an_item_that_weighs_double_for_a_kind_is_worth_double_to_it():
    """40 left out; 60 at a weight of 2 are 120 of 120: 120 x 160/120."""
    double = scored("a", 60, at_most=F(60), weights=((Who("deputy"), F(2)),))
    assert sheet(Book(), attendance(full=F(40), at_most=F(40)), double).total.points == 160


def test_a_block_of_which_all_was_left_out_is_left_out_itself():
    """30 in the block; 35 of 70 remain: 35 x 100/70 = 50."""
    block = item("block", None, items=((Take.SUM, ("attendance",)),))
    items = attendance(full=F(30), at_most=F(30)), block, scored("a", 35, at_most=F(70))
    made = sheet(Book(), *items, adds=["block", "a"])
    assert made.figures["block"].state is State.LEFT_OUT
    assert made.total.points == 50


def test_a_block_of_which_a_part_was_left_out_is_rescaled_before_its_cap():
    """20 of 40 left out, 20 reached of 20: 20 x 40/20 = 40, capped at 35."""
    block = item("block", None, items=((Take.SUM, ("attendance", "a")),), at_most=F(35))
    items = attendance(full=F(20), at_most=F(20)), scored("a", 20, at_most=F(20)), block
    assert sheet(Book(), *items, adds=["block"]).total.points == 35


def test_a_deputy_of_whom_nothing_was_asked_has_no_total_and_not_a_zero():
    made = sheet(Book(), attendance(full=F(30), at_most=F(30)))
    assert made.total.state is State.LEFT_OUT
    assert made.grade == ""


def test_deductions_that_are_left_out_rescale_nothing():
    """What can at most give zero is worth nothing."""
    absent = attendance(base=F(0), missing=F(-2), at_most=F(0))
    assert sheet(Book(), absent, scored("a", 50, at_most=F(100))).total.points == 50


def test_the_highest_of_several_does_not_look_at_what_was_left_out():
    lowest = item("low", None, items=((Take.LOWEST, ("attendance", "a")),))
    assert sheet(Book(), attendance(full=F(9), at_most=F(9)), scored("a", 7), lowest, adds=["low"]).total.points == 7


def test_a_total_has_edges_a_weight_and_a_rounding_of_its_own():
    """95 + 20 capped at 100, x 0.9 = 90."""
    total = Item(
        "total", None, None, Gives(items=((Take.SUM, ("a", "b")),)), None, F(100), weights=((Who(), F("0.9")),)
    )
    assert sheet(Book(), scored("a", 95), scored("b", 20), total=total).total.points == 90


def test_who_has_a_weight_by_trait_is_weighted_by_the_first_that_fits():
    farmers = Who(traits={"trade": frozenset(("farmer",))}, without={"office": frozenset(("chair",))})
    rule = scored("a", 10, weights=((farmers, F(2)), (Who("deputy"), F(3))))
    farmer, chair = {"trade": frozenset(("farmer",))}, {"office": frozenset(("chair",))}
    weighed = [sheet(Book(), rule, traits=traits).total.points for traits in (farmer, farmer | chair, {})]
    assert weighed == [20, 30, 30]
    assert sheet(Book(), rule, kind="group").total.points == 10


def test_a_regulation_without_a_total_has_a_sheet_without_one():
    known = replace(regulation(item(asks=FOUR, met=F(1))), total=None)
    made = Scorer(known, YEAR).sheet(Book(rows(4)), "deputy", {})
    assert (made.total, made.grade, made.is_complete) == (None, "", True)


def test_parts_that_do_not_fill_the_period_are_refused_before_any_sheet():
    rule = regulation(item(asks=Asked(at_least=F(1), months=5), full=F(1)))
    with pytest.raises(ValueError, match="not filled"):
        Scorer(rule, YEAR)


def test_a_period_over_two_calendar_years_counts_its_own_days():
    school_year = stretch("2025-09-01", "2026-09-01")
    days = ["2025-08-31", "2025-09-01", "2026-08-31", "2026-09-01"]
    book = Book([row(day) for day in days], period=school_year)
    assert sheet(book, item(each=F(1))).total.points == 2
    assert isinstance(book.period, Stretch)


def test_what_is_counted_twice_is_fetched_once():
    rule = regulation(item(each=F(1)), item("again", asks=FOUR, full=F(1)), attendance(full=F(1)))
    asked = [question.measure for question in Scorer(rule, YEAR).questions]
    assert asked == [VISITS, MEETINGS, HELD, EXCUSED]
