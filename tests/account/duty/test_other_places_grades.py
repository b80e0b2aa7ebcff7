"""Regulations of other places with stars, places and what follows, written without a line of code and worked out by hand."""

from datetime import date
from fractions import Fraction

import pytest

from lianxin.account.duty.plain.registers import id_of
from lianxin.account.duty.plain.working import Worked
from lianxin.lib.scoring.closing import fires
from tests.account.duty.places import figure, points, scored, total, written

pytestmark = pytest.mark.usefixtures("in_memory")

ZHUSHAN = """
    事件,代表,事项,日期,数量,角色
    ,杨帆,人代会应到,2026-01-20,6,
    ,杨帆,出席人代会,2026-01-20,6,
    ,杨帆,参加小组活动,2026-02-11,,
    ,杨帆,参加小组活动,2026-05-11,,
    ,杨帆,参加小组活动,2026-05-12,,
    ,杨帆,参加小组活动,2026-12-31,,
    ,杨帆,走访选民,2026-03-01,,
    ,杨帆,走访选民,2026-03-02,,
    ,杨帆,走访选民,2026-03-31,,
    ,杨帆,走访选民,2026-04-01,,
    桥,杨帆,提出建议,2026-04-20,,领衔
    桥,许静,提出建议,2026-04-20,,附议
    桥,白露,提出建议,2026-04-20,,附议
    路,杨帆,提出建议,2026-05-20,,领衔
    灯,杨帆,提出建议,2026-06-20,,领衔
    ,许静,参加小组活动,2026-08-20,,
"""


def test_zhushan_turns_points_into_stars() -> None:
    done = scored("zhushan", ZHUSHAN)
    assert points(done, "杨帆") == {
        "sessions": 30,  # 6 of 6 half-days
        "activities": 15,  # the first, second and fourth quarter × 5
        "visits": 3,  # three in March, of which 2 count, and one in April
        "suggestions": Fraction(70, 3),  # a third of one, and two: 7/3 × 10
    }
    assert total(done, "杨帆") == Fraction(214, 3)  # 30 + 15 + 3 + 70/3 = 71 1/3
    assert done.closed[id_of("杨帆")].grade == "三星"


def test_zhushan_scales_up_what_is_left_for_whom_nobody_called() -> None:
    done = scored("zhushan", ZHUSHAN)
    # sessions are left out: 5 of 20 for one quarter, 10/3 of 30 for a third of a suggestion; 25/3 of 70, and so of 100
    assert total(done, "许静") == Fraction(25, 3) * Fraction(100, 70)
    assert done.closed[id_of("许静")].grade == "一星"


FIVE_ONES = ("参加监督活动", "提出好建议", "走访选民", "向选民述职", "发表稿件")
PEOPLE = """
    姓名,代表证号,级别,到任,离任
    张建国,001,county,,
    王丽,002,county,,
    李强,003,county,,
    赵敏,004,county,,
    陈刚,005,county,,
    周平,006,county,,
    吴秀,007,county,2026-07-01,
"""


def year(number: int, *people: tuple[str, int, int]) -> str:
    """A year's register: for each card, how many of ten half-days were attended, and how many of the five ones were done."""
    lines = ["代表证号,事项,日期,数量"]
    for card, attended, ones in people:
        lines.append(f"{card},人代会应到,{number}-01-15,10")
        lines += [f"{card},出席人代会,{number}-01-15,{attended}"] if attended else []
        lines += [f"{card},{one},{number}-06-15,1" for one in FIVE_ONES[:ones]]
    return "\n".join(lines) + "\n"


# points: attended / 10 × 50 and 10 for each one
FIRST = year(2025, ("001", 10, 5), ("002", 9, 5), ("003", 8, 3), ("004", 8, 3), ("005", 6, 4), ("006", 5, 1))
SECOND = year(2026, ("001", 6, 2), ("002", 10, 5), ("003", 10, 4), ("004", 5, 3), ("005", 7, 2), ("006", 9, 5))
CARDS = ("001", "002", "003", "004", "005", "006", "007")


def years() -> tuple[Worked, Worked]:
    """Both years, closed."""
    return (
        scored("xiangzhou", FIRST, PEOPLE, date(2025, 12, 31)),
        scored("xiangzhou", SECOND + "007,走访选民,2026-09-01,1\n", PEOPLE, date(2026, 12, 31)),
    )


def test_xiangzhou_gives_a_hundred_for_two_parts() -> None:
    first, second = years()
    assert [total(first, card) for card in CARDS[:6]] == [100, 95, 70, 70, 70, 35]
    # 50 + 50; 45 + 50; 40 + 30; 40 + 30; 30 + 40; 25 + 10
    assert [total(second, card) for card in CARDS[:6]] == [50, 100, 90, 55, 55, 95]
    # 30 + 20; 50 + 50; 50 + 40; 25 + 30; 35 + 20; 45 + 50
    assert figure(second, "006", "between_sessions").points == 50


def test_xiangzhou_asks_who_came_in_july_for_what_came_after() -> None:
    first, second = years()
    assert id_of("007") not in first.sheets
    # no session was held for the newcomer; one visit is all of the half that is needed: 10 of 50, and so of 100
    assert total(second, "007") == 20


def test_xiangzhou_proposes_after_the_last_five_of_two_years() -> None:
    first, second = years()
    # from the last: 35 (1), 70 three times (2), 95 (5), 100 (6)
    assert {card: first.closed[id_of(card)].from_last for card in CARDS[:6]} == {
        "006": 1, "003": 2, "004": 2, "005": 2, "002": 5, "001": 6,
    }  # fmt: skip
    # 20 (1), 50 (2), 55 twice (3), 90 (5), 95 (6), 100 (7)
    assert {card: second.closed[id_of(card)].from_last for card in CARDS} == {
        "007": 1, "001": 2, "004": 3, "005": 3, "003": 5, "006": 6, "002": 7,
    }  # fmt: skip
    [last_five] = written("xiangzhou").regulation.triggers
    both = {card: [done.closed.get(id_of(card)) for done in (first, second)] for card in CARDS}
    assert [card for card, history in both.items() if fires(last_five, history)] == ["003", "004", "005"]
    assert written("xiangzhou").rule.consequences["last_five"].to == "区人大常委会"
