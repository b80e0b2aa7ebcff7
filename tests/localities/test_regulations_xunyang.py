"""Xunyang: contact with households, the norm of duties and the ten haves of groups' rooms, each worked by hand."""

from fractions import Fraction

import pytest

from tests.localities.registers import figure, grade, missing, on_days, points, proposed, regulation, work

pytestmark = pytest.mark.usefixtures("in_memory")


def households(count: int) -> str:
    """So many different households, a day each."""
    return " ".join(f"08-{number:02}:第{number}户" for number in range(1, count + 1))


def test_members_are_tied_to_five_deputies_and_five_households_other_deputies_to_ten():
    """石磊 of the presidium: five deputies and four households. 江燕: ten. 凌云 came on 2 July: 183 of 365 days.

    Ten households are then 10 × 183/365 = 366/73; five are reached, 1/73 is missing.
    """
    people = "对象,级别,职务,到任\n石磊,township,主席团成员,\n江燕,county,,\n凌云,county,,2026-07-02\n"
    register = "\n".join(
        [
            on_days("石磊,联系人大代表", "01-01:一 01-02:二 01-03:三 01-04:四 01-05:五"),
            on_days("石磊,联系群众", f"{households(4)} 09-01:第1户"),
            on_days("江燕,联系群众", households(10)),
            on_days("凌云,联系群众", households(5)),
        ]
    )
    done = work(regulation("xunyang", "contact"), register, people)

    assert missing(done, "石磊") == {"five_households": 1}
    assert missing(done, "江燕") == {}
    assert missing(done, "凌云") == {"ten_households": Fraction(1, 73)}
    assert figure(done, "石磊", "ten_households").state.value == "not_asked"


DEPUTIES = "对象,级别\n白玉,county\n蓝天,township\n金石,township\n黄河,county\n"
DIARY = " ".join(f"{month:02}-{day}" for month in (1, 4, 7, 10) for day in (10, 11, 12))


def of_everything(name: str, deeds: str, *, evaluation: str = "", has_appointment: bool = False) -> str:
    """All the norm asks but some good deeds, the evaluation 15 of 15."""
    return "\n".join(
        [
            on_days(f"{name},办实事", deeds),
            on_days(f"{name},民情日记", DIARY),
            on_days(f"{name},接待选民", "03-05 09-05"),
            on_days(f"{name},履职承诺", "01-20"),
            on_days(f"{name},述职", "12-10"),
            on_days(f"{name},走访选民", "02-02 05-02 08-02 11-02"),
            f"{name},闭会期间建议“直通车”,2026-06-06",
            f"{name},评议得分,2026-12-10,15,,,{evaluation}",
            *([f"{name},约见国家机关负责人,2026-07-07"] if has_appointment else []),
        ]
    )


def test_the_norm_adds_deeds_diary_receptions_visits_and_what_voters_think_of_the_report():
    """白玉: deeds 2 of 3: 40/3. Diary by quarters 3 (two of one day are one), 2, 3 of four, 0: 8 of 12, 40/3. Receptions 10.

    Pledge and report 5 + 5. The evaluation came to 11.8, which is 59/5. Visits 3 of 4: 45/4.
    A suggestion with another deputy: half of 5. An appointment: 5. In all 80/3 + 25 + 59/5 + 45/4 + 5/2 = 4633/60, which is 77.2.
    """
    register = "\n".join(
        [
            on_days("白玉,办实事", "02-02 08-08"),
            on_days("白玉,民情日记", "01-05 01-05 02-03 03-08 04-01 05-01 07-01 07-02 07-03 07-04"),
            on_days("白玉,接待选民", "03-05 09-05"),
            on_days("白玉,履职承诺", "01-20"),
            on_days("白玉,述职", "12-10"),
            "白玉,评议得分,2026-12-10,11.8",
            on_days("白玉,走访选民", "02-02 05-02 08-02"),
            "白玉,闭会期间建议“直通车”,2026-06-06,,,领衔,,建议1",
            "金石,闭会期间建议“直通车”,2026-06-06,,,附议,,建议1",
            "白玉,约见国家机关负责人,2026-07-07",
        ]
    )
    done = work(regulation("xunyang", "norm"), register, DEPUTIES)

    assert points(done, "白玉") == {
        "deeds": Fraction(40, 3),
        "diaries": Fraction(40, 3),
        "receptions": 10,
        "pledges": 5,
        "reports": 5,
        "evaluation": Fraction(59, 5),
        "visits": Fraction(45, 4),
        "expresses": Fraction(5, 2),
        "appointments": 5,
        "total": Fraction(4633, 60),
    }
    assert (grade(done, "白玉"), proposed("白玉", [done])) == ("合格", set())
    assert missing(done, "白玉") == {"deeds": 1, "diaries": 4, "visits": 1}


def test_a_five_good_deputy_has_done_every_good_deed():
    """All but the appointment: 95. 金石 with it but 2 deeds of 3: 100 - 20/3 = 280/3, above 90, and barred. 黄河's evaluation waits."""
    register = "\n".join(
        [
            of_everything("蓝天", "01-02 05-02 09-02"),
            of_everything("金石", "01-02 05-02", has_appointment=True),
            of_everything("黄河", "01-02 05-02 09-02", evaluation="待核实", has_appointment=True),
        ]
    )
    done = work(regulation("xunyang", "norm"), register, DEPUTIES)

    assert (points(done, "蓝天")["total"], points(done, "金石")["total"]) == (95, Fraction(280, 3))
    assert [grade(done, name) for name in ("蓝天", "金石", "黄河")] == ["五好代表", "合格", ""]
    assert [proposed(name, [done]) for name in ("蓝天", "金石", "黄河")] == [{"five_good"}, set(), set()]
    assert figure(done, "黄河", "evaluation").lacking == ("check",)


def test_each_of_the_ten_haves_counts_once():
    """城关一组: a room, equipment, six of the other eight, one of them twice: 10 + 10 + 60 = 80; no activity in the last quarter.

    城关二组: that it has a room was annulled; equipment: 10.
    """
    people = "对象\n城关一组\n城关二组\n"
    register = "\n".join(
        [
            on_days("城关一组,查实有专用房", "06-01"),
            on_days("城关一组,查实有办公设施", "06-01"),
            on_days("城关一组,查实其余的“有”", "06-01:三 06-01:四 06-01:五 06-01:六 06-01:七 06-01:八 12-01:八"),
            on_days("城关一组,代表小组活动", "02-01 05-01 08-01 09-01"),
            "城关二组,查实有专用房,2026-06-02,,,,撤销",
            on_days("城关二组,查实有办公设施", "06-02"),
            on_days("城关二组,代表小组活动", "02-01 05-01 08-01 11-01"),
        ]
    )
    done = work(regulation("xunyang", "rooms"), register, people)

    assert points(done, "城关一组") == {"has_room": 10, "has_equipment": 10, "other_eight": 60, "total": 80}
    assert missing(done, "城关一组") == {"other_eight": 2, "activities": 1}
    assert points(done, "城关二组")["total"] == 10
    assert missing(done, "城关二组") == {"has_room": 1, "other_eight": 8}
