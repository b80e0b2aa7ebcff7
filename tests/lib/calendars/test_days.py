from datetime import UTC, date, datetime, timedelta
from timeit import timeit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.lib.calendars import Calendar, DayKind, YearNotAnnounced, local_day, shipped_calendar

from . import slow

CALENDAR = shipped_calendar()
DAYS = st.dates(date(2004, 6, 1), date(2025, 12, 31))


@given(DAYS, st.integers(-100, 100))
def test_adding_working_days_agrees_with_walking_day_by_day(day, count):
    assert CALENDAR.add_working_days(day, count) == slow.add_working_days(day, count)


@given(st.dates(date(2026, 11, 1), date(2028, 12, 31)), st.integers(-40, 60))
def test_the_outlook_counts_plain_weeks_after_the_last_file(day, count):
    assert CALENDAR.outlook.add_working_days(day, count) == slow.add_working_days(day, count)


@given(DAYS, st.integers(-200, 200))
def test_working_days_between_agrees_with_walking_and_turns_its_sign(start, length):
    end = start + timedelta(days=length)
    walked = sum(map(slow.is_worked, slow.days(start + slow.ONE, end)))
    back = sum(map(slow.is_worked, slow.days(end + slow.ONE, start)))
    assert CALENDAR.working_days_between(start, end) == walked - back


@given(DAYS, st.integers(1, 200))
def test_counting_undoes_adding(day, count):
    assert CALENDAR.working_days_between(day, CALENDAR.add_working_days(day, count)) == count


@given(DAYS)
def test_next_previous_and_from_agree_with_walking(day):
    assert CALENDAR.next_working_day(day) == slow.add_working_days(day, 1)
    assert CALENDAR.previous_working_day(day) == slow.add_working_days(day, -1)
    assert CALENDAR.working_day_from(day) == (day if slow.is_worked(day) else slow.add_working_days(day, 1))


@given(DAYS, st.integers(0, 60))
def test_working_days_lists_the_days_worked(start, length):
    end = start + timedelta(days=length)
    assert list(CALENDAR.working_days(start, end)) == [day for day in slow.days(start, end) if slow.is_worked(day)]


@pytest.mark.parametrize(
    ("day", "kind", "holiday"),
    [
        (date(2026, 2, 14), DayKind.MAKE_UP, "春节"),  # the Saturday before Spring Festival
        (date(2026, 2, 17), DayKind.HOLIDAY, "春节"),
        (date(2026, 2, 21), DayKind.HOLIDAY, "春节"),  # a Saturday inside the holiday
        (date(2026, 3, 7), DayKind.WEEKEND, ""),
        (date(2026, 3, 9), DayKind.WORKING, ""),
        (date(2018, 12, 31), DayKind.HOLIDAY, "2019年元旦"),
        (date(2020, 2, 1), DayKind.HOLIDAY, "春节"),  # the extended Spring Festival took its make-up day back
    ],
)
def test_a_day_says_why_it_is_worked_or_not(day, kind, holiday):
    assert (CALENDAR.kind(day), CALENDAR.holiday(day)) == (kind, holiday)


def test_working_days_count_the_make_up_saturdays_of_spring_festival():
    # 13 February 2026 is a Friday; the Saturday after it is worked, then nine days are off.
    assert CALENDAR.add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert CALENDAR.add_working_days(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert CALENDAR.add_working_days(date(2026, 2, 24), 4) == date(2026, 2, 28)


def test_no_working_days_later_is_the_day_itself_worked_or_not():
    assert CALENDAR.add_working_days(date(2026, 10, 1), 0) == date(2026, 10, 1)


@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar: calendar.next_working_day(date(2026, 12, 31)),
        lambda calendar: calendar.add_working_days(date(2026, 12, 20), 30),
        lambda calendar: calendar.working_days_between(date(2026, 12, 1), date(2027, 1, 10)),
        lambda calendar: calendar.kind(date(2027, 1, 1)),
        lambda calendar: list(calendar.working_days(date(2026, 12, 30), date(2027, 1, 2))),
        lambda calendar: calendar.add_working_days(date(2004, 1, 5), -5),
        lambda calendar: calendar.working_days_between(date(2003, 12, 1), date(2004, 1, 10)),
    ],
)
def test_whatever_reaches_into_a_year_without_a_file_is_refused(ask):
    with pytest.raises(YearNotAnnounced):
        ask(CALENDAR)


def test_before_the_first_working_day_the_year_before_is_what_is_missing():
    with pytest.raises(YearNotAnnounced) as refusal:
        CALENDAR.previous_working_day(date(2004, 1, 2))  # the first worked: New Year's Day is off
    assert refusal.value.year == 2003


def test_counting_up_to_the_last_day_announced_is_answered():
    assert CALENDAR.working_days_between(date(2026, 12, 30), date(2026, 12, 31)) == 1
    assert CALENDAR.working_days_between(date(2003, 12, 31), date(2004, 1, 2)) == 1


def test_a_moment_is_not_taken_for_a_day():
    with pytest.raises(TypeError):
        CALENDAR.is_working_day(datetime(2026, 10, 9, 8, tzinfo=UTC))


def test_the_local_day_is_the_one_on_the_wall():
    late_evening_utc = datetime(2026, 11, 5, 16, 30, tzinfo=UTC)
    assert local_day(late_evening_utc) == date(2026, 11, 6)
    assert local_day(late_evening_utc, ZoneInfo("Asia/Urumqi")) == date(2026, 11, 5)
    with pytest.raises(ValueError, match="no time zone"):
        local_day(datetime(2026, 11, 5, 8))


def test_a_calendar_needs_at_least_one_year():
    with pytest.raises(ValueError, match="没有一个年份文件"):
        Calendar([])


def test_asking_for_a_day_costs_about_a_microsecond():
    worked, free = date(2026, 10, 9), date(2026, 10, 5)
    seconds = min(
        timeit(lambda: (CALENDAR.is_working_day(worked), CALENDAR.is_working_day(free)), number=20_000)
        for _ in range(5)
    )
    assert seconds / 40_000 < 5e-6  # generous: shared machines; alone it is 0.3 µs
