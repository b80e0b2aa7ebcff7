"""The roster goes out and comes back: the same workbook changes nothing."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body, Mandate, Membership, Person, Region
from lianxin.ground.people.roster.sheets import read
from lianxin.ground.people.roster.taking import RosterRefused, take_over
from lianxin.ground.people.roster.writing import write
from tests.ground.people.builders import (
    make_congress,
    make_district,
    make_mandate,
    make_person,
    make_region,
)
from tests.ground.people.workbooks import deputy, make_home, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def congress() -> Body:
    return make_home()


def test_a_new_roster_makes_persons_seats_groups_and_their_events(congress: Body, tmp_path: Path) -> None:
    file = workbook(
        tmp_path, [deputy(手机="13800000001", 代表小组="石桥第一小组"), deputy(代表证号="002", 姓名="谭秋实")]
    )

    plan = take_over(read(file), by=None, at=now())

    assert (plan.counts()["persons"], plan.counts()["mandates"]) == (2, 2)
    mandate = Mandate.objects.get(card_number="001")
    assert (mandate.person.phone, mandate.starts_on) == ("13800000001", date(2021, 12, 3))
    assert mandate.person.pinyin == "luoqinghe"
    assert Membership.objects.get(person=mandate.person).body.name == "石桥第一小组"
    began = Event.objects.get(kind="people.mandate_began", subject_id=mandate.id)
    assert began.happened_on == date(2021, 12, 3)
    assert Event.objects.filter(kind="people.roster_taken_over").count() == 1


def test_the_same_file_twice_changes_nothing(congress: Body, tmp_path: Path) -> None:
    file = workbook(
        tmp_path, [deputy(手机="13800000001", 代表小组="石桥第一小组"), deputy(代表证号="002", 姓名="谭秋实")]
    )
    take_over(read(file), by=None, at=now())
    events = Event.objects.count()

    plan = take_over(read(file), by=None, at=now())

    assert plan.is_empty
    assert plan.unchanged == 2
    assert Event.objects.count() == events


def test_the_exported_sheet_comes_back_without_a_change(congress: Body, tmp_path: Path) -> None:
    villages = list(congress.region.parts.get(name="石桥镇").parts.all())
    district = make_district(congress, *villages)
    make_mandate(congress, make_person(phone="13800000001", sex="f", is_phone_public=True), district=district)
    make_mandate(
        congress, make_person("向晚亭"), starts_on=date(2022, 1, 5), ends_on=date(2023, 5, 1), ending="resigned"
    )
    file = tmp_path / "roster.xlsx"
    with file.open("wb") as out:
        write(out, with_rows=True)

    plan = take_over(read(file), by=None, at=now())

    assert plan.is_empty, plan.counts()
    assert plan.unchanged == 2


def test_one_mistake_keeps_everything_out(congress: Body, tmp_path: Path) -> None:
    file = workbook(tmp_path, [deputy(), deputy(代表证号="002", 姓名="谭秋实", 就任日期="去年冬天")])

    with pytest.raises(RosterRefused) as refused:
        take_over(read(file), by=None, at=now())

    (problem,) = list(refused.value.problems)
    assert (problem.sheet, problem.cell, problem.found) == ("代表名册", "E3", "去年冬天")
    assert not Person.objects.exists()


def test_two_persons_of_one_name_in_one_congress_are_two(congress: Body, tmp_path: Path) -> None:
    file = workbook(tmp_path, [deputy(), deputy(代表证号="002")])

    take_over(read(file), by=None, at=now())

    assert Person.objects.filter(name="罗青禾").count() == 2


def test_a_person_with_seats_in_two_congresses_is_one(congress: Body, tmp_path: Path) -> None:
    make_congress(congress.region.parts.get(name="石桥镇"), level="township")
    second = deputy(所属人大="石桥镇人民代表大会", 手机="13800000001")
    file = workbook(tmp_path, [deputy(手机="13800000001"), second])

    take_over(read(file), by=None, at=now())

    assert Person.objects.get().mandates.count() == 2


def test_namesakes_in_two_congresses_without_phones_are_asked_about(congress: Body, tmp_path: Path) -> None:
    make_congress(congress.region.parts.get(name="石桥镇"), level="township")
    file = workbook(tmp_path, [deputy(), deputy(所属人大="石桥镇人民代表大会")])

    with pytest.raises(RosterRefused) as refused:
        take_over(read(file), by=None, at=now())

    assert "手机号" in str(next(iter(refused.value.problems)))


def test_villages_of_one_name_are_exported_by_name_and_code_and_read_back(congress: Body, tmp_path: Path) -> None:
    township = congress.region.parts.get(name="石桥镇")
    twin = make_region("柳溪村", parent=township)
    make_district(congress, twin, number="9", name="第九选区")
    out = BytesIO()
    write(out, with_rows=True)
    file = tmp_path / "out.xlsx"
    file.write_bytes(out.getvalue())

    villages = [row[5] for row in load_workbook(file)["选区"].iter_rows(min_row=2, values_only=True)]

    assert villages == [f"柳溪村 {twin.code}"]
    assert take_over(read(file), by=None, at=now()).is_empty


def test_a_district_over_grids_goes_out_without_them_and_stays_as_it_is(congress: Body, tmp_path: Path) -> None:
    grid = Region.objects.get(name="橘林村").add_grid("第一网格", by=None, at=now())
    district = make_district(congress, grid, Region.objects.get(name="渡口村"))
    out = BytesIO()
    write(out, with_rows=True)
    file = tmp_path / "out.xlsx"
    file.write_bytes(out.getvalue())

    assert take_over(read(file), by=None, at=now()).is_empty
    assert district.parts.count() == 2
