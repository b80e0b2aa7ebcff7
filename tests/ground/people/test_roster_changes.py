"""A roster that comes again: what changed is changed, with an event for each; everything else stays."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import Workbook

from lianxin.ground.core import clock
from lianxin.ground.core.clock import today
from lianxin.ground.core.events import tell
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body, District, DistrictPart, Mandate, MandatePause, Membership, Person, Region
from lianxin.ground.people.roster import report
from lianxin.ground.people.roster.sheets import read
from lianxin.ground.people.roster.taking import look
from tests.ground.people.builders import make_congress, make_district
from tests.ground.people.workbooks import deputy, district, fill, make_home, taken, workbook, wrong

pytestmark = pytest.mark.django_db

PHONE = "13800000001"


@pytest.fixture(autouse=True)
def congress() -> Body:
    return make_home()


def kinds() -> list[str]:
    """What the record tells, apart from the imports themselves."""
    told = Event.objects.exclude(kind="people.roster_taken_over").order_by("id")
    return list(told.values_list("kind", flat=True))


def memberships() -> list[tuple[str, date | None, date | None]]:
    return list(Membership.objects.order_by("starts_on", "id").values_list("body__name", "starts_on", "ends_on"))


# Deputies


def test_a_changed_cell_changes_its_column_and_a_blank_one_none(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(手机=PHONE, 行业="农民", 工作单位="石桥中学", 同意公开手机="是")]))
    plan = taken(workbook(tmp_path, [deputy(手机="13800000009", 行业="教师", 工作单位=None)]))
    mandate = Mandate.objects.select_related("person").get()
    assert (mandate.person.phone, mandate.trade) == ("13800000009", "教师")
    assert (mandate.person.employer, mandate.person.is_phone_public) == ("石桥中学", True)
    assert (len(plan.changed), plan.unchanged) == (2, 0)
    assert kinds()[-2:] == ["people.person_changed", "people.mandate_changed"]


def test_the_record_says_which_columns_changed_and_never_what(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(手机=PHONE)]))
    taken(workbook(tmp_path, [deputy(手机="13800000009", 职务="校长")]))
    event = Event.objects.get(kind="people.person_changed")
    assert "职务、手机" in tell([event])[0].sentence
    assert "1380" not in str(event.facts)


def test_a_deputy_moves_to_another_district(tmp_path: Path) -> None:
    districts = [district(), district(编号="2", 名称="第二选区", 村社区="橘林村")]
    taken(workbook(tmp_path, [deputy(选区编号="1")], districts))
    taken(workbook(tmp_path, [deputy(选区编号="2")]))
    assert Mandate.objects.get().district == District.objects.get(number="2")
    assert kinds()[-1] == "people.mandate_changed"


def test_a_mandate_that_ended_ends_with_its_day_and_reason(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(代表小组="石桥小组")]))
    file = workbook(tmp_path, [deputy(代表小组="石桥小组", 终止日期="2025-03-31", 终止原因="迁出或调离")])
    plan = taken(file)
    mandate = Mandate.objects.get()
    assert (mandate.ends_on, mandate.ending, len(plan.endings)) == (date(2025, 3, 31), "transferred", 1)
    assert memberships() == [("石桥小组", date(2021, 12, 3), date(2025, 3, 31))]
    assert kinds()[-2:] == ["people.mandate_ended", "people.left"]
    assert taken(file).is_empty


def test_a_pause_ends_with_the_mandate(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy()]))
    mandate = Mandate.objects.get()
    mandate.pause("leave", on=date(2025, 5, 1), by=None, at=clock.now())
    taken(workbook(tmp_path, [deputy(终止日期="2025-03-31", 终止原因="去世")]))
    assert not MandatePause.objects.filter(ends_on__isnull=True).exists()


def test_a_mandate_that_had_ended_before_it_came_leaves_both_events(tmp_path: Path) -> None:
    row = deputy(代表小组="石桥小组", 终止日期="2023-05-01", 终止原因="去世")
    file = workbook(tmp_path, [row])
    taken(file)
    assert kinds() == ["people.mandate_began", "people.mandate_ended"]
    assert not Membership.objects.exists()
    assert taken(file).is_empty


def test_what_was_recorded_as_ended_is_not_ended_otherwise(tmp_path: Path) -> None:
    ended = deputy(终止日期="2023-05-01", 终止原因="去世")
    taken(workbook(tmp_path, [ended]))
    for facts, header in (
        ({"终止日期": "2023-06-01"}, "终止日期"),
        ({"终止原因": "辞职获准"}, "终止原因"),
        ({"终止日期": None, "终止原因": None, "就任日期": "2024-01-01"}, "就任日期"),
    ):
        (problem,) = wrong(workbook(tmp_path, [ended | facts]))
        assert problem.header == header
    assert taken(workbook(tmp_path, [deputy()])).is_empty


def test_a_row_that_is_gone_changes_nothing(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(), deputy(代表证号="002", 姓名="谭秋实")]))
    assert taken(workbook(tmp_path, [deputy()])).is_empty
    assert Mandate.objects.filter(ends_on__isnull=True).count() == 2


def test_a_whole_term_ends_and_another_begins_in_one_file(congress: Body, tmp_path: Path) -> None:
    congress.terms.create(number=8, starts_on=date(2025, 1, 8))
    names = {"001": "罗青禾", "002": "谭秋实"}
    old = [deputy(代表证号=card, 姓名=name, 手机=f"138000000{card[1:]}") for card, name in names.items()]
    taken(workbook(tmp_path, [row | {"代表小组": "石桥小组"} for row in old]))
    ended = [row | {"终止日期": "2025-01-07", "终止原因": "任期届满"} for row in old]
    elected = [old[0] | {"届次": 8, "代表证号": "301", "就任日期": "2025-01-08", "代表小组": "石桥小组"}]
    file = workbook(tmp_path, ended + elected)
    plan = taken(file)
    assert (len(plan.endings), len(plan.mandates), len(plan.persons)) == (2, 1, 0)
    assert [m.person.name for m in Membership.objects.filter(ends_on__isnull=True)] == ["罗青禾"]
    assert taken(file).is_empty


# Groups


def test_who_moves_to_another_group_leaves_the_old_one_the_day_before(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(代表小组="石桥小组")]))
    file = workbook(tmp_path, [deputy(代表小组="花溪小组")])
    plan = taken(file)
    yesterday = date.fromordinal(today().toordinal() - 1)
    assert memberships() == [("石桥小组", date(2021, 12, 3), yesterday), ("花溪小组", today(), None)]
    assert (len(plan.groups), len(plan.leaving), len(plan.joining)) == (1, 1, 1)
    assert kinds()[-3:] == ["people.body_founded", "people.left", "people.joined"]
    assert taken(file).is_empty


def test_a_move_that_is_corrected_the_same_day_leaves_one_membership(tmp_path: Path) -> None:
    for group in ("石桥小组", "石桥小姐", "花溪小组"):
        taken(workbook(tmp_path, [deputy(代表小组=group)]))
    assert [name for name, _from, to in memberships() if to is None] == ["花溪小组"]
    assert len(memberships()) == 2


def test_a_new_group_is_as_old_as_its_first_member(congress: Body, tmp_path: Path) -> None:
    rows = [
        deputy(代表小组="石桥小组", 就任日期="2022-06-01"),
        deputy(代表证号="002", 姓名="谭秋实", 代表小组="石桥小组"),
    ]
    taken(workbook(tmp_path, rows))
    group = Body.objects.get(kind="group")
    assert (group.parent, group.level, group.starts_on) == (congress, "county", date(2021, 12, 3))


def test_a_member_who_leads_the_group_goes_on_leading_it(tmp_path: Path) -> None:
    file = workbook(tmp_path, [deputy(代表小组="石桥小组")])
    taken(file)
    Membership.objects.update(role="head")
    assert taken(file).is_empty


def test_a_county_deputy_sits_in_the_group_of_a_township(congress: Body, tmp_path: Path) -> None:
    township = make_congress(Region.objects.get(name="石桥镇"), "township")
    group = Body.objects.create(kind="group", name="石桥镇代表小组", parent=township, region=township.region)
    taken(workbook(tmp_path, [deputy(代表小组="石桥镇代表小组")]))
    assert Membership.objects.get().body == group
    taken(workbook(tmp_path, [deputy(代表小组="区直小组")]))
    assert [name for name, _from, to in memberships() if to is None] == ["区直小组"]


def test_a_group_of_another_congress_in_which_one_has_a_seat_is_left_alone(tmp_path: Path) -> None:
    township = make_congress(Region.objects.get(name="石桥镇"), "township")
    rows = [deputy(手机=PHONE, 代表小组="区直小组"), deputy(所属人大=township.name, 手机=PHONE, 代表小组="石桥小组")]
    taken(workbook(tmp_path, rows))
    taken(workbook(tmp_path, [rows[0] | {"代表小组": "城区小组"}]))
    assert {name for name, _from, to in memberships() if to is None} == {"城区小组", "石桥小组"}


# Districts


def test_the_first_districts_of_a_congress_hold_from_ever_and_later_ones_from_today(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy()], [district(名额=2)]))
    taken(workbook(tmp_path, [deputy()], [district(名额=2), district(编号="2", 名称="第二选区", 村社区="橘林村")]))
    drawn = District.objects.order_by("number").values_list("number", "seats", "starts_on", "parts__starts_on")
    assert list(drawn) == [("1", 2, None, None), ("2", None, today(), today())]
    assert kinds().count("people.district_drawn") == 2


def test_a_district_can_be_renamed_and_grow(congress: Body, tmp_path: Path) -> None:
    make_district(congress, Region.objects.get(name="柳溪村", parent__name="石桥镇"), name="第一选举区")
    file = workbook(tmp_path, [deputy()], [district(), district(村社区="橘林村")])
    plan = taken(file)
    assert (len(plan.changed), len(plan.parts)) == (1, 1)
    assert District.objects.get().name == "第一选区"
    assert DistrictPart.objects.get(region__name="橘林村").starts_on == today()
    redrawn = Event.objects.get(kind="people.district_redrawn")
    assert (redrawn.measures.get().count, kinds().count("people.district_changed")) == (2, 1)
    assert taken(file).is_empty


def test_the_whole_of_a_township_can_be_one_district(tmp_path: Path) -> None:
    file = workbook(tmp_path, [deputy()], [district(村社区=None)])
    taken(file)
    assert DistrictPart.objects.get().region.name == "石桥镇"
    assert taken(file).is_empty


# The record


def test_every_change_happens_when_it_happened_and_is_recorded_now(tmp_path: Path) -> None:
    at = datetime(2026, 6, 1, 9, tzinfo=timezone.get_default_timezone())
    with clock.travel(at):
        taken(workbook(tmp_path, [deputy(代表小组="石桥小组")]))
    began, joined = (Event.objects.get(kind=f"people.{what}") for what in ("mandate_began", "joined"))
    assert [event.happened_on for event in (began, joined)] == [date(2021, 12, 3)] * 2
    assert {event.recorded_at for event in (began, joined)} == {at}


def test_the_import_is_recorded_with_its_counts_and_the_file(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(), deputy(代表证号="002", 姓名="谭秋实")]))
    event = Event.objects.get(kind="people.roster_taken_over")
    counts = dict(event.measures.values_list("name", "count"))
    assert counts == {"persons": 2, "mandates": 2, "changed": 0, "endings": 0}
    assert len(event.facts["file"]) == 64
    assert Person.objects.count() == 2


def test_the_preview_tells_district_phone_group_and_row_in_one_line(congress: Body, tmp_path: Path) -> None:
    make_district(congress, Region.objects.get(name="橘林村"), number="3", name="橘林选区")
    row = deputy(届次="第七届", 手机="13800000017", 选区编号="3", 代表小组="石桥小组")

    told = list(report.lines(look(read(workbook(tmp_path, [row])))))

    assert [(line.what, line.row) for line in told] == [("新增代表", "代表名册 2"), ("新增小组", "")]
    assert told[0].detail == "云江区人民代表大会第7届；选区3 橘林选区；证号001；手机尾号0017；石桥小组"
    assert report.count(look(read(workbook(tmp_path, [row])))) == len(told)


def test_what_changes_names_the_row_that_says_so(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(), deputy(代表证号="002", 姓名="谭秋实")]))
    changed = [deputy(职务="校长"), deputy(代表证号="002", 姓名="谭秋实", 终止日期="2026-03-31", 终止原因="辞职获准")]

    told = {line.what: line.row for line in report.lines(look(read(workbook(tmp_path, changed))))}

    assert told == {"改动": "代表名册 2", "终止": "代表名册 3"}


def test_changes_are_told_sheet_by_sheet_and_down_each_of_them(tmp_path: Path) -> None:
    rows = [deputy(代表证号=f"00{n}", 姓名=name) for n, name in enumerate(["罗青禾", "谭秋实", "向晚亭", "何松涛"])]
    taken(workbook(tmp_path, rows))

    def another(book: Workbook) -> None:
        fill(book.create_sheet("花溪乡"), [rows[2] | {"姓名": "向晚晴"}, rows[3] | {"职务": "社长"}])

    first = [deputy(代表证号="000", 行业="农民", 职务=None), rows[1] | {"姓名": "谭秋石", "职务": "校长"}]
    first.append(deputy(代表证号="004", 姓名="温渡舟"))
    told = list(report.lines(look(read(workbook(tmp_path, first, change=another)))))

    assert [(line.what, line.row) for line in told] == [
        ("改姓名", "代表名册 3"),
        ("改姓名", "花溪乡 2"),
        ("改动", "代表名册 2"),
        ("改动", "花溪乡 3"),
        ("新增代表", "代表名册 4"),
    ]


def test_who_would_be_called_otherwise_stands_first_and_whose_name_is_taken_before(tmp_path: Path) -> None:
    rows = [
        deputy(代表证号=f"00{n}", 姓名=name, 手机=f"1380000000{n}")
        for n, name in enumerate(["罗青禾", "谭秋实", "向晚亭", "何松涛"])
    ]
    taken(workbook(tmp_path, rows))
    changed = [
        rows[0] | {"职务": "校长"},
        rows[1] | {"姓名": "谭秋石"},
        rows[2] | {"姓名": "何松涛", "职务": "社长"},
        rows[3],
    ]

    plan = look(read(workbook(tmp_path, changed)))

    told = [(line.what, line.name, line.row, line.tone) for line in report.lines(plan)]
    assert told == [
        ("改姓名", "向晚亭", "代表名册 4", "red"),
        ("改姓名", "谭秋实", "代表名册 3", "ochre"),
        ("改动", "罗青禾", "代表名册 2", ""),
    ]
    assert "另一位在任代表就叫何松涛" in next(report.lines(plan)).detail
    kept = report.as_json(plan)
    assert (kept["renamed"], kept["names_taken"], report.count(plan)) == (2, 1, 3)


def test_the_name_of_a_deputy_who_leaves_in_the_same_file_is_not_taken(tmp_path: Path) -> None:
    rows = [deputy(手机=PHONE), deputy(代表证号="002", 姓名="谭秋实", 手机="13800000002")]
    taken(workbook(tmp_path, rows))
    changed = [rows[0] | {"姓名": "谭秋实"}, rows[1] | {"终止日期": "2025-03-31", "终止原因": "去世"}]
    assert report.as_json(look(read(workbook(tmp_path, changed))))["names_taken"] == 0


def test_a_trade_that_nobody_has_yet_is_a_note_and_no_mistake(tmp_path: Path) -> None:
    assert not taken(workbook(tmp_path, [deputy(行业="教师")])).notes
    rows = [deputy(行业="教师"), deputy(代表证号="002", 姓名="谭秋实", 行业="老师")]
    (note,) = look(read(workbook(tmp_path, rows))).notes
    assert note.startswith("新的行业写法：老师（代表名册第3行；平台里有教师）")
    taken(workbook(tmp_path, rows))
    assert not look(read(workbook(tmp_path, [rows[0] | {"行业": "老师"}]))).notes


def test_of_many_new_trades_the_first_ten_are_told(tmp_path: Path) -> None:
    taken(workbook(tmp_path, [deputy(行业="教师")]))
    rows = [
        deputy(代表证号=f"1{n:02}", 姓名=f"罗{name}", 行业=f"行当{n}")
        for n, name in enumerate("甲乙丙丁戊己庚辛壬癸子丑")
    ]
    notes = look(read(workbook(tmp_path, rows))).notes
    assert (len(notes), notes[-1]) == (11, "还有2种新的行业写法。")
