"""Changchun: the hundred points, the covenant, the special committees and the contact with deputies, each worked by hand."""

from fractions import Fraction

import pytest

from lianxin.lib.scoring.conditions import holds
from tests.localities.registers import figure, grade, missing, on_days, points, proposed, regulation, work

pytestmark = pytest.mark.usefixtures("in_memory")

DEPUTIES = """
对象,级别,到任
张平,city,
李安,city,2026-07-01
王宁,city,
赵敏,city,
陈晨,city,
"""
EVERYTHING = "人代会应到 出席人代会 参加视察 参加调查 参加执法检查 参加专题培训 参加主题实践活动 向选举单位或选民述职"


def of_everything(name: str, campaigns: int) -> str:
    """All that is asked of a deputy: 8 half-days of 8, the three inspections, 2 trainings, a report; and so many campaigns."""
    half_days = f"{name},人代会应到,2026-01-12,8\n{name},出席人代会,2026-01-12,8\n"
    once = [f"{name},{what},2026-04-0{number}" for number, what in enumerate(EVERYTHING.split()[2:6], 1)]
    twice = [f"{name},参加专题培训,2026-10-20", f"{name},向选举单位或选民述职,2026-12-01"]
    campaign = [f"{name},参加主题实践活动,2026-0{month}-09" for month in range(1, campaigns + 1)]
    return half_days + "\n".join([*once, *twice, *campaign])


def test_the_hundred_points_are_those_of_sessions_three_inspections_trainings_and_campaigns():
    """张平: 5 half-days of 8 less 2 excused: 5/6 × 30 = 25. Inspected, surveyed twice, no law-enforcement inspection: 10 + 10 + 0 = 20.

    1 training of 2: 10. 3 campaigns of 5: 15. In all 25 + 20 + 10 + 15 = 70.
    """
    register = """
张平,人代会应到,2026-01-12,8
张平,人代会请假获准,2026-01-15,2
张平,出席人代会,2026-01-12,5
张平,参加视察,2026-03-04
张平,参加调查,2026-05-06
张平,参加调查,2026-09-10
张平,参加专题培训,2026-06-11
张平,参加主题实践活动,2026-02-09
张平,参加主题实践活动,2026-05-09
张平,参加主题实践活动,2026-08-09
张平,向选举单位或选民述职,2026-12-01
"""
    done = work(regulation("changchun", "duty"), register, DEPUTIES)

    assert points(done, "张平") == {
        "sessions": 25,
        "inspections": 10,
        "surveys": 10,
        "enforcements": 0,
        "three_inspections": 20,
        "trainings": 10,
        "campaigns": 15,
        "total": 70,
    }
    assert missing(done, "张平") == {"enforcements": 1, "trainings": 1}
    assert (grade(done, "张平"), proposed("张平", [done])) == ("称职", set())


def test_whoever_came_in_july_is_not_asked_for_the_session_of_january():
    """李安 served 184 of 365 days, and no session was held then: 30 of the 100 points are left out, the rest is × 100/70.

    Survey and law-enforcement inspection 20; 1 training of 2 × 184/365 = 368/365: 365/368 × 20 = 1825/92. No campaign.
    (20 + 1825/92) × 10/7 = 3665/92 × 10/7 = 18325/322, which is 56.9.
    """
    register = """
李安,参加调查,2026-09-10
李安,参加执法检查,2026-10-10
李安,参加专题培训,2026-11-11
"""
    done = work(regulation("changchun", "duty"), register, DEPUTIES)
    told = points(done, "李安")

    assert (told["three_inspections"], told["trainings"]) == (20, Fraction(1825, 92))
    assert (figure(done, "李安", "sessions").state.value, told["total"]) == ("left_out", Fraction(18325, 322))
    assert missing(done, "李安")["reports"] == Fraction(184, 365)
    assert (grade(done, "李安"), proposed("李安", [done])) == ("作用发挥不好", {"persuaded"})


def test_a_complaint_found_true_bars_from_the_best_grade_and_one_that_waits_leaves_it_open():
    """All done, 4 campaigns: 30 + 30 + 20 + 20 = 100; 陈晨 with 3 campaigns: 95."""
    register = "\n".join(
        [
            *(of_everything(name, campaigns) for name, campaigns in (("王宁", 4), ("赵敏", 4), ("陈晨", 3))),
            "王宁,查实的负面反映,2026-08-08",
            "赵敏,查实的负面反映,2026-08-08,,,,待核实",
        ]
    )
    done = work(regulation("changchun", "duty"), register, DEPUTIES)

    assert [points(done, name)["total"] for name in ("王宁", "赵敏", "陈晨")] == [100, 100, 95]
    assert [grade(done, name) for name in ("王宁", "赵敏", "陈晨")] == ["称职", "", "表现优秀"]
    assert proposed("王宁", [done]) == {"persuaded"}
    assert proposed("赵敏", [done]) == set()
    assert proposed("陈晨", [done]) == {"publicised", "kept"}


MEMBERS = "\n".join(["对象,级别,职务", *(f"{name},city,常委会组成人员" for name in ("周明", "吴芳", "郑国", "冯丽"))])
COVENANT = "\n".join(
    [
        *(f"{name},常委会会议应到,2026-02-26,12" for name in ("周明", "吴芳", "郑国", "冯丽")),
        on_days("周明,未出席一次常委会会议", "02-26 06-25 10-29"),
        "周明,出席常委会会议,2026-04-28,9",
        "周明,会上发言,2026-04-28",
        on_days("吴芳,未出席一次常委会会议", "02-26 06-25"),
        "吴芳,出席常委会会议,2026-04-28,6",
        "吴芳,提出建议,2026-03-01",
        "郑国,出席常委会会议,2026-02-26,12",
        on_days("冯丽,未出席一次常委会会议", "02-26 06-25"),
        "冯丽,出席常委会会议,2026-04-28,6.5",
        "冯丽,提出议案,2026-04-28",
        *(f"{name},参加闭会期间的活动,2026-05-05" for name in ("周明", "吴芳", "郑国", "冯丽")),
    ]
)


def test_the_covenant_tells_who_should_resign():
    """Of 12 days: 周明 was there on 9 but missed three meetings; 吴芳 on 6, half; 郑国 on all and said nothing; 冯丽 on 6.5."""
    done = work(regulation("changchun", "covenant"), COVENANT, MEMBERS)
    (trigger,) = done.written.regulation.triggers
    should = {party.name: holds(trigger.when, done.sheets[party.id].figures) for party in done.parties}

    assert [figure(done, name, "meetings").count for name in ("周明", "吴芳", "郑国", "冯丽")] == [3, 2, 0, 2]
    assert [figure(done, name, "presence").share for name in ("周明", "吴芳", "郑国", "冯丽")] == [
        Fraction(3, 4),
        Fraction(1, 2),
        1,
        Fraction(13, 24),
    ]
    assert missing(done, "郑国") == {"voice": 1}
    assert should == {"周明": True, "吴芳": True, "郑国": True, "冯丽": False}


def test_what_the_covenant_proposes_is_no_resignation_and_is_told_yearly():
    rule = regulation("changchun", "covenant").rule

    assert str(rule.consequences["should_resign"].law) == "《地方组织法》第32条"
    assert "由本人决定" in rule.consequences["should_resign"].proposes
    assert rule.told.every == "year"


def test_members_of_special_committees_come_to_two_thirds_of_what_they_are_not_excused_from():
    """韩梅: 12 half-days less 3 excused are 9, two thirds are 6: she was at 6. Nothing after June.

    唐勇 came on 1 October: of 5 half-days two thirds are 10/3, he was at 3; an activity in November is more than half of one.
    """
    people = "对象,级别,职务,到任\n韩梅,city,专委会组成人员,\n唐勇,city,专委会组成人员,2026-10-01\n"
    register = """
韩梅,专委会会议应到,2026-03-03,12
韩梅,专委会会议请假获准,2026-03-03,3
韩梅,出席专委会会议,2026-05-05,6
韩梅,参加专委会的活动,2026-02-02
唐勇,专委会会议应到,2026-11-03,5
唐勇,出席专委会会议,2026-11-03,3
唐勇,参加专委会的活动,2026-11-20
"""
    done = work(regulation("changchun", "special-committees"), register, people)

    assert missing(done, "韩梅") == {"activities": 1}
    assert missing(done, "唐勇") == {"meetings": Fraction(1, 3)}


def test_contact_counts_how_many_different_deputies_and_groups_were_reached():
    """孙立: 11 groups, one of them twice, of 12; the rest of the scheme, and 11 + 1 + 1 + 1 + 2 + 1 = 17 contacts.

    钱英: four times the same city deputy, of 2. 高山: two city deputies, three times, of 4.
    """
    people = "对象,级别,职务\n孙立,city,主任会议成员\n钱英,city,常委会组成人员\n高山,city,常委会组成人员\n"
    groups = " ".join(f"03-{number:02}:第{number}组" for number in range(1, 12))
    register = "\n".join(
        [
            on_days("孙立,联系代表小组", f"{groups} 04-01:第1组"),
            on_days("孙立,联系全国人大代表", "05-01:全国甲"),
            on_days("孙立,联系省代表", "05-02:省甲"),
            on_days("孙立,联系市代表", "05-03:市甲 05-04:市乙"),
            on_days("孙立,联系代表团", "05-05:南关团"),
            on_days("钱英,联系市代表", "01-10:市丙 04-10:市丙 07-10:市丙 10-10:市丙"),
            on_days("高山,联系市代表", "01-10:市丁 04-10:市戊 07-10:市丁"),
        ]
    )
    done = work(regulation("changchun", "contact"), register, people)

    assert missing(done, "孙立") == {"twelve_groups": 1}
    assert figure(done, "孙立", "four_contacts").count == 17
    assert missing(done, "钱英") == {"two_city": 1}
    assert missing(done, "高山") == {"four_contacts": 1}
