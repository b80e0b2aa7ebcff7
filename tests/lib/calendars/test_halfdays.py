from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.lib.calendars import (
    CHINA_TIME,
    Half,
    HalfDay,
    count_half_days,
    count_working_half_days,
    half_days,
    half_days_as_days,
    shipped_calendar,
)

from . import slow

DAYS = st.dates(date(2004, 1, 1), date(2026, 11, 1))
HALF_DAYS = st.builds(HalfDay, DAYS, st.sampled_from(Half))


def morning(month: int, day: int) -> HalfDay:
    return HalfDay(date(2026, month, day), Half.MORNING)


def afternoon(month: int, day: int) -> HalfDay:
    return HalfDay(date(2026, month, day), Half.AFTERNOON)


def test_from_an_afternoon_to_a_morning_two_days_later_there_are_four():
    assert count_half_days(afternoon(11, 3), morning(11, 5)) == 4
    walked = list(half_days(afternoon(11, 3), morning(11, 5)))
    assert walked == [afternoon(11, 3), morning(11, 4), afternoon(11, 4), morning(11, 5)]


def test_one_half_day_counts_one_and_backwards_counts_none():
    assert count_half_days(morning(11, 3), morning(11, 3)) == 1
    assert count_half_days(afternoon(11, 3), morning(11, 3)) == 0
    assert list(half_days(afternoon(11, 3), morning(11, 3))) == []


def test_only_half_days_of_working_days_count_as_working():
    # Friday afternoon to Monday morning, and into National Day
    assert count_working_half_days(afternoon(11, 6), morning(11, 9), shipped_calendar()) == 2
    assert count_working_half_days(afternoon(9, 30), morning(10, 8), shipped_calendar()) == 2


@given(HALF_DAYS, HALF_DAYS)
def test_half_days_are_ordered_by_day_then_half(one, other):
    by_hand = (one.day, one.half is Half.AFTERNOON) < (other.day, other.half is Half.AFTERNOON)
    assert (one < other) == by_hand
    assert (one >= other) == (not by_hand)


@given(HALF_DAYS, st.integers(-50, 50))
def test_going_on_and_coming_back_ends_where_it_began(half_day, count):
    there = half_day.later(count)
    assert there.later(-count) == half_day
    assert there.position - half_day.position == count


@given(HALF_DAYS, st.integers(0, 30))
def test_the_count_is_the_length_of_the_walk(first, length):
    last = first.later(length)
    walked = list(half_days(first, last))
    assert len(walked) == count_half_days(first, last) == length + 1
    working = sum(slow.is_worked(half_day.day) for half_day in walked)
    assert count_working_half_days(first, last, shipped_calendar()) == working


@pytest.mark.parametrize(
    ("hour", "minute", "half"),
    [(0, 0, Half.MORNING), (11, 59, Half.MORNING), (12, 0, Half.AFTERNOON), (23, 59, Half.AFTERNOON)],
)
def test_noon_divides_the_local_day(hour, minute, half):
    local = datetime(2026, 11, 5, hour, minute, tzinfo=CHINA_TIME)
    assert HalfDay.of(local.astimezone(UTC)) == HalfDay(date(2026, 11, 5), half)


def test_a_moment_without_a_time_zone_has_no_half_day():
    with pytest.raises(ValueError, match="no time zone"):
        HalfDay.of(datetime(2026, 11, 5, 8))


def test_half_days_are_said_in_words_and_written_in_days():
    assert morning(11, 5).chinese() == "2026年11月5日上午"
    assert afternoon(11, 5).english() == "the afternoon of 5 November 2026"
    assert [half_days_as_days(count) for count in (0, 1, 2, 3, -3)] == ["0", "0.5", "1", "1.5", "-1.5"]
