"""Regulations of other places by which people are marked, written without a line of code and worked out by hand beside them."""

from fractions import Fraction

import pytest

from lianxin.account.duty.plain.registers import id_of
from lianxin.lib.scoring.sheets import State
from tests.account.duty.places import figure, points, scored, sheet, total, written

pytestmark = pytest.mark.usefixtures("in_memory")

HEADS = "代表,事项,日期,数量,角色\n"


def marks(name: str, record: str, on: str, **given: int) -> str:
    """The lines of one cell of the office's sheet: who marked, and with what."""
    return "".join(f"{name},{record},{on},{mark},{rater}\n" for rater, mark in given.items())


def ruzhou(name: str) -> str:
    """Seven columns of four marks; the comment is 10 % of the first, 20 % of the second, 30 % of the third, 40 % of the last."""
    return "".join(
        marks(name, f"{column}评分", "2026-12-15", 代表自评=own, 小组评定=group, 乡镇街道评定=town, 代表部门评定=office)
        for column, own, group, town, office in (
            ("出席人代会", 12, 10, 11, 10),  # 1.2 + 2 + 3.3 + 4 = 10.5
            ("审议发言", 8, 8, 8, 8),  # 8
            ("议案和建议", 20, 15, 15, 15),  # 2 + 3 + 4.5 + 6 = 15.5
            ("列席会议及其他活动", 9, 8, 7, 6),  # 0.9 + 1.6 + 2.1 + 2.4 = 7
            ("视察、调研和执法检查", 10, 10, 9, 9),  # 1 + 2 + 2.7 + 3.6 = 9.3
            ("代表小组活动", 5, 6, 7, 8),  # 0.5 + 1.2 + 2.1 + 3.2 = 7
            ("联系选举单位和人民群众", 0, 10, 10, 10),  # 0 + 2 + 3 + 4 = 9
        )
    )


def test_ruzhou_combines_four_marks_in_each_of_seven_columns() -> None:
    done = scored("ruzhou", HEADS + ruzhou("孙梅"))
    assert points(done, "孙梅") == {
        "sessions": Fraction("10.5"),
        "speeches": 8,
        "bills": Fraction("15.5"),
        "meetings": 7,
        "inspections": Fraction("9.3"),
        "group": 7,
        "contact": 9,
    }
    assert total(done, "孙梅") == 66  # 10.5 + 8 + 15.5 + 7 + 9.3 + 7 + 9 = 66.3, to a whole point


def test_ruzhou_closes_no_sheet_before_all_four_marks_are_there() -> None:
    without_one = ruzhou("孙梅").replace("孙梅,代表小组活动评分,2026-12-15,7,乡镇街道评定\n", "")
    done = scored("ruzhou", HEADS + without_one)
    assert len(ruzhou("孙梅").splitlines()) - len(without_one.splitlines()) == 1
    assert figure(done, "孙梅", "group").state is State.PENDING
    assert figure(done, "孙梅", "group").lacking == ("乡镇街道评定",)
    assert not sheet(done, "孙梅").is_complete
    assert done.closed[id_of("孙梅")].points is None


def hunchun(name: str, half: str, on: str, *cells: tuple[int, int]) -> str:
    """Three blocks of one half-year: the deputy's own mark, and the organisation's."""
    blocks = zip(("会议期间", "闭会期间", "自身形象"), cells, strict=True)
    return "".join(marks(name, f"{half}{block}评分", on, 自评=own, 组织评定=other) for block, (own, other) in blocks)


# 40 % of the first mark and 60 % of the second
CUI_FIRST = hunchun("崔哲", "上半年", "2026-06-28", (15, 14), (24, 20), (10, 10))  # 14.4 + 21.6 + 10 = 46
CUI_SECOND = hunchun("崔哲", "下半年", "2026-12-28", (15, 15), (25, 22), (9, 9))  # 15 + 23.2 + 9 = 47.2
JIN = hunchun("金花", "上半年", "2026-06-28", (10, 5), (15, 10), (8, 8))  # 7 + 12 + 8 = 27
JIN += hunchun("金花", "下半年", "2026-12-28", (10, 10), (15, 10), (5, 10))  # 10 + 12 + 8 = 30


def test_hunchun_tells_a_half_year_and_waits_for_the_other() -> None:
    done = scored("hunchun", HEADS + CUI_FIRST)
    assert figure(done, "崔哲", "first_half").points == 46
    assert figure(done, "崔哲", "first_half").state is State.KNOWN
    assert figure(done, "崔哲", "second_half").state is State.PENDING
    assert not sheet(done, "崔哲").is_complete
    assert done.closed[id_of("崔哲")].grade == ""


def test_hunchun_adds_both_halves_at_the_end_of_the_year() -> None:
    done = scored("hunchun", HEADS + CUI_FIRST + CUI_SECOND + JIN)
    assert figure(done, "崔哲", "second_half").points == Fraction("47.2")
    assert total(done, "崔哲") == Fraction("93.2")  # 46 + 47.2
    assert total(done, "金花") == 57  # 27 + 30
    assert {name: done.closed[id_of(name)].grade for name in ("崔哲", "金花")} == {"崔哲": "优秀", "金花": "不称职"}


def test_hunchun_only_proposes_what_may_follow() -> None:
    ordered = written("hunchun").rule.consequences["told_to_resign"]
    assert ordered.proposes.startswith("建议依法")
    assert str(ordered.law) == "《代表法》第62条"


TOWNSHIP = """\
代表,事项,日期,数量,角色
王兰,人代会应到,2026-01-20,10,
王兰,出席人代会,2026-01-20,9,
王兰,会议表现评分,2026-12-01,2,主席团
王兰,政治表现评分,2026-12-01,9,主席团
王兰,道德品行评分,2026-12-01,10,主席团
陈明,人代会应到,2026-01-20,10,
陈明,出席人代会,2026-01-20,8,
陈明,会议表现评分,2026-12-01,3,主席团
陈明,政治表现评分,2026-12-01,8,主席团
陈明,道德品行评分,2026-12-01,8,主席团
刘勇,人代会应到,2026-01-20,10,
刘勇,出席人代会,2026-01-20,7,
刘勇,会议表现评分,2026-12-01,6,主席团
刘勇,政治表现评分,2026-12-01,6,主席团
刘勇,道德品行评分,2026-12-01,7,主席团
"""


@pytest.mark.parametrize(
    ("name", "attended", "came_to", "grade"),
    [
        ("王兰", 14, 33, "优秀"),  # 9 of 10 is 90 %: 12 and 2 of the 3 points up to 15; 9 + 10 + 14
        ("陈明", 11, 27, "合格"),  # 8 of 10 is 80 %: 8 and 3 of the 3 points up to 11; 8 + 8 + 11
        ("刘勇", 6, 19, "不合格"),  # 7 of 10 is 70 %: 6 of the 7 points; 6 + 7 + 6
    ],
)
def test_the_township_gives_by_thirds_of_attendance(name: str, attended: int, came_to: int, grade: str) -> None:
    done = scored("township", TOWNSHIP)
    assert figure(done, name, "sessions").points == attended
    assert total(done, name) == came_to
    assert done.closed[id_of(name)].grade == grade


def test_the_township_has_no_gap_between_89_and_90() -> None:
    nearly = TOWNSHIP.replace("人代会应到,2026-01-20,10,", "人代会应到,2026-01-20,19,").replace(
        "出席人代会,2026-01-20,9,", "出席人代会,2026-01-20,17,"
    )
    assert figure(scored("township", nearly), "王兰", "attendance").share == Fraction(17, 19)  # 89.47 %
    assert figure(scored("township", nearly), "王兰", "sessions").points == 10  # 8, and 2 of the 3 points
