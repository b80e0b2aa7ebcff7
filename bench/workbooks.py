"""Writes workbooks of very many deputies, as offices fill them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from lianxin.ground.people.roster.columns import DEPUTY_COLUMNS

Change = Callable[[int, dict[str, Any]], object]
FAMILY, GIVEN = (
    "罗谭向何覃艾望郑田龚彭鲁熊余鄢易屈佘闵陶",
    "青禾秋实晚亭稻生望舒云岫溪知松涛砚鹤鸣听雨临川半夏星野陌春归石桥",
)


def facts(congress: str, number: int) -> dict[str, Any]:
    """A deputy as offices fill a row: most columns, numbers as numbers."""
    name = FAMILY[number % 20] + GIVEN[number // 20 % 32] + GIVEN[number // 640 % 32]
    return {
        "所属人大": congress,
        "届次": 7,
        "代表证号": f"{number:06}",
        "姓名": name,
        "性别": "女" if number % 2 else "男",
        "民族": "汉族",
        "工作单位": f"石桥镇第{number % 700}合作社",
        "职务": "社员",
        "行业": "农民",
        "手机": 13_800_000_000 + number,
        "同意公开手机": "否",
        "产生方式": "换届选举",
        "就任日期": "2021-12-03",
        "代表小组": f"第{number % 200}小组",
    }


def write(file: Path, congress: str, count: int, change: Change = lambda number, row: None) -> Path:
    """A workbook of so many deputies of a congress; `change` may alter a row before it is written."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("代表名册")
    sheet.write_row(0, 0, [column.header for column in DEPUTY_COLUMNS])
    for number in range(count):
        row = facts(congress, number)
        change(number, row)
        sheet.write_row(number + 1, 0, [row.get(column.header, "") for column in DEPUTY_COLUMNS])
    book.close()
    return file
