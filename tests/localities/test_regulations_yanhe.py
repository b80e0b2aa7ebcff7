"""Yanhe: visits to districts and grids, and the townships' incentives with a quota on the best grade, each worked by hand."""

from fractions import Fraction

import pytest

from tests.localities.registers import figure, grade, missing, on_days, points, proposed, regulation, work

pytestmark = pytest.mark.usefixtures("in_memory")


def test_a_deputy_visits_the_district_each_quarter_and_sees_each_of_the_voters():
    """冉平: no visit in July to September, though two in October; two of three voters. 田甜 came on 1 October: 92 of 365 days.

    Of her three voters 276/365 of a contact are asked, one is enough; one visit in the quarter that is hers.
    杨帆 is no county deputy.
    """
    people = "对象,级别,到任,结对:voter\n冉平,county,,3\n田甜,county,2026-10-01,3\n杨帆,township,,3\n"
    register = "\n".join(
        [
            on_days("冉平,到选区走访", "02-08 05-08 10-08 10-09"),
            on_days("冉平,联系选民", "02-08:甲 05-08:乙 10-08:乙"),
            on_days("田甜,到选区走访", "11-11"),
            on_days("田甜,联系选民", "11-11:丙"),
        ]
    )
    done = work(regulation("yanhe", "districts"), register, people)

    assert [party.name for party in done.parties] == ["冉平", "田甜"]
    assert missing(done, "冉平") == {"quarterly": 1, "voters": 1}
    assert missing(done, "田甜") == {}
    assert figure(done, "冉平", "voters").share == Fraction(2, 3)


def test_two_visits_a_year_are_made_in_each_grid():
    """谢芳 has two grids: three visits to 梨园 do not stand for the one that 东风 lacks. 罗军 has no grid and is asked nothing."""
    people = "对象,级别,结对:grid\n谢芳,township,2\n罗军,county,\n"
    register = "\n".join(
        [
            on_days("谢芳,走访业主委员会", "02-08:梨园 06-08:梨园 09-08:东风"),
            on_days("谢芳,走访物管企业", "03-08:梨园"),
        ]
    )
    done = work(regulation("yanhe", "grids"), register, people)

    assert (missing(done, "谢芳"), figure(done, "谢芳", "visits").count) == ({"visits": 1}, 3)
    assert (missing(done, "罗军"), figure(done, "罗军", "visits").share) == ({}, None)


TOWNSHIPS = ("团结街道", "官舟镇", "谯家镇", "夹石镇", "和平街道", "淇滩镇", "黑水镇", "甘溪镇", "板场镇", "泉坝镇")


def of_one(name: str, months: int, enterprises: int, grids: int, meetings: str) -> str:
    """The register of one township."""
    market_days = " ".join(f"{month:02}-05" for month in range(1, months + 1))
    return "\n".join(
        [
            on_days(f"{name},组织代表进站", market_days),
            on_days(f"{name},组织走访企业", " ".join(f"03-{day:02}" for day in range(1, enterprises + 1))),
            on_days(f"{name},小区网格公布代表信息", " ".join(f"04-{day:02}" for day in range(1, grids + 1))),
            meetings,
        ]
    )


def test_incentives_go_to_at_most_three_townships_of_ten_and_to_no_two_at_the_edge():
    """团结街道: 12 × 2.5 + 10 × 2 + 4 × 5 + 30 = 100. 官舟镇: 27.5 + 18 + 20 + 30 = 95.5. 谯家镇, 夹石镇: 30 + 10 + 20 + 30 = 90.

    30% of ten are three; the third and the fourth are equals, and both go one grade down.
    和平街道 had one meeting of its assembly: 15; sessions of a township congress are not asked of it.
    """
    people = "对象,乡镇\n" + "\n".join(f"{name},{name}" for name in TOWNSHIPS)
    register = "\n".join(
        [
            of_one("团结街道", 12, 10, 4, on_days("团结街道,街道议政代表大会会议", "01-20 07-20")),
            of_one("官舟镇", 11, 9, 4, on_days("官舟镇,乡镇人代会会议", "01-20 07-20")),
            of_one("谯家镇", 12, 5, 5, on_days("谯家镇,乡镇人代会会议", "01-20 07-20")),
            of_one("夹石镇", 12, 5, 4, on_days("夹石镇,乡镇人代会会议", "01-20 07-20 12-20")),
            on_days("和平街道,街道议政代表大会会议", "01-20"),
            on_days("和平街道,乡镇人代会会议", "02-20 08-20"),
        ]
    )
    written = regulation("yanhe", "incentives")
    done = work(written, "\n".join(line for line in register.splitlines() if line), people)

    assert [points(done, name)["total"] for name in TOWNSHIPS[:6]] == [100, Fraction(191, 2), 90, 90, 15, 0]
    assert [grade(done, name) for name in TOWNSHIPS[:6]] == ["先进", "先进", "达标", "达标", "其他", "其他"]
    assert [proposed(name, [done]) for name in TOWNSHIPS[:3]] == [{"incentive"}, {"incentive"}, set()]
    assert missing(done, "和平街道") == {"stations": 12, "assemblies": 1}
