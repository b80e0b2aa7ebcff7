"""The columns of the roster: one list from which the template, the reading, the checking and the export follow."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from lianxin.ground.people.models import Mandate, Person
from lianxin.ground.people.roster import cells


@dataclass(frozen=True)
class Column:
    """A column: its header, how a cell of it is read, what is expected (told to people), and whether it must be filled."""

    key: str
    header: str
    expected: str
    read: Callable[[Any], Any]
    is_needed: bool = False
    width: int = 12
    also_called: tuple[str, ...] = ()


def one_of(choices: dict[str, str]) -> Callable[[Any], str]:
    """A reader for a cell that says one of a few words; gives the code of the word."""

    def read(value: Any) -> str:
        try:
            return choices[cells.text(value)]
        except KeyError:
            raise cells.NotThat from None

    read.words = tuple(choices)  # type: ignore[attr-defined]
    return read


def _words(choices: Any) -> dict[str, str]:
    """The workbook is written in the language of the record, whatever language the page is read in."""
    with override("zh-hans"):
        return {str(label): str(value) for value, label in choices.choices}


SEX = _words(Person.Sex)
BEGINNING = _words(Mandate.Beginning)
ENDING = _words(Mandate.Ending)


def _either(words: dict[str, str]) -> str:
    return "、".join(words)


DEPUTIES = "代表名册"
DEPUTY_COLUMNS = (
    Column("congress", "所属人大", "平台里一个人民代表大会的名称", cells.text, True, 26, ("人大", "人大名称")),
    Column("term", "届次", "届的数字，例如 7", cells.number, True, 6, ("届",)),
    Column("card_number", "代表证号", "代表证上的号码，同一届里不重复", cells.text, True, 14, ("证号", "代表证编号")),
    Column("name", "姓名", "姓名", cells.name, True, 12, ("代表姓名",)),
    Column("sex", "性别", _either(SEX), one_of(SEX), False, 6),
    Column("ethnicity", "民族", "民族名称", cells.text, False, 8),
    Column("employer", "工作单位", "单位名称", cells.text, False, 24, ("单位",)),
    Column("post", "职务", "职务名称", cells.text, False, 14),
    Column("trade", "行业", "行业名称", cells.text, False, 12, ("职业",)),
    Column(
        "phone",
        "手机",
        "11位手机号，或者带区号的座机号",
        cells.phone,
        False,
        14,
        ("联系电话", "电话", "手机号", "手机号码"),
    ),
    Column("is_phone_public", "同意公开手机", "是、否", cells.yes, False, 8, ("公开手机",)),
    Column("district", "选区编号", "“选区”表里的一个编号", cells.text, False, 10, ("选区",)),
    Column("electing_body", "选举单位", "平台里选出这位代表的人民代表大会", cells.text, False, 26),
    Column("beginning", "产生方式", _either(BEGINNING), one_of(BEGINNING), False, 10),
    Column("starts_on", "就任日期", "日期，例如 2021-12-03", cells.day, True, 12, ("当选日期",)),
    Column("ends_on", "终止日期", "日期，例如 2026-03-31", cells.day, False, 12),
    Column("ending", "终止原因", _either(ENDING), one_of(ENDING), False, 14),
    Column("group", "代表小组", "代表小组的名称", cells.text, False, 20, ("小组",)),
)

DISTRICTS = "选区"
DISTRICT_COLUMNS = (
    Column("congress", "所属人大", "平台里一个人民代表大会的名称", cells.text, True, 26, ("人大", "人大名称")),
    Column("number", "编号", "选区的编号", cells.text, True, 10, ("选区编号",)),
    Column("name", "名称", "选区的名称", cells.text, True, 24, ("选区名称",)),
    Column("seats", "名额", "代表名额的数字", cells.number, False, 8, ("代表名额",)),
    Column("township", "乡镇街道", "平台里一个乡镇或街道的名称", cells.text, True, 16, ("乡镇", "街道")),
    Column(
        "village", "村社区", "这个乡镇里一个村或社区的名称；全乡镇一个选区就空着", cells.text, False, 20, ("村", "社区")
    ),
)

SHEETS = {DISTRICTS: DISTRICT_COLUMNS, DEPUTIES: DEPUTY_COLUMNS}
