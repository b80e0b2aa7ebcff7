"""The values that sections are built of."""

from datetime import date, time
from fractions import Fraction

import pytest
from django.utils import translation
from pydantic import TypeAdapter, ValidationError

from lianxin.ground.rulebook.articles import Article
from lianxin.ground.rulebook.blocks import (
    TO_BE_FILLED,
    Count,
    Day,
    EventKindCode,
    Fillable,
    Hours,
    OpenHours,
    PartOf,
    RecurringDays,
    Share,
    Span,
    in_words,
)
from lianxin.lib.calendars.patterns import DaysOfMonth
from lianxin.lib.calendars.recurrence import Move
from lianxin.lib.calendars.spans import Span as Span_
from lianxin.lib.calendars.spans import Unit


def read(kind, value):
    return TypeAdapter(kind).validate_python(value)


def refusal(kind, value):
    with pytest.raises(ValidationError) as refused:
        read(kind, value)
    return refused.value.errors()[0]["ctx"]


def test_a_span_keeps_its_unit():
    assert read(Span, "3个工作日") == Span_(3, Unit.WORKING_DAY)
    assert read(Span, "3天") == read(Span, "3 days") == Span_(3, Unit.DAY)
    assert read(Span, read(Span, "半年")) == Span_(1, Unit.HALF_YEAR)


@pytest.mark.parametrize("number", [3, "3", " 3 "])
def test_a_bare_number_is_no_span(number):
    assert "3个工作日" in refusal(Span, number)["expected"]


@pytest.mark.parametrize(
    ("text", "near"),
    [("3 dyas", "3 days"), ("2 moths", "2 months"), ("5工作天", "5个工作日"), ("3月", "3个月"), ("很久", "")],
)
def test_an_unknown_unit_is_told_the_nearest(text, near):
    assert refusal(Span, text)["nearest"] == near


def test_nothing_and_a_list_are_no_spans():
    assert refusal(Span, None)["expected"] == refusal(Span, ("3天",))["expected"]
    assert refusal(Span, True)["nearest"] == ""


def test_recurring_days_are_read_in_the_words_of_the_calendars():
    days = read(RecurringDays, "每月5日，遇节假日顺延")
    assert (days.pattern, days.move) == (DaysOfMonth(frozenset({5})), Move.NEXT_WORKING_DAY)
    assert in_words(days) == "每月5日，遇节假日顺延"
    with translation.override("en"):
        assert in_words(days) == "the 5th of every month; if that is a day off, on the next working day"
        assert in_words(read(Span, "3个工作日")) == "3 working days"


def test_a_day_is_written_in_full():
    assert read(Day, "2026-03-01") == date(2026, 3, 1)
    for wrong in ("2026-3-1", "20260301", 20260301, "2026-03-01T00:00", None):
        assert refusal(Day, wrong)["expected"] == "日期，如 2026-03-01"
    assert refusal(Day, "2026-13-01")["expected"] == "日历上有的日子"


def test_hours_run_from_one_time_to_a_later_one():
    assert read(OpenHours, "9:00-11:30") == read(OpenHours, "9:00 至 11:30") == Hours(time(9), time(11, 30))
    assert str(read(OpenHours, "9:00-11:30")) == "9:00–11:30"
    assert refusal(OpenHours, "9:00-25:00")["expected"] == "一天里有的时间，如 9:00-11:00"
    assert refusal(OpenHours, "上午")["expected"] == "时段，如 9:00-11:00"


@pytest.mark.parametrize(
    ("text", "part", "is_exceeded"),
    [
        ("过半数", "1/2", True),
        ("超过1/2", "1/2", True),
        ("more than 1/2", "1/2", True),
        ("2/3以上", "2/3", False),
        ("三分之二以上", "2/3", False),
        ("十分之一以上", "1/10", False),
        ("at least 2/3", "2/3", False),
    ],
)
def test_a_share_says_whether_it_is_enough_itself(text, part, is_exceeded):
    assert read(PartOf, text) == Share(Fraction(part), is_exceeded)


@pytest.mark.parametrize("text", ["2/3", "三分之二", "超过1/2以上", "3/2以上", "0/3以上", "1/0以上", "一半", 1, None])
def test_a_share_that_says_it_not_or_is_none_is_refused(text):
    assert refusal(PartOf, text)["expected"] == "比例，如 2/3以上、过半数、超过3/4"


def test_a_share_is_met_exactly():
    assert Share.parse("2/3以上").is_met(24, 36)
    assert not Share.parse("2/3以上").is_met(23, 35)
    assert not Share.parse("过半数").is_met(18, 36)
    assert Share.parse("过半数").is_met(19, 36)
    assert not Share.parse("过半数").is_met(0, 0)


def test_more_than_half_is_more_than_at_least_half():
    assert Share.parse("1/2以上") < Share.parse("过半数") < Share.parse("2/3以上")


def test_a_share_is_told_in_both_languages():
    assert str(Share.parse("三分之二以上")) == "2/3以上"
    assert str(Share.parse("过半数")) == "超过1/2"


def test_what_the_office_fills_in_later_is_legal_and_visible():
    for placeholder in ("由办公室填写", "to be filled in by the office"):
        assert read(Fillable[Count], placeholder) is TO_BE_FILLED
        assert read(Fillable[tuple[Span, ...]], placeholder) is TO_BE_FILLED
    assert str(TO_BE_FILLED) == "由办公室填写"
    assert read(Fillable[Count], 3) == 3


def test_a_fillable_value_is_still_held_to_its_type():
    assert refusal(Fillable[Span], "以后填写")["expected"] == "期间，如 3天、30个工作日、3个月"


def test_what_may_not_be_left_open_refuses_the_placeholder():
    assert refusal(Span, "由办公室填写")["expected"] == "期间，如 3天、30个工作日、3个月"


def test_a_kind_of_event_is_one_that_an_app_declares():
    assert read(EventKindCode, "people.mandate_began") == "people.mandate_began"
    assert refusal(EventKindCode, "people.mandate_begam")["nearest"] == "people.mandate_began"
    assert refusal(EventKindCode, 3)["nearest"] == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("代表法第五十一条", "第51条"),
        ("《代表法》第51条", "第51条"),
        ("代表法 第二条第三款", "第2条第3款"),
        ("代表法第一百零二条第1款第（三）项", None),
        ("代表法第六十二条第一款第三项", "第62条第1款第3项"),
    ],
)
def test_an_article_is_read_from_its_short_form(text, number):
    if number is None:
        with pytest.raises(ValidationError):
            Article.model_validate(text)
    else:
        article = Article.model_validate(text)
        assert (article.paper, article.number) == ("代表法", number)


def test_an_article_may_bring_its_text():
    article = Article.model_validate({"paper": "代表法", "number": "第五十一条", "text": "自交办之日起三个月内答复。"})
    assert (str(article), article.text) == ("《代表法》第51条", "自交办之日起三个月内答复。")


def test_an_article_whose_number_is_not_known_says_so():
    article = Article.model_validate("接待办法 由办公室填写")
    assert article.number is TO_BE_FILLED
    assert str(article) == "《接待办法》由办公室填写"


@pytest.mark.parametrize("number", ["51", 51, "第51", "五十一条", "第百条五", "第零条"])
def test_a_number_of_an_article_names_its_unit(number):
    with pytest.raises(ValidationError) as refused:
        Article.model_validate({"paper": "代表法", "number": number})
    assert refused.value.errors()[0]["ctx"]["expected"] == "条号，如 第51条、第五十一条第二款"


def test_nothing_of_an_article_changes():
    with pytest.raises(ValidationError, match="frozen"):
        Article.model_validate("代表法第2条").paper = "别的"
