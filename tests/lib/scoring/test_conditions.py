import pytest

from lianxin.lib.scoring.conditions import holds
from lianxin.lib.scoring.figures import CHECK, Figure, State
from lianxin.lib.scoring.spec import AllOf, AnyOf, Asked, Band, Bounds, By, IfNothing, NotThis, Reads
from tests.lib.scoring.builders import MEETINGS, Book, F, item, known, row, rows, scored, sheet

YES, NO = Reads("yes", bounds=Bounds(at_least=F(1))), Reads("no", bounds=Bounds(at_least=F(1)))
OPEN, OUT = Reads("open"), Reads("out")
FIGURES = {
    "yes": known("yes", 1),
    "no": known("no", 0),
    "open": Figure("open", State.PENDING),
    "out": Figure("out", State.LEFT_OUT),
}
OFFENCES = item("offences", MEETINGS)
OFFENDED = Reads("offences", By.COUNT, Bounds(at_least=F(1)))


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (YES, True),
        (NO, False),
        (OPEN, None),
        (OUT, None),
        (NotThis(YES), False),
        (NotThis(NO), True),
        (NotThis(OPEN), None),
        (AllOf((YES, YES)), True),
        (AllOf((YES, NO)), False),
        (AllOf((YES, OPEN)), None),
        (AllOf((NO, OPEN)), False),
        (AnyOf((NO, NO)), False),
        (AnyOf((YES, OPEN)), True),
        (AnyOf((NO, OPEN)), None),
        (AnyOf((AllOf((YES, NO)), NotThis(NO))), True),
        (AllOf(()), True),
        (AnyOf(()), False),
    ],
)
def test_a_condition_holds_or_not_and_of_what_is_not_known_neither(condition, told):
    assert holds(condition, FIGURES) is told


@pytest.mark.parametrize(("by", "told"), [(By.POINTS, True), (By.COUNT, False), (By.SHARE, None), (By.MISSING, True)])
def test_a_condition_reads_what_it_names(by, told):
    """Seven points, three counted, no share, five missing: at least four?"""
    figure = known("visits", 7, count=F(3), missing=F(5))
    assert holds(Reads("visits", by, Bounds(at_least=F(4))), {"visits": figure}) is told


def test_a_requirement_that_nobody_asked_for_is_neither_met_nor_missed():
    wants_met, wants_missed = Reads("visits", is_met=True), Reads("visits", is_met=False)
    for is_met, both in ((True, [True, False]), (False, [False, True]), (None, [None, None])):
        figures = {"visits": known("visits", is_met=is_met)}
        assert [holds(wants_met, figures), holds(wants_missed, figures)] == both


def test_conditions_name_the_items_they_read():
    assert AnyOf((AllOf((YES, NO)), NotThis(OPEN))).items == {"yes", "no", "open"}


def zeroed(*offences, **facts):
    rule = scored("conduct", 10, at_least=F(2), zero_if=OFFENDED)
    return sheet(Book([*offences, *facts.pop("others", ())]), OFFENCES, rule, **facts)


def test_one_offence_zeroes_an_item_whatever_its_floor():
    made = zeroed(row(record="meeting")).figures["conduct"]
    assert (made.points, made.state, made.steps[-1].what) == (0, State.KNOWN, "zeroed")
    assert zeroed().figures["conduct"].points == 10


def test_while_an_offence_waits_for_its_check_what_it_would_zero_is_pending():
    made = zeroed(row(record="meeting", is_waiting=True))
    assert (made.figures["offences"].state, made.figures["offences"].lacking) == (State.PENDING, (CHECK,))
    assert (made.figures["conduct"].state, made.figures["conduct"].points) == (State.PENDING, 10)
    assert made.figures["conduct"].lacking == ("condition",)
    assert made.total.state is State.PENDING


def test_an_offence_that_waits_changes_nothing_once_another_is_confirmed():
    made = zeroed(row(record="meeting"), row(record="meeting", is_waiting=True))
    assert made.is_complete
    assert made.figures["conduct"].points == 0


def test_what_nothing_reads_keeps_nobody_waiting():
    made = sheet(Book([row(record="meeting", is_waiting=True)]), OFFENCES, scored("a", 1))
    assert made.is_complete


@pytest.mark.parametrize("bar", [Reads("never", is_met=False), NotThis(Reads("never", is_met=True))])
def test_what_hangs_on_an_item_left_out_neither_zeroes_nor_waits(bar):
    """Not even where the condition is turned round."""
    never = item("never", MEETINGS, asks=Asked(out_of=MEETINGS, if_nothing=IfNothing.LEFT_OUT), full=F(5), at_most=F(5))
    made = sheet(Book(), never, scored("a", 10, zero_if=bar), adds=["a"])
    assert made.figures["never"].state is State.LEFT_OUT
    assert (made.total.points, made.total.state) == (10, State.KNOWN)


# Grades

BANDS = (
    Band("excellent", Bounds(at_least=F(90)), unless=OFFENDED),
    Band("good", Bounds(at_least=F(60))),
    Band("poor", Bounds(less_than=F(60))),
)


@pytest.mark.parametrize(
    ("points", "grade"),
    [(100, "excellent"), (90, "excellent"), ("89.99", "good"), (60, "good"), ("59.99", "poor"), (-5, "poor")],
)
def test_a_grade_begins_where_its_band_says(points, grade):
    assert sheet(Book(), OFFENCES, scored("a", points), bands=BANDS).grade == grade


def test_whoever_is_barred_from_a_grade_has_the_next_one_that_holds():
    barred = Book([row(record="meeting")])
    assert sheet(barred, OFFENCES, scored("a", 95), bands=BANDS).grade == "good"
    assert sheet(barred, OFFENCES, scored("a", 50), bands=BANDS).grade == "poor"


def test_a_grade_waits_for_what_might_bar_it_and_a_lower_one_does_not():
    waits = Book([row(record="meeting", is_waiting=True)])
    assert sheet(waits, OFFENCES, scored("a", 95), bands=BANDS).grade == ""
    assert sheet(waits, OFFENCES, scored("a", 70), bands=BANDS).grade == "good"


def test_a_total_that_waits_has_no_grade_though_it_could_not_become_another():
    waiting = Book([*rows(1), row(is_waiting=True)])
    assert sheet(waiting, item(each=F(1)), scored("a", 95), OFFENCES, bands=BANDS).grade == ""


def test_a_total_within_no_band_has_no_grade():
    assert sheet(Book(), OFFENCES, scored("a", 50), bands=BANDS[:2]).grade == ""
