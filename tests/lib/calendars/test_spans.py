from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.lib.calendars import Span, SpanError, Unit, YearNotAnnounced, shipped_calendar, span_end

from . import slow

CALENDAR = shipped_calendar()
DAYS = st.dates(date(2004, 6, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("30个工作日", 30, Unit.WORKING_DAY),
        ("30 个工作日", 30, Unit.WORKING_DAY),
        ("３０工作日", 30, Unit.WORKING_DAY),
        ("三十个工作日", 30, Unit.WORKING_DAY),
        ("一百二十天", 120, Unit.DAY),
        ("3天", 3, Unit.DAY),
        ("15日", 15, Unit.DAY),
        ("10个自然日", 10, Unit.DAY),
        ("两周", 2, Unit.WEEK),
        ("2个星期", 2, Unit.WEEK),
        ("3个月", 3, Unit.MONTH),
        ("三个月", 3, Unit.MONTH),
        ("半年", 1, Unit.HALF_YEAR),
        ("2个半年", 2, Unit.HALF_YEAR),
        ("1年", 1, Unit.YEAR),
        ("24小时", 24, Unit.HOUR),
        ("7 working days", 7, Unit.WORKING_DAY),
        ("1 Working Day", 1, Unit.WORKING_DAY),
        ("3 days", 3, Unit.DAY),
        ("3 months", 3, Unit.MONTH),
        ("half a year", 1, Unit.HALF_YEAR),
        ("2 years", 2, Unit.YEAR),
        ("48 hours", 48, Unit.HOUR),
    ],
)
def test_a_span_is_read_in_chinese_and_english(text, count, unit):
    assert Span.parse(text) == Span(count, unit)


@given(st.builds(Span, st.integers(1, 9999), st.sampled_from(Unit)))
def test_a_span_says_itself_so_that_it_is_read_back(span):
    assert Span.parse(span.chinese()) == span
    assert Span.parse(span.english()) == span


@pytest.mark.parametrize("text", ["30", " 30 ", "３０", "三十"])
def test_a_bare_number_is_refused_and_told_to_name_the_unit(text):
    with pytest.raises(SpanError, match="没有写单位：请写明是“30个工作日”、“30天”还是“30个月”"):
        Span.parse(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("3月", "请写“3个月”"),
        ("半个月", "15天"),
        ("一个半月", "45天"),
        ("1个半年", "18个月"),
        ("2个季度", "3个月"),
        ("1.5年", "可以写"),
        ("-3天", "可以写"),
        ("工作日", "可以写"),
        ("一百五天", "可以写"),
        ("尽快", "可以写"),
        ("", "可以写"),
        ("0天", "至少是1"),
        ("10000天", "至多是9999"),
    ],
)
def test_a_span_that_cannot_be_read_is_refused_with_how_to_write_it(text, hint):
    with pytest.raises(SpanError, match=hint):
        Span.parse(text)


@given(DAYS, st.integers(1, 90))
def test_spans_of_days_weeks_and_working_days_end_where_walking_ends(start, count):
    assert span_end(start, Span(count, Unit.WORKING_DAY), CALENDAR) == slow.add_working_days(start, count)
    assert span_end(start, Span(count, Unit.DAY), CALENDAR) == start + timedelta(days=count)
    assert span_end(start, Span(count, Unit.WEEK), CALENDAR) == start + timedelta(days=7 * count)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_spans_of_months_end_on_the_same_day_or_the_month_s_last(start, count):
    assert span_end(start, Span(count, Unit.MONTH), CALENDAR) == slow.month_end(start, count)
    assert span_end(start, Span(count, Unit.HALF_YEAR), CALENDAR) == slow.month_end(start, 6 * count)
    assert span_end(start, Span(count, Unit.YEAR), CALENDAR) == slow.month_end(start, 12 * count)


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        (date(2026, 1, 31), "1个月", date(2026, 2, 28)),
        (date(2024, 1, 31), "1个月", date(2024, 2, 29)),
        (date(2024, 2, 29), "1年", date(2025, 2, 28)),
        (date(2024, 2, 29), "1个月", date(2024, 3, 29)),  # the same day, not the month's last
        (date(2026, 8, 31), "半年", date(2027, 2, 28)),
        (date(2026, 11, 5), "3天", date(2026, 11, 8)),  # the day it starts on is not counted
        (date(2026, 9, 30), "1个工作日", date(2026, 10, 8)),
        (date(2026, 10, 3), "1个工作日", date(2026, 10, 8)),  # starting on a day off
    ],
)
def test_named_spans_end_where_the_civil_code_says(start, span, end):
    assert span_end(start, Span.parse(span), CALENDAR) == end


@given(DAYS, st.integers(1, 60))
def test_a_last_day_off_gives_way_to_the_next_working_day_where_asked(start, count):
    last = start + timedelta(days=count)
    expected = last if slow.is_worked(last) else slow.add_working_days(last, 1)
    assert span_end(start, Span(count, Unit.DAY), CALENDAR, ends_on_working_day=True) == expected


def test_the_national_holiday_puts_a_last_day_off_to_its_end():
    span = Span.parse("1个月")
    assert span_end(date(2026, 9, 2), span, CALENDAR) == date(2026, 10, 2)
    assert span_end(date(2026, 9, 2), span, CALENDAR, ends_on_working_day=True) == date(2026, 10, 8)


def test_days_and_months_need_no_year_s_file_and_working_days_do():
    start = date(2031, 5, 5)
    assert span_end(start, Span.parse("3个月"), CALENDAR) == date(2031, 8, 5)
    for span, on_working_day in (("3个工作日", False), ("3天", True)):
        with pytest.raises(YearNotAnnounced, match="2031"):
            span_end(start, Span.parse(span), CALENDAR, ends_on_working_day=on_working_day)


def test_hours_have_no_last_day_and_a_moment_is_no_day():
    with pytest.raises(SpanError, match="24小时"):
        span_end(date(2026, 11, 5), Span.parse("24小时"), CALENDAR)
    with pytest.raises(TypeError, match="local_day"):
        span_end(datetime(2026, 11, 5, tzinfo=UTC), Span.parse("3天"), CALENDAR)
