import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.lib.scoring.spec import Rounding, Way
from tests.lib.scoring.builders import Book as Nothing
from tests.lib.scoring.builders import F, figure, scored

VALUES = st.fractions(min_value=-1000, max_value=1000, max_denominator=64)
STEPS = st.sampled_from([F(1), F(1, 2), F(1, 10), F(1, 100), F(5), F(1, 3)])


@pytest.mark.parametrize(
    ("value", "half_up", "up", "down"),
    [
        ("0", 0, 0, 0),
        ("1/2", 1, 1, 0),
        ("-1/2", -1, 0, -1),
        ("0.49", 0, 1, 0),
        ("-0.49", 0, 0, -1),
        ("0.51", 1, 1, 0),
        ("-0.51", -1, 0, -1),
        ("2.5", 3, 3, 2),
        ("-2.5", -3, -2, -3),
        ("7", 7, 7, 7),
        ("-7", -7, -7, -7),
    ],
)
def test_half_goes_away_from_zero_up_goes_up_and_down_goes_down(value, half_up, up, down):
    assert Rounding(F(1)).of(F(value)) == half_up
    assert Rounding(F(1), Way.UP).of(F(value)) == up
    assert Rounding(F(1), Way.DOWN).of(F(value)) == down


@pytest.mark.parametrize(
    ("step", "value", "rounded"),
    [
        ("1/10", "0.25", "0.3"),
        ("1/10", "-0.25", "-0.3"),
        ("1/2", "1/4", "1/2"),
        ("5", "7.5", "10"),
        ("1/100", "1/3", "0.33"),
    ],
)
def test_points_are_rounded_to_the_step_that_is_written(step, value, rounded):
    assert Rounding(F(step)).of(F(value)) == F(rounded)


def test_an_item_is_rounded_once_and_the_step_is_shown():
    """2.345 is 2.3 and not, over 2.35, 2.4."""
    rounded = figure(Nothing(), scored("one", "2.345", rounding=Rounding(F(1, 10))))
    assert rounded.points == F("2.3")
    assert (rounded.steps[-1].what, rounded.steps[-1].numbers) == ("rounded", (F("0.1"), F("2.3")))


def test_what_is_round_already_is_not_shown_as_rounded():
    whole = figure(Nothing(), scored("one", 2, rounding=Rounding(F(1, 10))))
    assert [step.what for step in whole.steps] == ["base"]


@given(VALUES, STEPS)
def test_up_and_down_enclose_a_value_by_less_than_a_step(value, step):
    up, down = Rounding(step, Way.UP).of(value), Rounding(step, Way.DOWN).of(value)
    assert down <= value <= up
    assert up - down == (0 if (value / step).denominator == 1 else step)
    assert (up / step).denominator == (down / step).denominator == 1


@given(VALUES, STEPS)
def test_half_up_is_the_nearest_and_the_same_on_both_sides_of_zero(value, step):
    near = Rounding(step).of(value)
    assert abs(near - value) <= step / 2
    assert Rounding(step).of(-value) == -near
    assert abs(near - value) < step / 2 or abs(near) > abs(value)


@given(VALUES, STEPS, st.sampled_from(list(Way)))
def test_what_was_rounded_stays_as_it_is(value, step, way):
    rounding = Rounding(step, way)
    assert rounding.of(rounding.of(value)) == rounding.of(value)


@given(VALUES, VALUES, STEPS, st.sampled_from(list(Way)))
def test_rounding_never_turns_an_order_round(one, other, step, way):
    rounding = Rounding(step, way)
    low, high = sorted((one, other))
    assert rounding.of(low) <= rounding.of(high)
