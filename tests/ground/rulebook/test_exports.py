"""Which columns lists have in Excel: chosen and named by the preset, checked as it is written."""

import io
from datetime import date

import pytest
from django.utils.translation import override
from openpyxl import load_workbook
from pydantic import ValidationError

from lianxin.ground.core import workbooks
from lianxin.ground.rulebook import exports
from lianxin.ground.rulebook.exports import Column, ExportRules, Listing, columns_of, register_listing

LIST = Listing("papers", "清单", (Column("number", "文号", 10, str), Column("title", "标题", 20, str)))


def rules(*columns, code="papers"):
    return ExportRules(lists={code: {"columns": columns}})


@pytest.fixture
def in_force(monkeypatch):
    def put(*columns):
        made = rules(*columns) if columns else ExportRules()
        preset = type("Preset", (), {"section": lambda self, kind: made})()
        monkeypatch.setattr(exports, "in_force", lambda day: preset)

    return put


def test_a_list_that_nobody_writes_has_every_column_as_usual(in_force):
    in_force()
    assert [head for _column, head in columns_of(LIST)] == ["文号", "标题"]


def test_the_preset_chooses_orders_and_names_columns(in_force):
    in_force({"key": "title", "name": "题目", "english": "Heading"}, {"key": "number"})
    assert [(column.key, head) for column, head in columns_of(LIST)] == [("title", "题目"), ("number", "文号")]
    with override("en"):
        assert columns_of(LIST)[0][1] == "Heading"


@pytest.mark.parametrize(
    ("columns", "code", "nearest"),
    [
        (({"key": "numbr"},), "papers", "number"),
        (({"key": "number"}, {"key": "number"}), "papers", ""),
        ((), "papers", ""),
        (({"key": "number"},), "paper", "papers"),
    ],
)
def test_lists_and_columns_that_there_are_not_are_told_with_the_nearest(columns, code, nearest):
    with pytest.raises(ValidationError) as refused:
        rules(*columns, code=code)
    (told,) = refused.value.errors()
    assert told["ctx"]["nearest"] == nearest


def test_two_lists_of_one_code_are_refused():
    with pytest.raises(ValueError, match="declared twice"):
        register_listing(LIST)


def test_a_sheet_keeps_types_head_and_filter_and_a_formula_stays_text():
    out = io.BytesIO()
    workbooks.write(
        out, "清单", [("甲", 10), ("乙", 12), ("丙", 8)], iter([("=cmd", date(2026, 3, 10), 7), (None, None, 0)])
    )
    sheet = load_workbook(out).active
    assert [cell.value for cell in sheet[1]] == ["甲", "乙", "丙"]
    text, day, number = sheet[2]
    assert (text.value, text.data_type) == ("=cmd", "s")
    assert (day.value.date(), day.is_date, number.value, number.data_type) == (date(2026, 3, 10), True, 7, "n")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:C3")
    assert sheet.column_dimensions["B"].width > 11
