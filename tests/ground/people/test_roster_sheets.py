"""Workbooks as offices lay them out: titles, merged cells, other words above the columns, hidden sheets, formulas."""

import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from lianxin.ground.people.roster.columns import DEPUTIES, DISTRICTS
from lianxin.ground.people.roster.problems import Problem
from lianxin.ground.people.roster.sheets import Reading, read
from tests.ground.people.workbooks import COUNTY, deputy, district, workbook

NEEDED = ("所属人大", "届次", "代表证号", "姓名", "就任日期")


def laid_out(folder: Path, *rows: tuple[Any, ...], merged: tuple[str, ...] = ()) -> Reading:
    """What is read of one sheet with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(folder / "a.xlsx")
    return read(folder / "a.xlsx")


def rewritten(folder: Path, before: bytes, after: bytes) -> Path:
    """A good workbook, in whose sheet some bytes were replaced."""
    good = workbook(folder, name="good.xlsx")
    with zipfile.ZipFile(good) as parts, zipfile.ZipFile(folder / "a.xlsx", "w") as changed:
        for part in parts.namelist():
            content = parts.read(part)
            assert part != "xl/worksheets/sheet1.xml" or before in content
            changed.writestr(part, content.replace(before, after))
    return folder / "a.xlsx"


def names(reading: Reading) -> list[str]:
    assert list(reading.problems) == []
    return [row["name"] for row in reading.rows[DEPUTIES]]


def only(reading: Reading) -> Problem:
    (problem,) = reading.problems
    return problem


def line(name: str = "罗青禾", number: str = "001") -> tuple[Any, ...]:
    return (COUNTY, 7, number, name, "2021-12-03")


def test_a_title_and_a_note_may_stand_above_the_header(tmp_path: Path) -> None:
    title, note = ("云江区第七届人大代表名册",), ("填报单位：区人大常委会代表工委", None, None, "2026年6月")
    reading = laid_out(tmp_path, title, note, (), NEEDED, line(), merged=("A1:E2",))
    assert names(reading) == ["罗青禾"]
    assert reading.rows[DEPUTIES][0].number == 5


def test_columns_stand_in_any_order_beside_others_that_are_left_aside(tmp_path: Path) -> None:
    reading = laid_out(
        tmp_path,
        ("序号", *reversed(NEEDED), "备注"),
        (1, *reversed(line()), "组长"),
        (2, *reversed(line("谭秋实", "002"))),
    )
    assert names(reading) == ["罗青禾", "谭秋实"]
    assert "“备注”不是名册的列" in "".join(reading.notes)


def test_headers_of_other_offices_are_understood(tmp_path: Path) -> None:
    heads = ("人大名称", "届", "证 号", "* 代表\n姓名", "当选日期：", "联系电话（必填）", "职业")
    reading = laid_out(tmp_path, heads, (*line(), 13800000001, "农民"))
    (row,) = reading.rows[DEPUTIES]
    assert names(reading) == ["罗青禾"]
    assert (row["phone"], row["trade"]) == ("13800000001", "农民")


def test_a_columns_own_name_goes_before_what_others_call_it(tmp_path: Path) -> None:
    reading = laid_out(tmp_path, ("联系电话", *NEEDED, "手机"), ("无", *line(), 13800000001))
    assert names(reading) == ["罗青禾"]
    assert "有“手机”这一列，所以“联系电话”没有读" in "".join(reading.notes)


def test_a_column_that_stands_twice_is_told_with_its_cell(tmp_path: Path) -> None:
    problem = only(laid_out(tmp_path, (*NEEDED, "姓名"), (*line(), "谭秋实")))
    assert (problem.cell, problem.header, problem.found) == ("F1", "表头", "姓名")
    assert "只写一次" in problem.expected


def test_a_missing_column_is_told_once_and_hides_no_other_mistake(tmp_path: Path) -> None:
    heads = ("所属人大", "届次", "代表证号", "代表姓名们", "就任日期")
    reading = laid_out(
        tmp_path, ("名单",), heads, (COUNTY, 7, "001", "罗青禾", "不知道"), (COUNTY, 7, "002", "谭秋实", "2021-12-03")
    )
    header, day = reading.problems
    assert (header.row, header.header, header.found, header.expected) == (2, "表头", "代表姓名们", "有一列“姓名”")
    assert (day.cell, day.found) == ("E3", "不知道")


def test_a_column_that_is_nearly_right_is_asked_about(tmp_path: Path) -> None:
    reading = laid_out(tmp_path, (*NEEDED, "代表小姐"), (*line(), "石桥小组"))
    assert "“代表小姐”不是名册的列，没有读。是不是“代表小组”？" in "".join(reading.notes)


def test_a_header_of_two_rows_is_read_where_its_cells_are_merged(tmp_path: Path) -> None:
    heads = (*NEEDED, "任期", None)
    below = (None, None, None, None, None, "终止日期", "终止原因")
    merged = ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:G1")
    reading = laid_out(tmp_path, heads, below, (*line(), "2023-05-01", "辞职获准"), merged=merged)
    assert names(reading) == ["罗青禾"]
    assert reading.rows[DEPUTIES][0]["ending"] == "resigned"


def test_a_cell_merged_downwards_counts_in_each_of_its_rows(tmp_path: Path) -> None:
    reading = laid_out(
        tmp_path,
        NEEDED,
        line(),
        (None, None, "002", "谭秋实", None),
        (None, None, "003", "向晚亭", "2022-01-05"),
        merged=("A2:A4", "B2:B4", "E2:E3"),
    )
    assert names(reading) == ["罗青禾", "谭秋实", "向晚亭"]
    assert [row["congress"] for row in reading.rows[DEPUTIES]] == [COUNTY] * 3
    assert [row["starts_on"].year for row in reading.rows[DEPUTIES]] == [2021, 2021, 2022]


def test_a_cell_merged_over_nine_thousand_rows_counts_in_the_last(tmp_path: Path) -> None:
    rows = [(None, None, f"{n:04}", "罗青禾", "2021-12-03") for n in range(9000)]
    reading = laid_out(tmp_path, NEEDED, line(), *rows, merged=("A2:A9002", "B2:B9002"))
    assert len(names(reading)) == 9001
    assert reading.rows[DEPUTIES][-1]["congress"] == COUNTY


def test_merged_cells_below_the_last_deputy_make_no_row(tmp_path: Path) -> None:
    reading = laid_out(tmp_path, NEEDED, line(), (), (), merged=("A2:A900", "B2:B900"))
    assert names(reading) == ["罗青禾"]


def test_a_million_merged_cells_cost_nothing(tmp_path: Path) -> None:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="G1:XFD1048576"/></mergeCells>'
    assert names(read(rewritten(tmp_path, b"</sheetData>", merged))) == ["罗青禾"]


def test_lines_between_the_rows_are_left_aside(tmp_path: Path) -> None:
    group = ("一、石桥镇代表团（2名）",)
    reading = laid_out(tmp_path, NEEDED, group, line(), (), (), NEEDED, line("谭秋实", "002"), merged=("A2:E2",))
    assert names(reading) == ["罗青禾", "谭秋实"]
    assert "第2行“一、石桥镇代表团（2名）”是小标题" in "".join(reading.notes)


def test_a_signature_at_the_end_is_told_as_a_row_that_is_none(tmp_path: Path) -> None:
    reading = laid_out(tmp_path, NEEDED, line(), ("填表人：谭秋实",))
    assert [problem.row for problem in reading.problems] == [3] * 4
    assert {problem.found for problem in reading.problems} == {"空"}


def test_serial_numbers_filled_down_make_no_row(tmp_path: Path) -> None:
    assert names(laid_out(tmp_path, ("序号", *NEEDED), (1, *line()), (2,), (3,))) == ["罗青禾"]


@pytest.mark.parametrize("formula", ["=C1", ArrayFormula("D2", "=C1:C1")])
def test_a_formula_is_told_and_its_empty_cell_is_no_second_mistake(tmp_path: Path, formula: Any) -> None:
    problem = only(laid_out(tmp_path, NEEDED, (COUNTY, 7, "001", formula, "2021-12-03")))
    assert (problem.cell, problem.header) == ("D2", "姓名")
    assert problem.found.startswith("=C1")
    assert "选择性粘贴" in problem.expected


def test_a_formula_in_a_column_of_no_interest_is_none_of_ours(tmp_path: Path) -> None:
    assert names(laid_out(tmp_path, ("序号", *NEEDED), ("=ROW()-1", *line()))) == ["罗青禾"]


def test_formulas_copied_down_make_no_row(tmp_path: Path) -> None:
    rows = [(f'=IF(D{n}="","",A2)', None, None, None, None) for n in range(3, 200)]
    assert names(laid_out(tmp_path, NEEDED, line(), *rows)) == ["罗青禾"]


def test_what_excel_could_not_work_out_is_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.active["F1"], book.active["F2"] = "工作单位", "#N/A"
        book.active["F2"].data_type = "e"

    problem = only(read(workbook(tmp_path, change=change)))
    assert (problem.cell, problem.found) == ("F2", "#N/A")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read(tmp_path: Path, state: str) -> None:
    def hide(book: Workbook) -> None:
        old = book.copy_worksheet(book.active)
        old.title, old["D2"] = "上一届", "旧人"
        old.sheet_state = state

    reading = read(workbook(tmp_path, change=hide))
    assert names(reading) == ["罗青禾"]
    assert "“上一届”是隐藏的" in "".join(reading.notes)


def test_a_sheet_for_each_township_is_one_roster(tmp_path: Path) -> None:
    def another(book: Workbook) -> None:
        more = book.copy_worksheet(book.active)
        book.active.title, more.title = "石桥镇", "花溪乡"
        more["C2"], more["D2"] = "002", "谭秋实"

    assert names(read(workbook(tmp_path, change=another))) == ["罗青禾", "谭秋实"]


def test_districts_are_known_by_their_columns_whatever_the_sheet_is_called(tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        book["选区"].title = "Sheet2"

    reading = read(workbook(tmp_path, districts=[district()], change=rename))
    assert [row["name"] for row in reading.rows[DISTRICTS]] == ["第一选区"]


def test_what_a_program_wrote_of_the_sheets_size_is_not_believed(tmp_path: Path) -> None:
    assert names(read(rewritten(tmp_path, b'<dimension ref="A1:E2"', b'<dimension ref="A1"'))) == ["罗青禾"]


def test_noughts_that_only_the_format_shows_are_kept(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.active["C2"] = 7
        book.active["C2"].number_format = "000"

    (row,) = read(workbook(tmp_path, change=change)).rows[DEPUTIES]
    assert row["card_number"] == "007"


def test_days_of_an_old_mac_are_the_days_they_show(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904
        book.active["E2"] = datetime(2021, 12, 3)
        book.active.append([COUNTY, 7, "002", "谭秋实", 44533 - 1462])

    rows = read(workbook(tmp_path, change=change)).rows[DEPUTIES]
    assert [row["starts_on"].isoformat() for row in rows] == ["2021-12-03", "2021-12-03"]


def test_every_wrong_cell_of_a_row_is_told(tmp_path: Path) -> None:
    facts = {
        "届次": "本届",
        "性别": "男性",
        "手机": 138,
        "就任日期": "2021-02-31",
        "工作单位": "石" * 121,
        "终止原因": "辞职",
    }
    told = {p.header: p for p in read(workbook(tmp_path, [deputy(**facts)])).problems}
    assert told.keys() == facts.keys()
    assert (told["性别"].found, told["性别"].nearest) == ("男性", "男")
    assert told["终止原因"].nearest == "辞职获准"
    assert told["就任日期"].expected == "日历上有的一天"
    assert told["工作单位"].expected == "不超过120个字"
    assert {problem.sheet for problem in told.values()} == {"代表名册"}


def test_of_a_hopeless_workbook_each_column_s_first_mistakes_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    reading = laid_out(tmp_path, NEEDED, *[(COUNTY, "?", "", "", "?") for _row in range(400)])
    assert reading.problems.count == 1600
    assert Counter(problem.header for problem in reading.problems) == dict.fromkeys(NEEDED[1:], 100)
    assert set(reading.problems.more()) == {("Sheet", header, 300) for header in NEEDED[1:]}
