"""Sanmen: contact with voters by trade and post, the townships' checks of it, and their monthly submissions, each worked by hand."""

from fractions import Fraction

import pytest

from tests.localities.registers import figure, grade, missing, on_days, points, proposed, regulation, work

pytestmark = pytest.mark.usefixtures("in_memory")

DEPUTIES = """
对象,级别,行业,领导职务
林木,township,农业,
何山,county,企业,是
罗敏,county,企业,
"""
ROUND_THE_YEAR = "01-06 01-07 01-08 04-06 04-07 04-08 07-06 07-07 07-08 10-06 10-07 10-08"


def test_contact_is_asked_by_trade_and_post():
    """林木, of farming, without a post: 3 days (two on one day are one), 2, 3 of four, 3 of 3 each quarter: 11/12 × 40 = 110/3.

    Villagers 4 of 4: 20; receptions 1 of 2: 10; five opinions are 25, at most 20. In all 110/3 + 50 = 260/3.
    罗敏, of a firm, without a post: 40 + workers 20 + receptions 20, no opinion: 80.
    """
    register = "\n".join(
        [
            on_days("林木,联系选民", "01-06 01-06 01-07 01-08 04-06 04-07 07-06 07-07 07-08 07-09 10-06 10-07 10-08"),
            on_days("林木,听取村民、居民意见", "02-01 05-01 08-01 11-01"),
            on_days("林木,进站接待选民", "03-20"),
            on_days("林木,收下选民意见", "03-20 03-21 03-22 03-23 03-24"),
            on_days("罗敏,联系选民", ROUND_THE_YEAR),
            on_days("罗敏,听取职工意见", "02-01 08-01"),
            on_days("罗敏,进站接待选民", "03-20 09-20"),
        ]
    )
    done = work(regulation("sanmen", "contact"), register, DEPUTIES)

    assert points(done, "林木") == {
        "often": Fraction(110, 3),
        "villagers_heard": 20,
        "receptions": 10,
        "opinions": 20,
        "total": Fraction(260, 3),
    }
    assert (points(done, "罗敏")["total"], grade(done, "罗敏"), proposed("罗敏", [done])) == (80, "合格", set())
    assert (grade(done, "林木"), proposed("林木", [done])) == ("优秀", {"another_term"})
    assert missing(done, "林木") == {"often": 1, "receptions": 1}


def test_whoever_fails_is_proposed_for_a_talk_and_a_correction_of_that_year_alone():
    """何山, who leads: 2 quarters of 4, 20; workers 1 of 2, 10; an opinion, 5: 35. The year after: 40 + 20 + 0 + 5 = 65."""
    register = "\n".join(
        [
            on_days("何山,联系选民", "02-02 08-02", year=2025),
            on_days("何山,听取职工意见", "02-02", year=2025),
            on_days("何山,收下选民意见", "02-02", year=2025),
            on_days("何山,联系选民", "02-02 05-02 08-02 11-02"),
            on_days("何山,听取职工意见", "02-02 08-02"),
            on_days("何山,收下选民意见", "02-02"),
        ]
    )
    rule = regulation("sanmen", "contact")
    years = [work(rule, register, DEPUTIES, year) for year in (2025, 2026)]

    assert [points(done, "何山")["total"] for done in years] == [35, 65]
    assert [grade(done, "何山") for done in years] == ["不合格", "合格"]
    assert proposed("何山", years[:1]) == {"no_honours", "warning_talk", "correction"}
    assert proposed("何山", years) == set()


def test_a_contact_that_the_township_has_still_to_check_leaves_the_sheet_open():
    register = on_days("林木,联系选民", "01-06 01-07") + "\n林木,联系选民,2026-01-08,,,,待核实"
    done = work(regulation("sanmen", "contact"), register, DEPUTIES)

    assert (figure(done, "林木", "often").state.value, figure(done, "林木", "often").count) == ("pending", 2)
    assert (grade(done, "林木"), proposed("林木", [done])) == ("", set())


def test_records_are_checked_at_random_and_told_to_the_public():
    rule = regulation("sanmen", "contact").rule

    assert [(drawn.records, drawn.share) for drawn in rule.drawn] == [
        (("contact", "workers", "villagers"), Fraction(1, 10))
    ]
    assert rule.told.to == ("public",)


def test_townships_check_every_record_of_the_quarter():
    """健跳镇: 10 records a quarter, of which 10, 10, 9 and, with old ones, 12 were checked: 39 of 40. 海润街道: 5 of 5."""
    people = "对象\n健跳镇\n海润街道\n"
    checked = zip(("02-01", "05-01", "08-01", "11-01"), (10, 10, 9, 12), strict=True)
    register = "\n".join(
        [
            *(f"健跳镇,代表联系选民记录,2026-{month}-01,10" for month in ("01", "04", "07", "10")),
            *(f"健跳镇,核查过的记录,2026-{day},{count}" for day, count in checked),
            "海润街道,代表联系选民记录,2026-03-01,5",
            "海润街道,核查过的记录,2026-03-31,5",
        ]
    )
    done = work(regulation("sanmen", "checks"), register, people)

    assert (missing(done, "健跳镇"), figure(done, "健跳镇", "all_checked").share) == (
        {"all_checked": 1},
        Fraction(39, 40),
    )
    assert missing(done, "海润街道") == {}


def test_townships_submit_each_month_and_bring_department_and_deputy_together_before_a_suggestion():
    """健跳镇: nothing in August, a second time in September; talks before 3 of 4 suggestions. 海润街道 had no suggestion."""
    people = "对象\n健跳镇\n海润街道\n"
    months = [f"{month:02}-20" for month in range(1, 13)]
    register = "\n".join(
        [
            on_days("健跳镇,每月20日集中提交代表意见", " ".join([*months[:7], *months[8:], "09-21"])),
            on_days("健跳镇,本地代表提出建议", "03-01 05-01 06-01 10-01"),
            on_days("健跳镇,提出前组织部门和代表沟通", "02-20 04-20 05-20"),
            on_days("海润街道,每月20日集中提交代表意见", " ".join(months)),
        ]
    )
    done = work(regulation("sanmen", "submission"), register, people)

    assert missing(done, "健跳镇") == {"monthly": 1, "talks": 1}
    assert figure(done, "健跳镇", "talks").share == Fraction(3, 4)
    assert missing(done, "海润街道") == {}
