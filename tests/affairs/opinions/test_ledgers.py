"""A ledger that was taken out comes in again: the same day, place, words and subject, and never twice."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from django.utils.translation import override

from lianxin.affairs.opinions import importing
from lianxin.affairs.opinions.actions import telling
from lianxin.affairs.opinions.importing import Desk, Report, TableRefused
from lianxin.affairs.opinions.models import Channel, Opinion
from lianxin.affairs.opinions.registers import REGISTERS, write
from lianxin.affairs.opinions.routing import Complaint
from lianxin.affairs.stations.models import Station
from lianxin.ground.access.models import Grant, User
from lianxin.ground.cases.models import Case, Handover, Reply
from lianxin.ground.core.clock import now, today
from lianxin.ground.people.models import Region
from tests.affairs.opinions.bringing import LEDGER, RECEPTION, saved, sheet
from tests.affairs.opinions.builders import NOON, Office, make_opinion
from tests.affairs.stations.builders import OPENED_ON, make_shift
from tests.ground.access.builders import make_grant
from tests.ground.people.builders import make_mandate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
FORMULA = "=cmd|' /C calc'!A0 村口的路灯不亮"
ROW = {"收到日期": date(2026, 3, 1), "哪里的事": "石桥镇 橘林村", "原话": "自来水断断续续。"}


@contextmanager
def elsewhere() -> Iterator[None]:
    """Another platform of the same places: nothing of what is done there stays here."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def desk(office: Office, travel: Any) -> User:
    travel(NOON)
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    return office.clerk


def taken_out(kind: str, station: Station, user: User) -> bytes:
    out = io.BytesIO()
    write(out, REGISTERS[kind], REGISTERS[kind].rows(station, 2026, user))
    return out.getvalue()


def cells_of(content: bytes, *heads: str) -> list[tuple[Any, ...]]:
    first, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    at = [first.index(head) for head in heads]
    return [tuple(row[index] for index in at) for row in rows]


def file(folder: Path, content: bytes, name: str = "台账.xlsx") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def look(folder: Path, content: bytes, user: User, station: Station | None = None, name: str = "台账.xlsx") -> Report:
    at = file(folder, content, name)
    return importing.look(importing.read(at).rows, Desk.of(user, station, name))


def take(folder: Path, content: bytes, user: User, station: Station | None = None, name: str = "台账.xlsx") -> Report:
    at = file(folder, content, name)
    return importing.take_over(importing.read(at).rows, Desk.of(user, station, name), at=now())


def said(report: Report) -> list[tuple[str, str]]:
    return [(problem.cell, problem.expected) for problem in report.problems]


CARRIED = ("收到日期", "哪里的事", "类别", "原话")


def test_a_ledger_goes_round_and_nothing_of_it_is_lost(office: Office, desk: User, tmp_path: Path) -> None:
    with elsewhere():
        _a_year(office)
        out = taken_out("ledger", office.station, desk)
    assert Opinion.objects.count() == 0

    looked = look(tmp_path, out, desk, office.station)
    assert (looked.told, looked.known, looked.wrong) == (4, 0, [])
    assert Opinion.objects.count() == 0
    report = take(tmp_path, out, desk, office.station)
    assert (report.told, report.known, report.wrong) == (4, 0, [])

    again = taken_out("ledger", office.station, desk)
    assert cells_of(again, *CARRIED) == cells_of(out, *CARRIED)
    assert {channel for (channel,) in cells_of(again, "来路")} == {"导入"}
    for content in (out, again):  # by what they say, and by the numbers that they have here
        second = take(tmp_path, content, desk, office.station, "另存的.xlsx")
        assert (second.told, second.known, second.wrong) == (0, 4, [])


def _a_year(office: Office) -> None:
    village = office.village
    for number, (words, facts) in enumerate(
        [
            (FORMULA, {"subject": "roads"}),
            ("我叫王秀兰，电话13800001234，水管漏了。", {"subject": "water", "spot": "老桥头"}),
            ("㛃河边的𠮷祥桥\n栏杆断了。", {}),
            ("垃圾没人收。", {"region": village.parent}),
        ]
    ):
        region = facts.pop("region", village)
        at = NOON - timedelta(days=40 - 9 * number)
        make_opinion(region, at, words=words, station=office.station, **facts)


def test_a_book_of_receptions_goes_round(office: Office, desk: User, tmp_path: Path) -> None:
    deputy = make_mandate(office.congress, make_person("罗青禾"))
    office.station.post(deputy, on=OPENED_ON, by=None, at=now())
    shift = make_shift(office.station, deputy, on=today())
    with elsewhere():
        facts = {"station": office.station, "shift": shift, "mandate": deputy, "said_on": shift.held_on}
        for visibility in ("staff", "unnamed"):
            make_opinion(office.village, words=f"{visibility}说的事", visibility=visibility, **facts)
        out = taken_out("reception", office.station, desk)

    with pytest.raises(TableRefused, match="先选是哪个站的"):
        look(tmp_path, out, desk)
    assert take(tmp_path, out, desk, office.station).told == 2
    carried = ("日期", "谁听的", "哪里的事", "原话", "类别", "谁能看到")
    assert cells_of(taken_out("reception", office.station, desk), *carried) == cells_of(out, *carried)
    assert set(Opinion.objects.values_list("channel", "shift", "mandate")) == {("imported", shift.pk, deputy.pk)}
    assert {one.party_kind for one in Handover.objects.all()} == {"station"}  # nobody is asked anew for what they heard
    assert take(tmp_path, out, desk, office.station).known == 2


def test_one_in_both_books_is_one_matter(office: Office, desk: User, tmp_path: Path) -> None:
    row = {
        "编号": "QS-2024-7",
        "日期": "2024-06-03",
        "收到日期": "2024-06-04",
        "哪里的事": "橘林村",
        "原话": "水管漏了。",
    }
    assert take(tmp_path, sheet(RECEPTION, row), desk, office.station).told == 1
    assert take(tmp_path, sheet(LEDGER, row), desk, office.station).known == 1


@pytest.mark.parametrize(
    "day", [date(2026, 3, 1), datetime(2026, 3, 1, 9, 30), "2026年3月1日", "2026.3.1", 46082, "20260301"]
)
def test_days_are_read_as_offices_write_them(office: Office, desk: User, tmp_path: Path, day: Any) -> None:
    take(tmp_path, sheet(LEDGER, ROW | {"收到日期": day}), desk)
    assert Opinion.objects.get().said_on == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("cells", "cell", "expected"),
    [
        ({"收到日期": "昨天"}, "A2", "看不懂日期"),
        ({"收到日期": date(1900, 1, 5)}, "A2", "看不懂日期"),
        ({"收到日期": date(2027, 1, 5)}, "A2", "还没有到"),
        ({"收到日期": None}, "A2", "日期，写成2026-03-01"),
        ({"哪里的事": "桔林村"}, "D2", "照平台上的写法"),
        ({"类别": "道路交通问题"}, "E2", "这里有的一类"),
        ({"原话": "  "}, "F2", "照原话写"),
        ({"原话": "字" * 5001}, "F2", "不超过5000个字"),
        ({"原话": "（原话已销毁）"}, "F2", "已经销毁的不能再导入"),
        ({"原话": "=HYPERLINK(A1)"}, "F2", "不是公式"),
        ({"收到日期": "=TODAY()"}, "A2", "不是公式"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(
    office: Office, desk: User, tmp_path: Path, cells: dict[str, Any], cell: str, expected: str
) -> None:
    report = look(tmp_path, sheet(LEDGER, ROW | cells), desk)
    ((where, told),) = said(report)
    assert (where, report.told) == (cell, 0)
    assert expected in told


def test_the_nearest_right_word_is_told(office: Office, desk: User, tmp_path: Path) -> None:
    report = look(tmp_path, sheet(LEDGER, ROW | {"哪里的事": "石桥镇桔林村"}), desk)
    assert [problem.nearest for problem in report.problems] == ["石桥镇橘林村"]


def test_no_words_of_anybody_stand_in_a_report(office: Office, desk: User, tmp_path: Path) -> None:
    long = "电话13800001234，" + "字" * 5000
    report = look(tmp_path, sheet(LEDGER, ROW, ROW | {"原话": long}, ROW | {"收到日期": "13800001234"}), desk)
    assert not any(word in str(report.as_json()) for word in ("自来水", "13800001234", "字字"))


def test_wrong_rows_stay_out_and_the_others_come_in(office: Office, desk: User, tmp_path: Path) -> None:
    rows = [ROW | {"原话": f"第{number}件", "收到日期": None if number == 2 else "2026-03-01"} for number in range(4)]
    report = take(tmp_path, sheet(LEDGER, *rows), desk)
    assert (report.told, [line for line, _why in report.wrong]) == (3, [4])
    rows[2]["收到日期"] = "2026-03-02"
    mended = take(tmp_path, sheet(LEDGER, *rows), desk)
    assert (mended.told, mended.known) == (1, 3)


def test_heads_may_stand_under_a_title_and_empty_rows_between(office: Office, desk: User, tmp_path: Path) -> None:
    content = sheet(
        LEDGER, ROW, {}, ROW | {"原话": "路断了"}, {"收到日期": "收到日期", "编号": "编号"}, above=["2026年台账", ""]
    )
    assert look(tmp_path, content, desk).told == 2


def test_a_row_that_tells_of_nothing_is_left_aside_and_said(office: Office, desk: User, tmp_path: Path) -> None:
    content = sheet(LEDGER, ROW, {"哪里的事": "以下空白"})
    table = importing.read(file(tmp_path, content))
    assert importing.look(table.rows, Desk.of(desk, None, "台账")).told == 1
    assert table.notes == [
        "没有读的列：来路、交给谁、到期日、答复日期、反映人评价。",
        "第3行没有日期、编号和原话，没有读。",
    ]


def office_s_own(folder: Path, *rows: list[Any]) -> Path:
    """A book as an office kept it: titles over the heads, words of its own for columns, a total below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["石桥镇代表联络站2026年群众意见登记台账"])
    sheet.append(["填报单位：石桥镇人大", None, None, "填报日期：2026年3月"])
    sheet.append(
        ["序号", "接待日期", "反映人", "联系电话", "所在村（社区）", "反映内容", "承办单位", "答复内容", "备注"]
    )
    for row in rows:
        sheet.append(row)
    sheet.append(["合  计", None, None, None, None, f"{len(rows)}件"])
    book.save(folder / "石桥.xlsx")
    return folder / "石桥.xlsx"


def test_a_book_of_an_office_is_read_and_what_stays_behind_is_named(office: Office, desk: User, tmp_path: Path) -> None:
    at = office_s_own(
        tmp_path, [1, date(2026, 3, 1), "屈长根", "13900000001", "石桥镇橘林村", "水渠淤了", "水利局", "", ""]
    )
    table = importing.read(at)
    report = importing.look(table.rows, Desk.of(desk, None, at.name))
    assert (report.told, report.wrong) == (1, [])
    assert table.notes == ["没有读的列：反映人、联系电话、承办单位、备注。", "第5行是合计，没有读。"]


def test_a_reply_without_its_class_says_which_column_is_missing(office: Office, desk: User, tmp_path: Path) -> None:
    at = office_s_own(tmp_path, [1, "2026.3.1", "", "", "石桥镇橘林村", "水渠淤了", "水利局", "清好了", ""])
    [problem] = importing.look(importing.read(at).rows, Desk.of(desk, None, at.name)).problems
    assert (problem.cell, problem.found) == ("H4", "有答复")
    assert "还要有一列“结果”" in problem.expected


@pytest.mark.parametrize(
    ("written", "spot"),
    [("橘林村三组", "三组"), ("石桥镇橘林村3组老桥头", "3组老桥头"), ("橘林村新社区", None), ("橘林新村三组", None)],
)
def test_what_follows_the_name_of_a_village_is_where_in_it(
    office: Office, desk: User, tmp_path: Path, written: str, spot: str | None
) -> None:
    report = take(tmp_path, sheet(LEDGER, ROW | {"哪里的事": written}), desk)
    found = Opinion.objects.filter(case__region__name="橘林村").values_list("spot", flat=True)
    assert (report.told, list(found)) == (0 if spot is None else 1, [] if spot is None else [spot])


def test_a_class_that_there_is_not_is_wrong_where_it_stands(office: Office, desk: User, tmp_path: Path) -> None:
    report = look(tmp_path, sheet((*LEDGER, "答复"), ROW | {"答复": "修好了", "结果": "已解决"}), desk)
    [(where, told)] = said(report)
    assert "这里有的一类" in told
    column = 1 + [str(cell) for cell in LEDGER].index("结果")
    assert where == f"{openpyxl.utils.get_column_letter(column)}2"


def test_a_table_without_our_heads_reads_its_likeliest_heads_back(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["某镇2026年台账"], ["序号", "姓名", "电话"], [1, "屈长根", "13900000001"]):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    with pytest.raises(TableRefused, match="缺了：内容、时间。最像列名的一行是：序号、姓名、电话。"):
        list(importing.read(tmp_path / "名单.xlsx").rows)


def test_a_hidden_sheet_is_not_read_and_merged_cells_hold_for_every_row(
    office: Office, desk: User, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet(LEDGER, ROW, {"原话": "路断了"}, {"原话": "桥断了"})))
    book.active.merge_cells("A2:A4")
    book.active.merge_cells("D2:D4")
    hidden = book.create_sheet("旧的", 0)
    hidden.append(LEDGER)
    hidden.append(["2025-01-01", "", "", "橘林村", "", "不要的"])
    hidden.sheet_state = "hidden"
    take(tmp_path, saved(book), desk)
    told = Opinion.objects.values_list("text", "said_on", "case__region__name")
    assert set(told) == {(words, date(2026, 3, 1), "橘林村") for words in ("自来水断断续续。", "路断了", "桥断了")}


def test_a_workbook_that_counts_from_1904(office: Office, desk: User, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet(LEDGER, ROW)))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    take(tmp_path, saved(book), desk)
    assert Opinion.objects.get().said_on == date(2026, 3, 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_in_the_encodings_of_offices(office: Office, desk: User, tmp_path: Path, encoding: str) -> None:
    lines = f'收到日期,哪里的事,原话\r\n2026/3/1,橘林村,"㛃河的𠮷祥桥,断了"\r\n2026/3/1,橘林村,{FORMULA}\r\n'
    assert take(tmp_path, lines.encode(encoding), desk, name="台账.csv").told == 2
    assert set(Opinion.objects.values_list("text", flat=True)) == {"㛃河的𠮷祥桥,断了", FORMULA}


def test_villages_of_one_name_are_told_apart_by_their_township(office: Office, desk: User, tmp_path: Path) -> None:
    name = office.village.name
    report = look(tmp_path, sheet(LEDGER, ROW | {"哪里的事": name}), desk)
    assert "叫这个的有2个" in said(report)[0][1]
    for where, station in ((f"花溪乡{name}", None), (f"{office.village.parent.name} {name}", None)):
        assert look(tmp_path, sheet(LEDGER, ROW | {"哪里的事": where}), desk, station).told == 1
    assert look(tmp_path, sheet(LEDGER, ROW | {"哪里的事": name}), desk, office.station).told == 1


def test_a_number_of_the_platform_is_known_and_one_of_another_matter_is_told(
    office: Office, desk: User, tmp_path: Path
) -> None:
    here = office.opinion()
    number = here.case.number
    same_day = ROW | {"编号": number, "收到日期": here.said_on, "原话": "改写过的话"}
    assert look(tmp_path, sheet(LEDGER, same_day), desk).known == 1
    report = look(tmp_path, sheet(LEDGER, ROW | {"编号": number}), desk)
    assert "是另一件事" in said(report)[0][1]


def test_a_number_that_one_may_not_see_is_told_of_to_nobody(office: Office, desk: User, tmp_path: Path) -> None:
    make_grant(desk, "station_keeper", Grant.Scope.STATION, office.station.pk)
    hidden = make_opinion(
        office.village, station=office.station, complaint=Complaint.of(office.station), words="门没开"
    )
    keeper = User.objects.get(pk=desk.pk)
    report = look(tmp_path, sheet(LEDGER, ROW | {"编号": hidden.case.number, "收到日期": hidden.said_on}), keeper)
    assert (report.told, report.known, report.wrong) == (1, 0, [])


def test_a_place_beyond_ones_reach_is_no_place(office: Office, travel: Any, tmp_path: Path) -> None:
    travel(NOON)
    away = Region.objects.filter(level="township").exclude(pk=office.village.parent_id).first()
    assert away
    make_grant(office.clerk, "township_clerk", Grant.Scope.PLACE, away.pk)
    report = look(tmp_path, sheet(LEDGER, ROW), office.clerk)
    assert (report.told, said(report)[0][0]) == (0, "D2")
    assert look(tmp_path, sheet(LEDGER, ROW | {"哪里的事": None}), office.clerk).told == 1


def test_a_row_that_was_withdrawn_does_not_come_back(office: Office, desk: User, tmp_path: Path) -> None:
    content = sheet(LEDGER, ROW)
    take(tmp_path, content, desk)
    telling.withdraw(Opinion.objects.get(), at=now())
    assert take(tmp_path, content, desk).known == 1
    assert Opinion.objects.get().text == ""


def test_a_result_without_an_answer_is_no_event(office: Office, desk: User, tmp_path: Path) -> None:
    row = ROW | {"结果": "已经解决", "答复日期": date(2026, 3, 2), "交给谁": "交通运输局", "反映人评价": "满意"}
    report = take(tmp_path, sheet(LEDGER, row), desk)
    assert report.told == 1
    assert Reply.objects.count() == 0
    assert Case.objects.get().stage == Case.Stage.RECEIVED


def test_who_is_no_deputy_of_the_station_is_noted(office: Office, desk: User, tmp_path: Path) -> None:
    row = {"日期": "2026-03-01", "谁听的": "查无此人", "原话": "水管漏了。"}
    report = look(tmp_path, sheet(RECEPTION, row), desk, office.station)
    assert (report.told, list(report.notes)) == (1, ["“查无此人”不是这个站的代表，谁听的没有写。"])


def test_what_a_deputy_was_told_by_name_goes_public_without_it(office: Office, desk: User, tmp_path: Path) -> None:
    row = {"日期": "2026-03-01", "原话": "水管漏了。", "谁能看到": "公开，写名字"}
    take(tmp_path, sheet(RECEPTION, row), desk, office.station)
    one = Opinion.objects.get()
    assert (one.visibility, one.channel) == ("unnamed", Channel.IMPORTED)


def test_an_english_book_is_read_as_well(office: Office, desk: User, tmp_path: Path) -> None:
    make_opinion(office.village, words="水管漏了。", station=office.station, subject="water")
    with override("en"):
        out = taken_out("ledger", office.station, desk)
        Opinion.objects.update(said_on=date(2026, 1, 1))  # and is another of this number
    ((number, place),) = cells_of(out, "Number", "Where")
    assert place.startswith("Shiqiao Town")
    assert look(tmp_path, out, desk, office.station).known == 1


def test_a_row_that_stands_twice_is_one_matter(office: Office, desk: User, tmp_path: Path) -> None:
    at = file(tmp_path, sheet(LEDGER, ROW, ROW))
    report = importing.take_over(importing.read(at).rows, Desk.of(desk, None, "a"), at=now())
    assert (report.told, report.known, Opinion.objects.count()) == (1, 1, 1)
