"""The exported roster is the imported one, cell by cell: a blank cell changes nothing, so that a column lost would go unseen."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body, Region
from lianxin.ground.people.roster.columns import DEPUTIES, DISTRICTS, SHEETS
from lianxin.ground.people.roster.sheets import INSTRUCTIONS
from lianxin.ground.people.roster.writing import write
from tests.ground.people.builders import make_congress
from tests.ground.people.workbooks import COUNTY, make_home, taken

pytestmark = pytest.mark.django_db

CITY, PROVINCE, TOWNSHIP = "澄州市人民代表大会", "南江省人民代表大会", "石桥镇人民代表大会"
ELECTED, LATER, LEFT = date(2021, 12, 3), date(2023, 1, 12), date(2025, 6, 30)
# Who, with whom, as what: 性别 民族 工作单位 职务 行业 手机 同意公开手机
LUO = ("罗青禾", "女", "土家族", "果蔬专业合作社", "理事长", "企业负责人", "13800000001", "是")
TAN = ("谭秋实", "男", "汉族", "中心学校", "教师", "教师", "071755500002", "否")
XIANG = ("向晚亭", "女", "苗族", "卫生院", "护士长", "医护人员", "13800000003", "否")
ROWS = {  # in the order of the columns, and of the export: higher congresses first, then terms, then cards
    DEPUTIES: (
        (PROVINCE, "14", "0009", *LUO, None, CITY, "换届选举", LATER, None, None, "省代表第二小组"),
        (CITY, "7", "0012", *TAN, None, COUNTY, "换届选举", LATER, None, None, "澄州市第一小组"),
        (COUNTY, "7", "0001", *LUO, "1", None, "换届选举", ELECTED, None, None, "石桥代表小组"),
        (COUNTY, "7", "0002", *TAN, "2", None, "换届选举", ELECTED, LEFT, "辞职获准", None),
        (COUNTY, "7", "0003", *XIANG, "2", None, "补选", LATER, None, None, "石桥代表小组"),
        (TOWNSHIP, "7", "001", *XIANG, "3-1", None, "换届选举", ELECTED, None, None, "石桥镇第一小组"),
    ),
    DISTRICTS: (
        (COUNTY, "1", "柳溪橘林选区", "3", "石桥镇", "柳溪村"),
        (COUNTY, "1", "柳溪橘林选区", "3", "石桥镇", "橘林村"),
        (COUNTY, "2", "花溪乡选区", "2", "花溪乡", None),
        (TOWNSHIP, "3-1", "渡口选区", "1", "石桥镇", "渡口村"),
    ),
}


@pytest.fixture
def congress() -> Body:
    """The congress of a county, and those of its province, its city and one of its townships."""
    county = make_home()
    city = Region.objects.get(name="澄州市")
    make_congress(city, level="city")
    make_congress(Region.objects.get(name="南江省"), level="province", number=14)
    make_congress(Region.objects.get(name="石桥镇"), level="township")
    return county


def cells(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every cell of every sheet, but for the sheet that tells how to fill the others."""
    book = load_workbook(file)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book if sheet.title != INSTRUCTIONS}


def filled(folder: Path) -> Path:
    """A workbook of the template's columns with these rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in ROWS.items():
        sheet = book.create_sheet(name)
        sheet.append([column.header + (" *" if column.is_needed else "") for column in SHEETS[name]])
        for row in rows:
            sheet.append(row)
    file = folder / "filled.xlsx"
    book.save(file)
    return file


def exported(folder: Path) -> Path:
    """The roster as the platform hands it out."""
    file = folder / "exported.xlsx"
    with file.open("wb") as out:
        write(out, with_rows=True)
    return file


def unfilled(name: str, rows: Sequence[Sequence[object]]) -> list[str]:
    """Columns that no row fills."""
    return [column.header for column, said in zip(SHEETS[name], zip(*rows, strict=True), strict=True) if not any(said)]


@pytest.mark.parametrize("name", SHEETS)
def test_these_rows_fill_every_column(name: str) -> None:
    assert unfilled(name, ROWS[name]) == []


def test_every_cell_comes_back_as_it_was_taken_over(congress: Body, tmp_path: Path) -> None:
    file = filled(tmp_path)
    plan = taken(file)

    assert plan.counts()["mandates"] == len(ROWS[DEPUTIES])
    assert cells(exported(tmp_path)) == cells(file)


def test_taking_over_what_was_exported_changes_nothing(congress: Body, tmp_path: Path) -> None:
    taken(filled(tmp_path))
    events = Event.objects.count()

    plan = taken(exported(tmp_path))

    assert plan.is_empty, plan.counts()
    assert plan.unchanged == len(ROWS[DEPUTIES])
    assert Event.objects.count() == events
    assert cells(exported(tmp_path)) == cells(filled(tmp_path))
