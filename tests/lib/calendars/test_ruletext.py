import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.lib.calendars import (
    ODD_MONTHS,
    QUARTER_STARTS,
    Avoid,
    DaysOfMonth,
    MarketDays,
    Move,
    NthWeekday,
    Reckoning,
    Recurrence,
    RuleTextError,
    Weekdays,
    parse_rule,
)

from .test_recurrence import PATTERNS

FIFTH = DaysOfMonth(frozenset({5}))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("每月5日", Recurrence(FIFTH)),
        ("每月５日", Recurrence(FIFTH)),
        ("每月五号", Recurrence(FIFTH)),
        ("每月5日、20日", Recurrence(DaysOfMonth(frozenset({5, 20})))),
        ("单月15日，遇节假日顺延", Recurrence(DaysOfMonth(frozenset({15}), ODD_MONTHS), Move.NEXT_WORKING_DAY)),
        ("每季度首月8日", Recurrence(DaysOfMonth(frozenset({8}), QUARTER_STARTS))),
        ("每年3月、9月的1日", Recurrence(DaysOfMonth(frozenset({1}), frozenset({3, 9})))),
        ("每周二", Recurrence(Weekdays(frozenset({2})))),
        ("每星期一、三、天", Recurrence(Weekdays(frozenset({1, 3, 7})))),
        ("每月第2个周四", Recurrence(NthWeekday(2, 4))),
        ("每月最后一个星期五", Recurrence(NthWeekday(-1, 5))),
        ("农历逢一、六", Recurrence(MarketDays(frozenset({1, 6})))),
        ("逢三、六、九", Recurrence(MarketDays(frozenset({3, 6, 9})))),
        ("公历逢五、十", Recurrence(MarketDays(frozenset({5, 0}), Reckoning.GREGORIAN))),
        ("每月5日 遇法定节假日提前", Recurrence(FIFTH, Move.PREVIOUS_WORKING_DAY, Avoid.HOLIDAYS)),
        ("每月5日,遇节假日就近", Recurrence(FIFTH, Move.NEAREST)),
        ("每月5日；遇节假日取消", Recurrence(FIFTH, Move.SKIP)),
        ("每月5日 moved next_working_day", Recurrence(FIFTH, Move.NEXT_WORKING_DAY)),
    ],
)
def test_a_rule_is_read_as_regulations_write_it(text, rule):
    assert parse_rule(text) == rule


@given(PATTERNS, st.sampled_from(Move), st.sampled_from(Avoid))
def test_a_rule_says_itself_so_that_it_is_read_back(pattern, move, avoids):
    rule = Recurrence(pattern, move, avoids if move is not Move.NONE else Avoid.REST_DAYS)
    assert parse_rule(rule.chinese()) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "五号",
        "每月",
        "每月32日",
        "每月0日",
        "每年13月的1日",
        "每月第5个周五",
        "逢十一",
        "每周八",
        "每月5日20日",
        "见5",
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_with_how_to_write_it(text):
    with pytest.raises(RuleTextError, match="可以写：每月5日"):
        parse_rule(text)


def test_an_unknown_way_out_of_a_holiday_is_refused_with_those_there_are():
    with pytest.raises(RuleTextError, match="“推迟”不知道是怎么办：可以写顺延、提前、就近、取消"):
        parse_rule("每月5日，遇节假日推迟")


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("每月5日", "the 5th of every month"),
        (
            "单月1日、22日，遇节假日顺延",
            "the 1st and 22nd of every odd month; if that is a day off, on the next working day",
        ),
        ("每年3月、9月的3日", "the 3rd of every March and September"),
        ("每周一、三、五", "every Monday, Wednesday and Friday"),
        ("每月最后一个周五，遇法定节假日取消", "the last Friday of every month; if that is a public holiday, not held"),
        ("每月第2个周四", "the 2nd Thursday of every month"),
        ("农历逢一、六", "lunar days of the month ending in 1 and 6"),
    ],
)
def test_a_rule_says_itself_in_english(text, english):
    assert parse_rule(text).english() == english
