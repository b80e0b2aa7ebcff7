"""Writes workbooks for tests, as offices have them."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Body
from lianxin.ground.people.roster.plan import Plan
from lianxin.ground.people.roster.problems import Problem
from lianxin.ground.people.roster.sheets import read
from lianxin.ground.people.roster.taking import RosterRefused, look, take_over
from tests.ground.people.builders import make_congress, make_county

COUNTY = "云江区人民代表大会"
Row = dict[str, Any]


def make_home() -> Body:
    """A platform with the congress of 云江区, its 7th term, and the places of the county."""
    Platform.objects.create(name="云江区人大", preset="test", county_code="990000", created_at=now())
    return make_congress(make_county())


def deputy(**facts: Any) -> Row:
    """A row of the sheet of deputies with what must be filled."""
    plain = {"所属人大": COUNTY, "届次": 7, "代表证号": "001", "姓名": "罗青禾", "就任日期": "2021-12-03"}
    return plain | facts


def district(**facts: Any) -> Row:
    """A row of the sheet of districts."""
    return {"所属人大": COUNTY, "编号": "1", "名称": "第一选区", "乡镇街道": "石桥镇", "村社区": "柳溪村"} | facts


def workbook(
    folder: Path,
    deputies: Sequence[Row] = (),
    districts: Sequence[Row] = (),
    change: Callable[[Workbook], object] | None = None,
    name: str = "a.xlsx",
) -> Path:
    """A workbook of both sheets; headers are the keys of all rows, in the order they first appear."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "代表名册"
    fill(sheet, deputies or [deputy()])
    if districts:
        fill(book.create_sheet("选区"), districts)
    if change:
        change(book)
    file = folder / name
    book.save(file)
    return file


def fill(sheet: Worksheet, rows: Iterable[Row]) -> None:
    """The header, and a row for each."""
    rows = list(rows)
    headers = list(dict.fromkeys(key for row in rows for key in row))
    sheet.append(headers)
    for row in rows:
        sheet.append([row.get(header) for header in headers])


def taken(file: Path) -> Plan:
    """Take the roster over."""
    return take_over(read(file), by=None, at=now())


def wrong(file: Path) -> list[Problem]:
    """What is wrong with the roster; looking and taking over say the same."""
    plan = look(read(file))
    assert plan.problems, plan.counts()
    with pytest.raises(RosterRefused) as refused:
        taken(file)
    assert list(refused.value.problems) == list(plan.problems)
    return list(plan.problems)
