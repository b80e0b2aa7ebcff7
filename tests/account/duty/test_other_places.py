"""Regulations of other places that count and add up, written without a line of code and worked out by hand beside them."""

from fractions import Fraction

import pytest

from tests.account.duty.places import figure, points, scored, total, written

pytestmark = pytest.mark.usefixtures("in_memory")

BISHAN = """
    代表,事项,日期,数量,角色
    李芳,出席会议,2026-01-12,2,
    李芳,出席会议,2026-01-13,1,
    李芳,走访群众,2026-01-13,,
    李芳,走访群众,2026-02-03,,
    李芳,接待群众,2026-02-03,,
    李芳,走访群众,2026-02-03,,
    李芳,提出建议,2026-03-10,,领衔
    李芳,提出建议,2026-04-20,,附议
    李芳,参加活动,2026-05-06,2,
    李芳,参加活动,2026年6月30日,1,
    赵强,提出建议,2026-04-20,,领衔
"""
FIRST_QUARTER = "".join(
    line for line in BISHAN.splitlines(keepends=True) if "04-20" not in line and "参加活动" not in line
)


def test_bishan_adds_half_points_without_end() -> None:
    done = scored("bishan", BISHAN)
    assert points(done, "李芳") == {
        "meetings": Fraction("7.5"),  # 2 + 1 half-days × 2.5
        "activities": 6,  # 2 + 1 half-days × 2
        "contact": Fraction("4.5"),  # 1 on 13 January; 3 on 3 February, of which 2 count: 3 × 1.5
        "suggestions": 5,  # 1 as lead × 5
        "joined": Fraction("0.5"),  # 1 as co-signer × 0.5
    }
    assert total(done, "李芳") == Fraction("23.5")
    assert total(done, "赵强") == 5


def test_bishan_counts_the_days_apart_and_a_day_once() -> None:
    done = scored("bishan", BISHAN)
    # 12 January, 13 January (two records), 3 February (three), 10 March, 20 April, 6 May, 30 June
    assert figure(done, "李芳", "days").count == 7
    assert figure(done, "赵强", "days").count == 1


def test_bishan_is_told_every_quarter_what_stands_by_then() -> None:
    told = written("bishan").rule.told
    assert told
    assert told.every == "quarter"
    assert list(told.to) == ["group"]
    done = scored("bishan", FIRST_QUARTER)
    assert figure(done, "李芳", "days").count == 4  # 12 and 13 January, 3 February, 10 March
    assert total(done, "李芳") == 17  # 3 × 2.5 + 3 × 1.5 + 5


HANBIN = """
    代表,事项,日期,数量
    何川,参加学习培训,2026-02-10,1
    何川,出席人代会,2026-03-02,2
    何川,出席人代会,2026-03-03,1
    何川,走访选民,2026-04-01,1
    何川,走访选民,2026-04-01,1
    何川,反映意见,2026-04-02,3
    何川,提出议案建议,2026-05-08,1
    何川,向选民述职,2026-11-20,1
    何川,无故缺席,2026-06-01,1
    何川,无故缺席,2026-07-01,1
    何川,受到批评,2026-08-01,1
    马兰,无故缺席,2026-06-01,1
    马兰,违纪违法,2026-09-01,1
"""


def test_hanbin_adds_and_takes_away_in_twelve_items() -> None:
    done = scored("hanbin", HANBIN)
    assert len(written("hanbin").rule.items) == 12 + 3  # the twelfth adds three
    assert points(done, "何川") == {
        "study": 1,
        "sessions": 6,  # 3 half-days × 2
        "visits": 2,  # 2 × 1
        "opinions": 6,  # 3 × 2
        "bills": 5,
        "report": 5,
        "absences": -6,  # 2 × -3
        "criticisms": -1,
        "discipline": -7,  # -6 - 1
    }
    assert total(done, "何川") == 18  # 1 + 6 + 2 + 6 + 5 + 5 - 7


def test_hanbin_goes_below_zero() -> None:
    done = scored("hanbin", HANBIN)
    assert total(done, "马兰") == -23  # 1 absence × -3, and 1 breach × -20


def test_hanbin_puts_the_sheets_up_in_the_district() -> None:
    told = written("hanbin").rule.told
    assert told
    assert list(told.to) == ["self", "district"]


MINHANG = """
    事件,代表,事项,日期,数量,角色
    全会一,周宁,出席全会,2026-01-13,2,
    全会二,周宁,出席全会,2026-01-14,1,
    调研,周宁,参加活动,2026-04-09,1,
    视察,周宁,参加活动,2026-06-11,1,
    培训一,周宁,全程参加培训,2026-05-20,1,
    培训二,周宁,部分参加培训,2026-09-20,1,
    提案一,周宁,提案,2026-01-14,1,领衔
    提案二,周宁,提案,2026-01-15,1,领衔
    提案三,周宁,提案,2026-01-15,1,附议
    提案三,吴霞,提案,2026-01-15,1,领衔
    提案四,钱进,提案,2026-01-15,1,附议
    提案五,钱进,提案,2026-02-15,1,附议
    重点三,周宁,重点提案,2026-03-01,1,附议
    重点三,吴霞,重点提案,2026-03-01,1,领衔
    优秀一,周宁,优秀提案,2026-12-01,1,领衔
    优秀三,吴霞,优秀提案,2026-12-01,1,领衔
    优秀四,钱进,优秀提案,2026-12-01,1,附议
"""


def test_minhang_counts_proposals_once_and_takes_the_higher() -> None:
    done = scored("minhang", MINHANG)
    assert figure(done, "周宁", "proposals").points == 15  # lead of two: 15 once; co-signer: 3; the higher
    assert figure(done, "钱进", "proposals").points == 3  # co-signer of two: 3 once
    # half-days (2 + 1) × 5 = 15; activities 2 × 5 = 10; training 10 + 5; proposals 15; the higher of key 3, excellent 10
    assert total(done, "周宁") == 15 + 10 + 10 + 5 + 15 + 10


def test_minhang_gives_no_bonus_twice() -> None:
    done = scored("minhang", MINHANG)
    assert figure(done, "吴霞", "bonus").points == 15  # key 15 and excellent 10 of one proposal: the higher
    assert total(done, "吴霞") == 15 + 15
    assert total(done, "钱进") == 3 + 2
