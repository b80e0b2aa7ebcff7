"""Who is who: one person in several rows, several persons of one name, new names and new phones."""

from pathlib import Path

import pytest

from lianxin.ground.people.models import Body, Mandate, Person, Region
from tests.ground.people.builders import make_congress
from tests.ground.people.workbooks import COUNTY, deputy, make_home, taken, workbook, wrong

pytestmark = pytest.mark.django_db

PHONE, OTHER = "13800000001", "13800000002"
TOWN = "石桥镇人民代表大会"


@pytest.fixture(autouse=True)
def congress() -> Body:
    congress = make_home()
    make_congress(Region.objects.get(name="石桥镇"), "township")
    return congress


def test_two_of_one_name_in_one_congress_are_two(tmp_path: Path) -> None:
    file = workbook(tmp_path, [deputy(), deputy(代表证号="002")])
    taken(file)
    assert Person.objects.filter(name="罗青禾").count() == 2
    assert taken(file).is_empty


def test_one_with_a_name_and_a_phone_in_two_congresses_is_one(tmp_path: Path) -> None:
    file = workbook(tmp_path, [deputy(手机=PHONE, 民族="汉族"), deputy(所属人大=TOWN, 手机=PHONE, 职务="村主任")])
    plan = taken(file)
    person = Person.objects.get()
    assert (person.mandates.count(), person.ethnicity, person.post) == (2, "汉族", "村主任")
    assert (len(plan.persons), len(plan.changed)) == (1, 0)
    assert taken(file).is_empty


def test_namesakes_in_two_congresses_without_phones_are_asked_about(tmp_path: Path) -> None:
    (problem,) = wrong(workbook(tmp_path, [deputy(), deputy(所属人大=TOWN, 手机=PHONE)]))
    assert (problem.cell, problem.header) == ("F3", "手机")
    assert "两位同名的人都要有手机号" in problem.expected


def test_namesakes_with_different_phones_are_two_and_the_report_says_so(tmp_path: Path) -> None:
    plan = taken(workbook(tmp_path, [deputy(手机=PHONE), deputy(所属人大=TOWN, 手机=OTHER)]))
    assert Person.objects.count() == 2
    assert [person.namesakes for person in plan.persons] == [0, 1]


def test_a_woman_and_a_man_of_one_name_need_no_phones(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(性别="女"), deputy(所属人大=TOWN, 性别="男")]))
    assert Person.objects.count() == 2


def test_rows_of_one_person_do_not_contradict_each_other(tmp_path: Path) -> None:
    rows = [deputy(手机=PHONE, 性别="女"), deputy(所属人大=TOWN, 手机=PHONE, 性别="男")]
    (problem,) = wrong(workbook(tmp_path, rows))
    assert (problem.cell, problem.found, problem.nearest) == ("G3", "男", "女")
    assert "第2行是同一个人" in problem.expected


def test_rows_of_one_known_person_do_not_contradict_each_other_either(tmp_path: Path) -> None:
    rows = [deputy(手机=PHONE), deputy(所属人大=TOWN, 手机=PHONE)]
    taken(workbook(tmp_path, rows))
    (problem,) = wrong(workbook(tmp_path, [rows[0] | {"手机": OTHER}, rows[1]]))
    assert (problem.cell, problem.nearest) == ("F3", OTHER)


def test_a_new_phone_is_taken_over_with_a_seat_that_it_names(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(手机=PHONE)]))
    plan = taken(workbook(tmp_path, [deputy(所属人大=TOWN, 手机=OTHER), deputy(手机=OTHER)]))
    assert Person.objects.get().phone == OTHER
    assert (len(plan.changed), len(plan.mandates)) == (1, 1)


def test_a_name_is_corrected_by_the_card_and_the_phone(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(手机=PHONE)]))
    taken(workbook(tmp_path, [deputy(手机=PHONE, 姓名="罗晓禾")]))
    person = Person.objects.get()
    assert (person.name, person.pinyin, person.initials) == ("罗晓禾", "luoxiaohe", "lxh")


def test_without_phones_one_character_of_a_name_can_be_corrected(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy()]))
    taken(workbook(tmp_path, [deputy(姓名="罗青和")]))
    assert Person.objects.get().name == "罗青和"


@pytest.mark.parametrize(("before", "after"), [({}, {}), ({"手机": PHONE}, {"手机": OTHER})])
def test_a_card_that_comes_with_another_name_is_no_correction(
    tmp_path: Path, before: dict[str, str], after: dict[str, str]
) -> None:
    taken(workbook(tmp_path, [deputy(**before)]))
    (problem,) = wrong(workbook(tmp_path, [deputy(姓名="谭秋实", **after)]))
    assert (problem.cell, problem.found, problem.nearest) == ("D2", "谭秋实", "罗青禾")
    assert Person.objects.get().name == "罗青禾"


def test_one_does_not_hold_two_cards_of_a_term(tmp_path: Path) -> None:
    rows = [deputy(手机=PHONE), deputy(手机=PHONE, 代表证号="050")]
    (problem,) = wrong(workbook(tmp_path, rows))
    assert (problem.cell, problem.nearest) == ("C3", "001")
    taken(workbook(tmp_path, rows[:1]))
    (problem,) = wrong(workbook(tmp_path, rows[1:]))
    assert (problem.cell, problem.nearest) == ("C2", "001")


def test_whoever_left_and_was_elected_again_holds_the_second_card(tmp_path: Path) -> None:
    first = deputy(手机=PHONE, 终止日期="2022-06-30", 终止原因="辞职获准")
    again = deputy(手机=PHONE, 代表证号="050", 产生方式="补选", 就任日期="2024-01-10")
    file = workbook(tmp_path, [first, again])
    taken(file)
    assert Person.objects.get().mandates.count() == 2
    assert taken(file).is_empty


def test_whoever_leaves_and_is_elected_again_in_one_file_does_both(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(手机=PHONE)]))
    first = deputy(手机=PHONE, 终止日期="2022-06-30", 终止原因="辞职获准")
    taken(workbook(tmp_path, [deputy(手机=PHONE, 代表证号="050", 就任日期="2024-01-10"), first]))
    assert list(Mandate.objects.order_by("card_number").values_list("card_number", "ending")) == [
        ("001", "resigned"),
        ("050", ""),
    ]


def test_a_card_that_differs_by_noughts_is_no_other_card(tmp_path: Path) -> None:
    first, second = wrong(workbook(tmp_path, [deputy(), deputy(代表证号=1, 姓名="谭秋实")]))
    assert (first.cell, second.cell, first.expected) == ("C2", "C3", second.expected)
    assert "第2行罗青禾的001和第3行谭秋实的1是同一个号码" in first.expected
    taken(workbook(tmp_path, [deputy()]))
    (problem,) = wrong(workbook(tmp_path, [deputy(代表证号=1)]))
    assert (problem.cell, problem.found, problem.nearest) == ("C2", "1", "001")


def test_a_card_that_stands_twice_is_told_at_each_row_with_its_holder_and_blames_no_name(tmp_path: Path) -> None:
    rows = [deputy(), deputy(代表证号="002", 姓名="谭秋实"), deputy(代表证号="003", 姓名="向晚亭")]
    taken(workbook(tmp_path, rows))
    told = wrong(workbook(tmp_path, [rows[0], rows[1] | {"代表证号": "003"}, rows[2]]))
    assert [(problem.cell, problem.header, problem.nearest) for problem in told] == [
        ("C3", "代表证号", ""),
        ("C4", "代表证号", ""),
    ]
    for problem in told:
        assert "第3行谭秋实的003和第4行向晚亭的003是同一个号码；平台里它是向晚亭的" in problem.expected


def test_a_card_that_stands_three_times_is_told_three_times(tmp_path: Path) -> None:
    told = wrong(workbook(tmp_path, [deputy(), deputy(姓名="谭秋实"), deputy(姓名="向晚亭")]))
    assert [problem.cell for problem in told] == ["C2", "C3", "C4"]
    assert "第2行罗青禾的001和第4行向晚亭的001是同一个号码" in told[2].expected
    assert "平台里" not in told[2].expected


def test_one_card_stands_in_two_congresses(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(), deputy(所属人大=TOWN, 姓名="谭秋实")]))
    assert set(Mandate.objects.values_list("congress__name", "card_number")) == {(COUNTY, "001"), (TOWN, "001")}


@pytest.mark.parametrize("name", ["𠮷䶮", "阿依古丽·买买提", "三" * 60])
def test_rare_and_long_names_come_in_whole(tmp_path: Path, name: str) -> None:
    file = workbook(tmp_path, [deputy(姓名=name)])
    taken(file)
    assert Person.objects.get().name == name
    assert taken(file).is_empty


@pytest.mark.parametrize("name", ["罗青禾😀", "三" * 61])
def test_what_is_no_name_stays_out(tmp_path: Path, name: str) -> None:
    (problem,) = wrong(workbook(tmp_path, [deputy(姓名=name)]))
    assert (problem.cell, problem.found) == ("D2", name)
