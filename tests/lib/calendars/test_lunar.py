from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import Lunar

from lianxin.lib.calendars import LunarDate, day_of, lunar_date, lunar_day_name, lunar_month_length

DAYS = st.dates(date(1900, 2, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 16), "腊月廿九"),  # no 30th: 除夕 is the 29th
        (date(2026, 2, 17), "正月初一"),
        (date(2025, 6, 25), "六月初一"),
        (date(2025, 7, 25), "闰六月初一"),
        (date(2025, 8, 22), "闰六月廿九"),
        (date(2025, 8, 23), "七月初一"),
        (date(2023, 3, 22), "闰二月初一"),
        (date(2033, 12, 22), "闰冬月初一"),  # the leap month that many calendars got wrong
        (date(2026, 9, 25), "八月十五"),
        (date(2024, 2, 9), "腊月三十"),
    ],
)
def test_a_day_has_its_lunar_name(day, words):
    assert lunar_date(day).chinese() == words


def test_the_lunar_year_begins_at_spring_festival():
    assert lunar_date(date(2026, 2, 16)).chinese_year() == "乙巳年"
    assert lunar_date(date(2026, 2, 17)).chinese_year() == "丙午年"
    assert lunar_date(date(2026, 2, 16)).year == 2025


@given(DAYS)
def test_the_table_agrees_with_the_library_s_own_conversion(day):
    lunar = Lunar.fromDate(datetime(day.year, day.month, day.day))
    expected = (lunar.getYear(), abs(lunar.getMonth()), lunar.getDay(), lunar.getMonth() < 0)
    found = lunar_date(day)
    assert (found.year, found.month, found.day, found.is_leap_month) == expected
    assert found.chinese() == f"{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"


@given(DAYS)
def test_the_day_of_a_lunar_date_is_the_day(day):
    assert day_of(lunar_date(day)) == day
    assert lunar_date(day).day <= lunar_month_length(day) in (29, 30)


@pytest.mark.parametrize(
    "wrong", [LunarDate(2026, 6, 1, True), LunarDate(2025, 12, 30), LunarDate(2026, 13, 1), LunarDate(2026, 1, 0)]
)
def test_a_lunar_date_that_does_not_exist_has_no_day(wrong):
    with pytest.raises(ValueError, match="does not exist"):
        day_of(wrong)


def test_lunar_days_have_thirty_names():
    assert [lunar_day_name(day) for day in (1, 10, 11, 19, 20, 21, 29, 30)] == [
        "初一",
        "初十",
        "十一",
        "十九",
        "二十",
        "廿一",
        "廿九",
        "三十",
    ]
    assert len({lunar_day_name(day) for day in range(1, 31)}) == 30
    with pytest.raises(ValueError, match="no day 31"):
        lunar_day_name(31)
