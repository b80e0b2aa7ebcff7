import pytest

from lianxin.lib.scoring.figures import CHECK, Figure, State
from lianxin.lib.scoring.spec import Combine, Rated
from lianxin.lib.scoring.working import combined
from tests.lib.scoring.builders import Book, F, figure, item

WEIGHTS = {"self": F("0.2"), "group": F("0.3"), "office": F("0.5")}


def rated(marks: dict, combine: Combine = Combine.WEIGHTED, *, drops: bool = False, **facts) -> Figure:
    rule = Rated(WEIGHTS, combine, "mark", drops_missing=drops)
    given = {role: [F(mark) for mark in own] for role, own in marks.items()}
    return figure(Book(given=given), item("marks", None, rated=rule, **facts))


def combine(way: Combine, *marks: object) -> object:
    roles = {str(number): F(mark) for number, mark in enumerate(marks)}
    return combined(Rated(dict.fromkeys(roles, F(1)), way, "mark"), roles)


@pytest.mark.parametrize(
    ("way", "mark"),
    [
        (Combine.MEAN, F(27, 4)),
        (Combine.MEDIAN, F(15, 2)),
        (Combine.MIN, F(2)),
        (Combine.MAX, F(10)),
        (Combine.TRIMMED, F(15, 2)),
        (Combine.WEIGHTED, F(27, 4)),
    ],
)
def test_ten_eight_seven_and_two_made_one(way, mark):
    """27 / 4; between 7 and 8; the least; the most; without 10 and 2 (7 + 8) / 2; all of one weight."""
    assert combine(way, 10, 8, 7, 2) == mark


def test_of_two_marks_none_is_trimmed_and_of_three_the_middle_remains():
    assert combine(Combine.TRIMMED, 10, 2) == 6
    assert combine(Combine.TRIMMED, 10, 9, 2) == 9
    assert combine(Combine.TRIMMED, 10, 10, 2, 2) == 6
    assert combine(Combine.TRIMMED, 7) == 7


def test_the_median_of_three_is_the_middle_one():
    assert combine(Combine.MEDIAN, 1, 9, 4) == 4


def test_no_marks_make_no_mark():
    with pytest.raises(ValueError, match="No marks"):
        combine(Combine.MEAN)


def test_raters_weigh_as_their_roles_do():
    """10 x 0.2 + 8 x 0.3 + 6 x 0.5 = 7.4."""
    made = rated({"self": [10], "group": [8], "office": [6]})
    assert (made.points, made.state) == (F("7.4"), State.KNOWN)
    assert made.steps[-1].names == ("self", "group", "office")
    assert made.steps[-1].numbers == (10, 8, 6, F("7.4"))


def test_several_raters_of_one_role_are_their_mean():
    """(10 + 6 + 8) / 3 = 8: 10 x 0.2 + 8 x 0.3 + 6 x 0.5 = 7.4."""
    assert rated({"self": [10], "group": [10, 6, 8], "office": [6]}).points == F("7.4")


def test_an_item_waits_for_the_roles_that_have_not_rated():
    made = rated({"group": [8]})
    assert (made.state, made.points, made.lacking) == (State.PENDING, 0, ("self", "office"))


def test_where_missing_raters_are_dropped_the_others_share_their_weight():
    """(8 x 0.3 + 6 x 0.5) / 0.8 = 6.75."""
    made = rated({"group": [8], "office": [6]}, drops=True)
    assert (made.state, made.points, made.lacking) == (State.KNOWN, F("6.75"), ())


def test_where_everybody_is_missing_even_dropping_waits():
    made = rated({}, drops=True)
    assert (made.state, made.lacking) == (State.PENDING, ("self", "group", "office"))


def test_a_mark_that_waits_for_its_check_keeps_the_item_waiting_where_it_would_change_it():
    """Without the group's 8 the office's 6 stands alone; with it, it is (8 x 0.3 + 6 x 0.5) / 0.8 = 6.75. A 6 changes nothing."""
    rule, office = Rated(WEIGHTS, Combine.WEIGHTED, "mark", drops_missing=True), {"office": [F(6)]}
    waits, told = (
        figure(Book(given=office, hoped=office | {"group": [F(mark)]}), item("marks", None, rated=rule))
        for mark in (8, 6)
    )
    assert (waits.state, waits.points, waits.lacking) == (State.PENDING, 6, (CHECK,))
    assert (told.state, told.points) == (State.KNOWN, 6)


def test_a_role_without_marks_is_missing_and_one_not_named_does_not_count():
    assert rated({"self": [], "group": [8], "office": [6]}).lacking == ("self",)
    assert rated({"self": [7], "group": [7], "office": [7], "neighbour": [1]}, Combine.MEAN).points == 7


def test_a_mark_of_zero_is_a_mark():
    made = rated({"self": [0], "group": [0], "office": [0]})
    assert (made.state, made.points) == (State.KNOWN, 0)


def test_marks_stand_beside_other_points_and_under_the_cap_of_their_item():
    full = {"self": [10], "group": [10], "office": [10]}
    assert rated(full, base=F(5), at_most=F(12)).points == 12
    assert rated({}, base=F(5)).points == 5


def test_the_order_in_which_raters_came_does_not_matter():
    one, other = (
        rated({"self": [1], "group": [2, 3], "office": [4]}),
        rated({"office": [4], "group": [3, 2], "self": [1]}),
    )
    assert one == other
