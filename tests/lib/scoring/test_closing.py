from dataclasses import replace

import pytest

from lianxin.lib.scoring.closing import Closed, close, fires
from lianxin.lib.scoring.figures import Figure, State
from lianxin.lib.scoring.sheets import Sheet
from lianxin.lib.scoring.spec import Bounds, By, NotThis, Reads, Regulation, Ties, Trigger
from tests.lib.scoring.builders import F, graded, sheet_of

OFFENDED = Reads("offences", By.COUNT, Bounds(at_least=F(1)))
PENDING = Figure("total", State.PENDING, F(99))
LEFT_OUT = Figure("total", State.LEFT_OUT)


def closed(*totals: object, by: Regulation | None = None, grade: str = "good") -> list[Closed]:
    sheets = {f"party {number}": sheet_of(total, grade) for number, total in enumerate(totals)}
    found = close(by or graded(), sheets)
    assert list(found) == list(sheets)
    return list(found.values())


def excellent(*totals: object, quota: str, ties: Ties = Ties.NONE_IN) -> list[object]:
    """The totals of whoever is excellent after the quota, of those who all were before."""
    found = closed(*totals, by=graded(quota, ties), grade="excellent")
    assert {one.grade for one in found} <= {"excellent", "good"}
    return [one.points for one in found if one.grade == "excellent"]


# Places


def test_the_best_has_the_first_place_and_the_worst_the_first_from_the_end():
    assert [(one.place, one.from_last) for one in closed(70, 90, 80)] == [(3, 1), (1, 3), (2, 2)]


def test_equals_share_the_better_place_and_from_the_end_the_worse_one():
    """90, 80, 80, 70: the two are second, and second from the end; the next place is the fourth."""
    assert [one.place for one in closed(80, 90, 70, 80)] == [2, 1, 4, 2]
    assert [one.from_last for one in closed(80, 90, 70, 80)] == [2, 4, 1, 2]
    assert [(one.place, one.from_last) for one in closed(80, 80)] == [(1, 1), (1, 1)]


def test_totals_that_differ_by_less_than_a_float_can_tell_have_two_places():
    assert [one.place for one in closed(F(1, 3), F(1, 3) + F(1, 10**30))] == [2, 1]


@pytest.mark.parametrize("total", [PENDING, LEFT_OUT])
def test_a_sheet_that_waits_or_was_left_out_has_no_place_and_takes_nobodys(total):
    best, none, last = closed(90, total, 80)
    assert (none.points, none.place, none.from_last, none.grade) == (None, None, None, "")
    assert (best.place, last.place, last.from_last) == (1, 2, 1)


def test_a_sheet_of_which_any_item_waits_has_no_place_although_its_total_is_known():
    waits = replace(sheet_of(90), figures=sheet_of(90).figures | {"extra": Figure("extra", State.PENDING)})
    assert close(graded(), {"Li": waits})["Li"] == Closed(None, sheet=waits)


def test_nobody_closes_to_nothing():
    assert close(graded("0.3"), {}) == {}


# Quotas


def test_a_quota_of_three_tenths_of_ten_lets_three_in():
    assert excellent(*range(90, 100), quota="0.3") == [97, 98, 99]


@pytest.mark.parametrize(("number", "room"), [(3, 0), (4, 1), (7, 1), (8, 2)])
def test_a_quota_is_rounded_down_to_whole_parties(number, room):
    assert len(excellent(*range(90, 90 + number), quota="0.25")) == room


def test_as_many_as_there_is_room_for_all_stay():
    assert excellent(95, 91, quota="1") == [95, 91]
    assert excellent(91, 91, quota="1") == [91, 91]


def test_equals_at_the_edge_come_in_all_or_none():
    """Room for two of 98, 95, 95, 91; and for one of three equals, where none are in: nobody."""
    assert excellent(98, 95, 95, 91, quota="0.5", ties=Ties.NONE_IN) == [98]
    assert excellent(98, 95, 95, 91, quota="0.5", ties=Ties.ALL_IN) == [98, 95, 95]
    assert excellent(95, 95, 95, quota="0.4", ties=Ties.NONE_IN) == []
    assert excellent(95, 95, 95, quota="0.4", ties=Ties.ALL_IN) == [95, 95, 95]


@pytest.mark.parametrize("ties", list(Ties))
def test_equals_above_or_below_the_edge_are_no_tie_at_it(ties):
    assert excellent(98, 98, 95, 91, quota="0.5", ties=ties) == [98, 98]
    assert excellent(98, 95, 91, 91, quota="0.5", ties=ties) == [98, 95]
    assert excellent(98, 95, quota="0.4", ties=ties) == []


def test_a_quota_is_a_share_of_all_who_have_a_total_and_not_of_the_grade():
    """Room for two of four; of those who are excellent there are three, and one is poor."""
    sheets = {
        "a": sheet_of(97, "excellent"),
        "b": sheet_of(95, "excellent"),
        "c": sheet_of(93, "excellent"),
        "d": sheet_of(10, "poor"),
    }
    found = close(graded("0.5"), sheets | {"e": sheet_of(PENDING), "f": sheet_of(LEFT_OUT)})
    assert [one.grade for one in found.values()] == ["excellent", "excellent", "good", "poor", "", ""]


def test_whoever_finds_no_room_is_asked_about_the_next_grade_and_its_quota():
    """One excellent and one good of three: 97 excellent, 95 good, 93 poor."""
    bands = graded("0.4").bands
    tight = replace(graded(), bands=(bands[0], replace(bands[1], quota=F("0.4")), bands[2]))
    assert [one.grade for one in closed(93, 97, 95, by=tight, grade="excellent")] == ["poor", "excellent", "good"]


def test_whoever_finds_no_room_skips_a_grade_from_which_they_are_barred():
    by = graded("0.5", unless=OFFENDED)
    sheets = {"a": sheet_of(97, "excellent"), "b": sheet_of(95, "excellent", offences=1)}
    assert [one.grade for one in close(by, sheets).values()] == ["excellent", "poor"]


def test_whoever_has_no_grade_gets_none_by_a_quota():
    assert [one.grade for one in closed(99, 98, by=graded("0.5"), grade="")] == ["", ""]


# Several periods in a row

POOR = Closed(F(10), "poor", 9, 2, sheet_of(10, "poor"))
GOOD = Closed(F(80), "good", 2, 9, sheet_of(80))
WAITED = Closed(None, sheet=sheet_of(PENDING))
TWICE_POOR = Trigger("talk", frozenset(("poor",)), in_a_row=2)


@pytest.mark.parametrize(
    ("history", "is_raised"),
    [
        ([POOR, POOR], True),
        ([GOOD, POOR, POOR], True),
        ([POOR, POOR, POOR], True),
        ([POOR], False),
        ([], False),
        ([POOR, GOOD], False),
        ([POOR, POOR, GOOD], False),
        ([POOR, GOOD, POOR], False),
        ([POOR, WAITED, POOR], False),
        ([POOR, WAITED], False),
        ([POOR, None], False),
        ([POOR, None, POOR], False),
        ([None, POOR, POOR], True),
    ],
)
def test_poor_two_periods_in_a_row_is_told_and_nothing_else(history, is_raised):
    assert fires(TWICE_POOR, history) is is_raised


@pytest.mark.parametrize(("last", "is_raised"), [(1, False), (2, True), (5, True), (0, False)])
def test_the_last_so_many_are_counted_from_the_end(last, is_raised):
    assert fires(Trigger("talk", last=last), [POOR]) is is_raised


@pytest.mark.parametrize(("offences", "is_raised"), [(0, False), (1, True), (2, True)])
def test_a_test_is_read_off_the_closed_sheet(offences, is_raised):
    told = Closed(F(80), "good", 1, 1, sheet_of(80, offences=offences))
    assert fires(Trigger("talk", when=OFFENDED), [told]) is is_raised


def test_a_test_on_what_was_left_out_raises_nothing_either_way_round():
    sheet = sheet_of(80)
    told = Closed(
        F(80), "good", 1, 1, replace(sheet, figures=sheet.figures | {"offences": replace(LEFT_OUT, code="offences")})
    )
    assert not fires(Trigger("talk", when=OFFENDED), [told])
    assert not fires(Trigger("talk", when=NotThis(OFFENDED)), [told])


def test_a_grade_a_place_and_a_test_each_suffice():
    either = Trigger("talk", frozenset(("poor",)), last=9, in_a_row=2)
    assert fires(either, [POOR, GOOD])
    assert not fires(replace(either, last=1), [POOR, GOOD])


@pytest.mark.parametrize(("offences", "is_raised"), [(0, False), (1, True)])
def test_by_a_regulation_that_gives_no_points_a_test_is_read_all_the_same(offences, is_raised):
    sheet = sheet_of(PENDING, offences=offences)
    unscored = replace(sheet, total=None, figures={"offences": sheet.figures["offences"]})
    assert fires(Trigger("talk", when=OFFENDED), [*close(graded(), {"Li": unscored}).values()]) is is_raised


def test_a_trigger_that_says_nothing_never_fires():
    assert not fires(Trigger("talk"), [POOR])


def test_what_is_only_asked_has_consequences_although_it_has_no_total():
    asked = replace(graded(), total=None, bands=())
    sheet = sheet_of(80, offences=2)
    without = Sheet({code: figure for code, figure in sheet.figures.items() if code != "total"}, None)
    (told,) = close(asked, {"Li": without}).values()
    assert told.points is None
    assert fires(Trigger("talk", when=OFFENDED), [told])
    assert not fires(Trigger("talk", frozenset(("",)), last=9), [told])


@pytest.mark.parametrize("figure", [PENDING, LEFT_OUT])
def test_no_trigger_fires_on_a_period_that_waits_or_was_left_out(figure):
    (told,) = close(graded(), {"Li": sheet_of(figure, offences=3)}).values()
    broad = Trigger("talk", frozenset(("poor", "good", "")), last=99, when=OFFENDED)
    assert not fires(broad, [told])
