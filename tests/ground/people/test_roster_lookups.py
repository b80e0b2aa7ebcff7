"""What a roster names is looked up; what is not there is told with the nearest right word."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from lianxin.ground.access.policy import Answer
from lianxin.ground.core.clock import now, today
from lianxin.ground.people.models import Body, District, Mandate, Region, Term
from lianxin.ground.people.roster.problems import Problem
from lianxin.ground.people.roster.sheets import read
from lianxin.ground.people.roster.taking import RosterRefused, take_over
from tests.ground.people.builders import make_congress, make_county, make_district, make_region
from tests.ground.people.workbooks import COUNTY, deputy, district, make_home, taken, workbook, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def congress() -> Body:
    return make_home()


def only(folder: Path, **facts: Any) -> Problem:
    """The one mistake of a roster of one deputy with these facts."""
    (problem,) = wrong(workbook(folder, [deputy(**facts)]))
    return problem


def only_district(folder: Path, *rows: dict[str, Any]) -> Problem:
    (problem,) = wrong(workbook(folder, [deputy()], rows))
    return problem


def test_an_unknown_congress_is_told_with_the_nearest(tmp_path: Path) -> None:
    problem = only(tmp_path, 所属人大="云江区人大")
    assert (problem.cell, problem.header, problem.found) == ("A2", "所属人大", "云江区人大")
    assert (problem.nearest, COUNTY in problem.expected) == (COUNTY, True)


def test_a_term_that_does_not_exist_is_told_with_those_that_do(tmp_path: Path) -> None:
    problem = only(tmp_path, 届次=70)
    assert (problem.cell, problem.found, problem.expected) == ("B2", "70", f"{COUNTY}已经建立的届：7")
    assert not problem.nearest


def test_nobody_new_sits_in_a_term_that_is_over(tmp_path: Path) -> None:
    Term.objects.update(ends_on=date(2025, 12, 31))
    assert "到2025-12-31为止" in only(tmp_path).expected
    taken(workbook(tmp_path, [deputy(终止日期="2025-12-31", 终止原因="任期届满")]))


def test_a_district_is_named_by_its_number_or_its_name_from_the_file_or_the_platform(
    congress: Body, tmp_path: Path
) -> None:
    make_district(congress, Region.objects.get(name="茶山村"), number="2", name="第二选区")
    rows = [deputy(代表证号=f"{n}", 姓名=name, 选区编号=said) for n, (name, said) in enumerate(
        [("罗青禾", "1"), ("谭秋实", "第一选区"), ("向晚亭", 2), ("何松涛", "第二选区")], start=101
    )]  # fmt: skip
    taken(workbook(tmp_path, rows, [district()]))
    sat = Mandate.objects.order_by("card_number").values_list("district__number", flat=True)
    assert list(sat) == ["1", "1", "2", "2"]


def test_an_unknown_district_is_told_with_the_nearest(congress: Body, tmp_path: Path) -> None:
    make_district(congress, Region.objects.get(name="茶山村"), number="2", name="第二选区")
    problem = only(tmp_path, 选区编号="第二选举区")
    assert (problem.cell, problem.nearest) == ("F2", "第二选区")


@pytest.mark.parametrize(
    ("said", "meant"), [("21", "12"), ("120", ""), ("999", ""), ("13", ""), ("第21选区", "第12选区")]
)
def test_a_number_is_guessed_only_where_two_digits_changed_places(
    congress: Body, tmp_path: Path, said: str, meant: str
) -> None:
    make_district(congress, Region.objects.get(name="茶山村"), number="9", name="第9选区")
    make_district(congress, Region.objects.get(name="橘林村"), number="12", name="第12选区")
    assert only(tmp_path, 选区编号=said).nearest == meant


def test_a_name_that_two_districts_share_needs_the_number(congress: Body, tmp_path: Path) -> None:
    make_district(congress, Region.objects.get(name="茶山村"), number="2", name="机关选区")
    make_district(congress, Region.objects.get(name="橘林村"), number="3", name="机关选区")
    assert "编号是2、3" in only(tmp_path, 选区编号="机关选区").expected


def test_a_mistake_in_a_districts_line_makes_no_second_one_at_its_deputies(tmp_path: Path) -> None:
    rows = [deputy(选区编号="1"), deputy(代表证号="002", 姓名="谭秋实", 选区编号="1")]
    (problem,) = wrong(workbook(tmp_path, rows, [district(村社区="柳溪")]))
    assert (problem.sheet, problem.cell, problem.nearest) == ("选区", "E2", "柳溪村")


def test_an_unknown_township_and_village_are_told_with_the_nearest(tmp_path: Path) -> None:
    township = only_district(tmp_path, district(乡镇街道="石桥乡"))
    assert (township.cell, township.nearest, township.expected) == ("D2", "石桥镇", "云江区的一个乡镇或街道")
    village = only_district(tmp_path, district(村社区="橘子林村"))
    assert (village.cell, village.nearest, village.expected) == ("E2", "橘林村", "石桥镇的一个村或社区")


@pytest.mark.parametrize("said", ["橘林村", "橘林村村民委员会", " 橘林村委会 "])
def test_a_village_committee_stands_for_its_village(tmp_path: Path, said: str) -> None:
    taken(workbook(tmp_path, [deputy()], [district(村社区=said)]))
    assert District.objects.get().parts.get().region.name == "橘林村"


def test_a_village_name_that_stands_twice_in_a_township_needs_the_code(tmp_path: Path) -> None:
    second = make_region("柳溪村", "village", Region.objects.get(name="石桥镇"), code="990000000999")
    problem = only_district(tmp_path, district())
    assert (problem.cell, second.code in problem.expected) == ("E2", True)
    taken(workbook(tmp_path, [deputy()], [district(村社区=int(second.code))]))
    assert District.objects.get().parts.get().region == second


def test_villages_of_one_name_in_two_townships_are_told_apart_by_the_township(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy()], [district(), district(编号="2", 名称="第二选区", 乡镇街道="花溪乡")]))
    covered = District.objects.order_by("number").values_list("parts__region__parent__name", flat=True)
    assert list(covered) == ["石桥镇", "花溪乡"]


def test_a_place_in_two_districts_is_told_whether_in_the_file_or_on_the_platform(
    congress: Body, tmp_path: Path
) -> None:
    again = only_district(tmp_path, district(), district(编号="2", 名称="第二选区"))
    assert (again.cell, "柳溪村现在属于第一选区" in again.expected) == ("E3", True)
    make_district(congress, Region.objects.get(name="石桥镇"), number="9", name="石桥选区")
    assert "现在属于石桥选区" in only_district(tmp_path, district()).expected


def test_a_township_is_no_district_where_one_of_its_villages_is_in_another(congress: Body, tmp_path: Path) -> None:
    make_district(congress, Region.objects.get(name="橘林村"), number="9", name="橘林选区")
    problem = only_district(tmp_path, district(村社区=None))
    assert (problem.cell, problem.header, "橘林选区" in problem.expected) == ("D2", "乡镇街道", True)


def test_two_lines_of_one_district_agree_on_its_name(tmp_path: Path) -> None:
    problem = only_district(tmp_path, district(), district(名称="第1选区", 村社区="橘林村"))
    assert (problem.cell, problem.nearest) == ("C3", "第一选区")


def test_deputies_elected_in_districts_have_no_electing_body(tmp_path: Path) -> None:
    assert "由选区选出" in only(tmp_path, 选举单位=COUNTY).expected


def test_deputies_of_higher_levels_are_elected_by_the_congress_below(congress: Body, tmp_path: Path) -> None:
    city = make_congress(Region.objects.get(name="澄州市"), "city")
    assert "低一级" in only(tmp_path, 所属人大=city.name, 选举单位=city.name).expected
    taken(workbook(tmp_path, [deputy(所属人大=city.name, 选举单位=COUNTY)]))
    assert Mandate.objects.get().electing_body == congress


def test_congresses_of_one_name_are_told_apart_by_the_places_around_them(tmp_path: Path) -> None:
    other = make_county("青河县")
    first, second = (
        make_congress(Region.objects.get(name="石桥镇", parent__name=county), "township")
        for county in ("云江区", "青河县")
    )
    assert other.name == "青河县"
    problem = only(tmp_path, 所属人大=first.name)
    assert "云江区石桥镇人民代表大会、青河县石桥镇人民代表大会" in problem.expected
    taken(workbook(tmp_path, [deputy(所属人大="青河县石桥镇人民代表大会")]))
    assert Mandate.objects.get().congress == second


def test_no_mistake_in_a_row_hides_another(tmp_path: Path) -> None:
    facts = {"所属人大": "云江区人大", "手机": "138", "终止日期": "2020-01-01", "性别": "男性"}
    told = {problem.header: problem.expected for problem in wrong(workbook(tmp_path, [deputy(**facts)]))}
    assert told.keys() == {"所属人大", "手机", "终止日期", "性别", "终止原因"}
    assert "不早于就任日期2021-12-03" in told["终止日期"]


def test_no_mistake_in_a_row_hides_those_of_other_rows_however_they_are_found(tmp_path: Path) -> None:
    rows = [
        deputy(手机="138"),
        deputy(代表证号="002", 姓名="谭秋实"),
        deputy(代表证号="2", 姓名="向晚亭"),
        deputy(代表证号="003", 姓名="何松涛", 选区编号="7"),
    ]
    districts = [district(), district(编号="2", 名称="第二选区")]
    told = {(problem.sheet, problem.cell) for problem in wrong(workbook(tmp_path, rows, districts))}
    assert told == {("代表名册", "F2"), ("代表名册", "C3"), ("代表名册", "C4"), ("代表名册", "G5"), ("选区", "E3")}


def test_an_ending_has_a_day_and_a_reason(tmp_path: Path) -> None:
    assert only(tmp_path, 终止日期="2023-05-01").header == "终止原因"
    assert only(tmp_path, 终止原因="辞职获准").header == "终止日期"


def test_a_mandate_ends_today_or_earlier_and_not_on_a_day_to_come(tmp_path: Path) -> None:
    tomorrow = today() + timedelta(days=1)
    problem = only(tmp_path, 终止日期=tomorrow, 终止原因="任期届满")
    assert (problem.cell, problem.header, problem.found) == ("F2", "终止日期", str(tomorrow))
    assert f"今天（{today()}）或更早" in problem.expected
    taken(workbook(tmp_path, [deputy(终止日期=today(), 终止原因="任期届满")]))
    assert Mandate.objects.get().ends_on == today()


def test_a_row_beyond_ones_reach_is_refused_with_the_reason(congress: Body, tmp_path: Path) -> None:
    township = make_congress(Region.objects.get(name="石桥镇"), "township")
    rows = [deputy(), deputy(代表证号="002", 姓名="谭秋实", 所属人大=township.name)]
    file = workbook(tmp_path, rows, [district()])

    def may(body: Body) -> Answer:
        return Answer(body == township, "这不在您负责的范围里")

    with pytest.raises(RosterRefused) as refused:
        take_over(read(file), by=None, at=now(), may=may)
    told = [(problem.sheet, problem.cell) for problem in refused.value.problems]
    assert told == [("选区", "A2"), ("代表名册", "A2")]
    assert all("这不在您负责的范围里" in problem.expected for problem in refused.value.problems)
    assert not Mandate.objects.exists()
    take_over(read(workbook(tmp_path, rows[1:])), by=None, at=now(), may=may)
    assert Mandate.objects.get().congress == township


def test_nobody_is_put_into_a_group_beyond_ones_reach(congress: Body, tmp_path: Path) -> None:
    township = make_congress(Region.objects.get(name="石桥镇"), "township")
    Body.objects.create(kind="group", name="区直小组", parent=congress, region=congress.region, level="county")
    file = workbook(tmp_path, [deputy(所属人大=township.name, 代表小组="区直小组")])
    with pytest.raises(RosterRefused) as refused:
        take_over(read(file), by=None, at=now(), may=lambda body: Answer(body == township, "不归您管"))
    (problem,) = refused.value.problems
    assert (problem.header, "不归您管" in problem.expected) == ("代表小组", True)
