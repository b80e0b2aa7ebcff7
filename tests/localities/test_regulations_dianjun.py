"""Dianjun: what points, deputies and households are asked, the two-way contact and the training of a term, each worked by hand."""

from fractions import Fraction

import pytest

from tests.localities.registers import figure, missing, on_days, points, regulation, work

pytestmark = pytest.mark.usefixtures("in_memory")


def test_a_point_is_asked_quarter_by_quarter():
    """桥头点: studies in three quarters, two of them in the third: 3/4 × 10 = 7.5; forums in all: 10; one supervision: 2.5. 20.

    江边点 opened on 1 April, so three quarters are asked: studies in two, 2/3 × 10 = 20/3; no forum; supervisions in all: 10. 50/3.
    """
    people = "对象,家站,到任\n桥头点,代表联系点,\n江边点,代表联系点,2026-04-01\n代表之家,代表之家,\n"
    register = "\n".join(
        [
            on_days("桥头点,组织政治理论学习交流", "01-08 05-08 08-08 09-08"),
            on_days("桥头点,组织参加人大代表论坛", "03-20 06-20 09-20 12-20"),
            on_days("桥头点,督办民生实事项目及议案建议", "02-14"),
            on_days("江边点,组织政治理论学习交流", "06-01 09-01"),
            on_days("江边点,督办民生实事项目及议案建议", "04-30 08-30 11-30"),
        ]
    )
    done = work(regulation("dianjun", "points"), register, people)

    assert [party.name for party in done.parties] == ["桥头点", "江边点"]
    assert points(done, "桥头点") == {
        "point_study": Fraction(15, 2),
        "point_forum": 10,
        "point_supervision": Fraction(5, 2),
        "total": 20,
    }
    assert points(done, "江边点")["total"] == Fraction(50, 3)
    assert missing(done, "桥头点") == {"point_study": 1, "point_supervision": 3}
    assert missing(done, "江边点") == {"point_study": 1, "point_forum": 3}


def test_a_suggestion_counts_once_its_quality_is_confirmed():
    """何静: two suggestions and a deed, 20. 吕刚: his suggestion waits, no deed. 施文: hers was not found good, a deed: 10."""
    people = "对象,级别\n何静,county\n吕刚,county\n施文,township\n"
    register = """
何静,提交高质量议案或建议,2026-03-01,,,lead
何静,提交高质量议案或建议,2026-08-01,,,cosigner
何静,为群众办实事好事,2026-05-01
吕刚,提交高质量议案或建议,2026-03-02,,,,待核实
施文,提交高质量议案或建议,2026-03-03,,,,不予核实
施文,为群众办实事好事,2026-06-01
"""
    done = work(regulation("dianjun", "deputies"), register, people)

    assert points(done, "何静") == {"deputy_proposal": 10, "deputy_good_deed": 10, "total": 20}
    assert (done.sheets[done.party("吕刚").id].is_complete, missing(done, "吕刚")) == (False, {"deputy_good_deed": 1})
    assert points(done, "施文") == {"deputy_proposal": 0, "deputy_good_deed": 10, "total": 10}


def test_a_household_without_messages_is_not_measured_by_them():
    """果园户: a reception, 10; 5 of 6 messages answered in time, 25/3; together 55/3. 茶馆户: a reception alone, 10 × 20/10 = 20."""
    people = "对象,家站\n果园户,产业中心户\n茶馆户,联络中心户\n律所户,行业中心户\n桥头点,代表联系点\n"
    messages = "06-01 06-02 06-03 06-04 06-05 06-06"
    register = "\n".join(
        [
            on_days("果园户,参与“5号见”代表接待日", "05-05"),
            on_days("果园户,群众的线上留言", messages),
            on_days("果园户,3天内回复的线上留言", messages.removesuffix(" 06-06")),
            on_days("茶馆户,参与“5号见”代表接待日", "11-05"),
            on_days("律所户,群众的线上留言", "07-07"),
        ]
    )
    done = work(regulation("dianjun", "households"), register, people)

    assert len(done.parties) == 3
    assert points(done, "果园户")["total"] == Fraction(55, 3)
    assert points(done, "茶馆户")["total"] == 20
    assert points(done, "律所户")["total"] == 0
    assert missing(done, "果园户") == {"household_online_reply": 1}
    assert missing(done, "律所户") == {"household_reception": 1, "household_online_reply": 1}


def test_five_voters_are_five_different_ones_and_members_see_each_of_their_deputies():
    """曹平 saw four voters, one of them twice: 1 of 5 is missing. 方丽, of the committee, saw 2 of her 3 deputies, one three times."""
    people = """
对象,级别,职务,结对:committee,结对:presidium
曹平,township,,,
方丽,county,常委会组成人员,3,
杜鹃,township,主席团组成人员,,2
"""
    voters = "01-01:甲户 02-01:乙户 03-01:丙户 04-01:丁户"
    register = "\n".join(
        [
            on_days("曹平,联系选民", f"{voters} 05-01:甲户"),
            on_days("方丽,联系选民", f"{voters} 05-01:戊户"),
            on_days("方丽,联系区人大代表", "01-02:何静 02-02:何静 03-02:何静 04-02:吕刚"),
            on_days("杜鹃,联系选民", f"{voters} 05-01:戊户"),
            on_days("杜鹃,联系乡人大代表", "01-03:施文 02-03:曹平"),
        ]
    )
    done = work(regulation("dianjun", "contact"), register, people)

    assert missing(done, "曹平") == {"five_voters": 1}
    assert missing(done, "方丽") == {"committee_members": 1}
    assert missing(done, "杜鹃") == {}
    assert figure(done, "曹平", "committee_members").state.value == "not_asked"


def test_two_trainings_are_asked_in_the_term_of_whoever_came_in_its_fourth_year_too():
    people = "对象,级别,到任\n何静,county,\n吕刚,county,2025-03-01\n"
    register = "\n".join(
        [
            on_days("何静,参加履职培训", "05-10", year=2022),
            on_days("何静,参加履职培训", "09-10", year=2025),
            on_days("何静,参加履职培训", "12-31", year=2021),
            on_days("吕刚,参加履职培训", "09-10", year=2025),
        ]
    )
    done = work(regulation("dianjun", "training"), register, people)

    assert (missing(done, "何静"), missing(done, "吕刚")) == ({}, {"two_trainings": 1})
    assert done.outside == 1
