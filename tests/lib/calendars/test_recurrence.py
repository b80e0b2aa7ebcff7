from datetime import date, datetime, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from lianxin.lib.calendars import (
    EVEN_MONTHS,
    EVERY_MONTH,
    ODD_MONTHS,
    Avoid,
    DaysOfMonth,
    MarketDays,
    Move,
    NthWeekday,
    Reckoning,
    Recurrence,
    Weekdays,
    Why,
    YearNotAnnounced,
    between,
    days_of,
    lunar_date,
    next_after,
    parse_rule,
    shipped_calendar,
)

from . import slow

CALENDAR = shipped_calendar()
STARTS = st.dates(date(2005, 1, 1), date(2026, 6, 1))
MONTHS = st.sampled_from([EVERY_MONTH, ODD_MONTHS, EVEN_MONTHS, frozenset({3, 9})])
PATTERNS = st.one_of(
    st.builds(DaysOfMonth, st.frozensets(st.integers(1, 31), min_size=1, max_size=3), MONTHS),
    st.builds(Weekdays, st.frozensets(st.integers(1, 7), min_size=1, max_size=3)),
    st.builds(NthWeekday, st.sampled_from([1, 2, 3, 4, -1]), st.integers(1, 7), MONTHS),
    st.builds(MarketDays, st.frozensets(st.integers(0, 9), min_size=1, max_size=3), st.sampled_from(Reckoning)),
)
MOVING = st.builds(Recurrence, PATTERNS, st.sampled_from(Move))


def held(text: str, start: date, end: date) -> list[date | None]:
    return [occurrence.held_on for occurrence in between(parse_rule(text), start, end, CALENDAR)]


def rrule_days(start: date, end: date, **rule: object) -> list[date]:
    first = datetime(start.year, start.month, start.day)
    last = datetime(end.year, end.month, end.day)
    return [moment.date() for moment in rrule.rrule(dtstart=first, until=last, **rule)]


@given(STARTS, st.integers(1, 28), MONTHS)
def test_a_day_of_the_month_falls_where_dateutil_says(start, day, months):
    end = start + timedelta(days=800)
    expected = rrule_days(start, end, freq=rrule.MONTHLY, bymonthday=day, bymonth=sorted(months))
    assert list(days_of(DaysOfMonth(frozenset({day}), months), start, end)) == expected


@given(STARTS, st.sampled_from([1, 2, 3, 4, -1]), st.integers(1, 7), MONTHS)
def test_the_nth_weekday_falls_where_dateutil_says(start, nth, weekday, months):
    end = start + timedelta(days=800)
    byweekday = rrule.weekday(weekday - 1, nth)
    expected = rrule_days(start, end, freq=rrule.MONTHLY, byweekday=byweekday, bymonth=sorted(months))
    assert list(days_of(NthWeekday(nth, weekday, months), start, end)) == expected


@given(STARTS, st.frozensets(st.integers(1, 7), min_size=1))
def test_weekdays_fall_where_dateutil_says(start, weekdays):
    end = start + timedelta(days=100)
    expected = rrule_days(start, end, freq=rrule.DAILY, byweekday=[weekday - 1 for weekday in weekdays])
    assert list(days_of(Weekdays(weekdays), start, end)) == expected


@given(STARTS, st.frozensets(st.integers(0, 9), min_size=1, max_size=4))
def test_lunar_market_days_are_those_whose_names_end_so(start, digits):
    end = start + timedelta(days=90)
    endings = {"十一二三四五六七八九"[digit] for digit in digits}
    expected = [day for day in slow.days(start, end) if lunar_date(day).chinese()[-1] in endings]
    assert list(days_of(MarketDays(digits), start, end)) == expected


@given(MOVING, STARTS, st.integers(0, 60))
def test_occurrences_are_the_nominal_days_moved_one_by_one(rule, start, length):
    end = start + timedelta(days=length)
    month = timedelta(days=31)
    moved = [
        (slow.moved(day, rule.move), day) for day in slow.days(start - month, end + month) if rule.pattern.includes(day)
    ]
    expected = [(to, day) for to, day in moved if to is not None and start <= to <= end]
    found = list(between(rule, start, end, CALENDAR))
    assert [(occurrence.held_on, occurrence.nominal_on) for occurrence in found] == expected
    assert all(
        (occurrence.why is Why.AS_PLANNED) == (rule.move is Move.NONE or not occurrence.is_moved)
        for occurrence in found
    )


@given(MOVING, STARTS)
def test_the_next_occurrence_is_the_first_of_those_to_come(rule, day):
    found = next_after(rule, day, CALENDAR)
    to_come = between(rule, day + slow.ONE, day + timedelta(days=700), CALENDAR)
    assert found == next(to_come, None)


@given(MOVING, STARTS)
def test_no_occurrence_is_lost_between_two_questions(rule, start):
    cut, end = start + timedelta(days=17), start + timedelta(days=50)
    whole = list(between(rule, start, end, CALENDAR))
    parts = [*between(rule, start, cut, CALENDAR), *between(rule, cut + slow.ONE, end, CALENDAR)]
    assert parts == whole


@pytest.mark.parametrize(
    ("rule", "held_on"),
    [
        ("每月3日", date(2026, 10, 3)),
        ("每月3日，遇节假日顺延", date(2026, 10, 8)),
        ("每月3日，遇节假日提前", date(2026, 9, 30)),
        ("每月3日，遇节假日就近", date(2026, 9, 30)),
        ("每月5日，遇节假日就近", date(2026, 10, 8)),
        ("每月4日，遇节假日就近", date(2026, 10, 8)),  # four days either way: later
        ("每月3日，遇节假日取消", date(2026, 11, 3)),
        ("每月3日，遇法定节假日顺延", date(2026, 10, 8)),
    ],
)
def test_a_day_in_national_day_week_moves_as_the_rule_says(rule, held_on):
    found = next_after(parse_rule(rule), date(2026, 9, 29), CALENDAR)
    assert found is not None
    assert found.held_on == held_on


def test_a_market_on_a_sunday_is_held_unless_the_holiday_notice_names_it():
    rule = Recurrence(Weekdays(frozenset({7})), Move.SKIP, Avoid.HOLIDAYS)
    found = [occurrence.held_on for occurrence in between(rule, date(2026, 9, 14), date(2026, 10, 18), CALENDAR)]
    assert found == [
        date(2026, 9, 20),
        date(2026, 10, 11),
        date(2026, 10, 18),
    ]  # 27 September and 4 October are given off


def test_a_make_up_saturday_is_a_working_day_to_move_to():
    assert held("每月8日，遇节假日顺延", date(2025, 2, 1), date(2025, 2, 28)) == [date(2025, 2, 8)]
    assert held("每月7日，遇节假日顺延", date(2023, 10, 1), date(2023, 10, 31)) == [date(2023, 10, 7)]
    assert held("每月5日，遇节假日顺延", date(2023, 10, 1), date(2023, 10, 31)) == [date(2023, 10, 7)]


def test_a_month_without_the_day_has_its_last_day():
    expected = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    assert held("每月31日", date(2026, 1, 1), date(2026, 4, 30)) == expected
    assert held("每月29日", date(2024, 2, 1), date(2024, 2, 29)) == [date(2024, 2, 29)]
    assert held("每月30日、31日", date(2026, 2, 1), date(2026, 2, 28)) == [date(2026, 2, 28)]


def test_a_leap_lunar_month_has_its_markets_twice():
    # 闰六月 of 2025: the sixth month runs from 25 June, the leap one from 25 July to 22 August.
    found = held("农历逢一、六", date(2025, 7, 20), date(2025, 8, 23))
    assert found == [date(2025, 7, day) for day in (20, 25, 30)] + [date(2025, 8, day) for day in (4, 9, 14, 19, 23)]


def test_two_nominal_days_may_be_held_on_one_day():
    found = list(between(parse_rule("公历逢一、六，遇节假日顺延"), date(2026, 10, 1), date(2026, 10, 10), CALENDAR))
    assert [(each.nominal_on.day, each.held_on) for each in found] == [(1, date(2026, 10, 8)), (6, date(2026, 10, 8))]


def test_a_skipped_day_is_told_of_only_when_asked_for():
    rule = parse_rule("每月5日，遇节假日取消")
    assert list(between(rule, date(2026, 10, 1), date(2026, 10, 31), CALENDAR)) == []
    (skipped,) = between(rule, date(2026, 10, 1), date(2026, 10, 31), CALENDAR, with_skipped=True)
    assert (skipped.held_on, skipped.is_moved) == (None, False)
    assert skipped.chinese() == "2026年10月5日（星期一）逢国庆节放假，本次取消。"
    assert skipped.english() == "Not held on Monday 5 October 2026, a day off for National Day."


def test_an_occurrence_says_where_it_moved_and_why():
    moved = next_after(parse_rule("每月5日，遇节假日顺延"), date(2026, 9, 30), CALENDAR)
    assert moved is not None
    assert (moved.nominal_on, moved.why, moved.holiday, moved.is_certain) == (
        date(2026, 10, 5),
        Why.HOLIDAY,
        "国庆节",
        True,
    )
    assert moved.chinese() == "原定2026年10月5日（星期一），逢国庆节放假，改到2026年10月8日（星期四）。"
    assert (
        moved.english() == "Moved from Monday 5 October 2026, a day off for National Day, to Thursday 8 October 2026."
    )
    weekend = next_after(parse_rule("每月5日，遇节假日顺延"), date(2026, 11, 30), CALENDAR)
    assert weekend is not None
    assert weekend.chinese() == "原定2026年12月5日（星期六），逢周末，改到2026年12月7日（星期一）。"


def test_january_of_a_year_not_announced_is_answered_as_provisional():
    found = next_after(parse_rule("每月5日，遇节假日顺延"), date(2026, 12, 10), CALENDAR)
    assert found is not None
    assert (found.held_on, found.is_certain) == (date(2027, 1, 5), False)
    assert "暂定" in found.chinese()
    assert "provisional" in found.english()


def test_plain_weekends_of_a_year_not_announced_move_a_day_provisionally():
    found = next_after(parse_rule("每月5日，遇节假日顺延"), date(2027, 5, 20), CALENDAR)
    assert found is not None
    assert (found.nominal_on, found.held_on, found.is_certain) == (date(2027, 6, 5), date(2027, 6, 7), False)


def test_a_rule_that_never_moves_is_certain_in_any_year():
    found = next_after(parse_rule("农历逢一、六"), date(2026, 12, 31), CALENDAR)
    assert found is not None
    assert found.is_certain
    assert next_after(parse_rule("每月5日"), date(1999, 12, 31), CALENDAR).held_on == date(2000, 1, 5)


def test_a_day_moved_over_the_last_day_announced_is_not_certain():
    # Nobody knows yet whether 2 January 2027, a Saturday, is worked.
    friday = next_after(parse_rule("每年12月的31日，遇节假日顺延"), date(2026, 12, 1), CALENDAR)
    assert friday is not None
    assert friday.is_certain
    saturday_rule = Recurrence(Weekdays(frozenset({6})), Move.NEAREST)
    (last,) = between(saturday_rule, date(2026, 12, 30), date(2027, 1, 2), CALENDAR)
    assert (last.held_on, last.is_certain) == (date(2027, 1, 1), False)


def test_a_rule_always_skipped_has_no_next_day():
    rule = parse_rule("每周日，遇节假日取消")
    assert next_after(rule, date(2026, 11, 1), CALENDAR) is None


def test_years_before_the_first_file_are_refused():
    with pytest.raises(YearNotAnnounced):
        next_after(parse_rule("每月5日，遇节假日顺延"), date(2001, 1, 1), CALENDAR)


@pytest.mark.parametrize(
    "build",
    [
        lambda: DaysOfMonth(frozenset({0})),
        lambda: DaysOfMonth(frozenset({32})),
        lambda: DaysOfMonth(frozenset()),
        lambda: DaysOfMonth(frozenset({5}), frozenset({13})),
        lambda: Weekdays(frozenset({0})),
        lambda: NthWeekday(5, 1),
        lambda: NthWeekday(1, 8),
        lambda: MarketDays(frozenset({10})),
        lambda: MarketDays(frozenset()),
    ],
)
def test_a_pattern_of_days_that_do_not_exist_is_refused(build):
    with pytest.raises(ValueError, match="expected"):
        build()
