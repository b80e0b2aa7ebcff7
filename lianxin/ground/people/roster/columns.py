"""The columns of the roster: one list from which the template, the reading, the checking and the export follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lianxin.ground.people.models import Body, District, Mandate, Person
from lianxin.ground.people.roster import cells
from lianxin.ground.people.roster.ethnicities import ethnicity


@dataclass(frozen=True)
class Column:
    """A column: its header, how a cell of it is read, what is expected (told to people), and whether it must be filled.

    `words` are all that a cell of it may say, where these are few, and what each stands for. `also_called` are headers
    of other offices' sheets.
    """

    key: str
    header: str
    expected: str | Promise
    read: Callable[[Any], Any]
    is_needed: bool = False
    width: int = 12
    also_called: tuple[str, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)

    def shown(self, value: Any) -> str:
        """What a cell of this column says of a value; nothing for none."""
        return next((word for word, meant in self.words.items() if meant == value), cells.text(value))


def _words(choices: Any) -> dict[str, str]:
    """The workbook is written in the language of the record, whatever language the page is read in."""
    with override("zh-hans"):
        return {str(label): str(value) for value, label in choices.choices}


SEX = _words(Person.Sex)
BEGINNING = _words(Mandate.Beginning)
ENDING = _words(Mandate.Ending)


def _one_of(key: str, header: str, choices: dict[str, str], width: int, also_called: tuple[str, ...] = ()) -> Column:
    """A column whose cells say one of a few words; reading gives the code of the word."""

    def read(value: Any) -> str:
        try:
            return choices[cells.text(value)]
        except KeyError:
            raise cells.NotThat from None

    expected = format_lazy(_("这几个词之一：{words}"), words="、".join(choices))
    return Column(key, header, expected, read, width=width, also_called=also_called, words=choices)


def _length(model: type[Model], field: str) -> int:
    return int(getattr(model._meta.get_field(field), "max_length", None) or 0)


def _text(
    model: type[Model], key: str, header: str, expected: Any, width: int, *also_called: str, needed: bool = False
) -> Column:
    """A column of words that a field of a model keeps, and no longer than that field."""
    return Column(key, header, expected, cells.words(_length(model, key)), needed, width, also_called)


CONGRESS = Column(
    "congress", "所属人大", _("平台里一个人民代表大会的名称"), cells.text, True, 26, ("人大", "人大名称", "所在人大")
)

DEPUTIES = "代表名册"
DEPUTY_COLUMNS = (
    CONGRESS,
    Column("term", "届次", _("届的数字，例如 7"), cells.number(1, 99), True, 6, ("届",)),
    Column(
        "card_number",
        "代表证号",
        _("代表证上的号码，同一届里不重复"),
        cells.code(_length(Mandate, "card_number")),
        True,
        14,
        ("证号", "代表证编号", "代表证号码", "代表证"),
    ),
    Column("name", "姓名", _("姓名"), cells.name(_length(Person, "name")), True, 12, ("代表姓名", "代表")),
    _one_of("sex", "性别", SEX, 6),
    Column("ethnicity", "民族", _("国家标准里的民族名称，例如 汉族、土家族"), ethnicity, width=8),
    _text(Person, "employer", "工作单位", _("单位名称"), 24, "单位"),
    _text(Person, "post", "职务", _("职务名称"), 14, "现任职务"),
    _text(Mandate, "trade", "行业", _("行业名称"), 12, "职业"),
    Column(
        "phone",
        "手机",
        _("11位手机号，或者带区号的座机号"),
        cells.phone,
        width=14,
        also_called=("联系电话", "电话", "手机号", "手机号码", "联系方式"),
    ),
    Column(
        "is_phone_public",
        "同意公开手机",
        _("是或否"),
        cells.yes,
        width=8,
        also_called=("公开手机",),
        words={"是": True, "否": False},
    ),
    Column(
        "district",
        "选区编号",
        _("“选区”表或平台里的一个选区编号"),
        cells.code(_length(District, "name")),
        width=10,
        also_called=("选区", "选区名称"),
    ),
    Column("electing_body", "选举单位", _("平台里选出这位代表的人民代表大会"), cells.text, width=26),
    _one_of("beginning", "产生方式", BEGINNING, 10),
    Column("starts_on", "就任日期", _("日期，例如 2021-12-03"), cells.day, True, 12, ("当选日期", "任职日期")),
    Column("ends_on", "终止日期", _("今天或更早的日期，例如 2026-03-31"), cells.day, also_called=("离任日期",)),
    _one_of("ending", "终止原因", ENDING, 14, ("离任原因",)),
    Column(
        "group", "代表小组", _("代表小组的名称"), cells.words(_length(Body, "name")), width=20, also_called=("小组",)
    ),
)

DISTRICTS = "选区"
DISTRICT_COLUMNS = (
    CONGRESS,
    Column(
        "number", "编号", _("选区的编号"), cells.code(_length(District, "number")), True, 10, ("选区编号", "选区号")
    ),
    _text(District, "name", "名称", _("选区的名称"), 24, "选区名称", "选区", needed=True),
    Column("seats", "名额", _("代表名额的数字"), cells.number(1, 999), width=8, also_called=("代表名额", "应选名额")),
    Column(
        "township", "乡镇街道", _("平台里一个乡镇或街道的名称"), cells.text, True, 16, ("乡镇", "街道", "乡镇（街道）")
    ),
    Column(
        "village",
        "村社区",
        _("这个乡镇里一个村或社区的名称；全乡镇一个选区就空着"),
        cells.text,
        width=20,
        also_called=("村", "社区", "村（社区）", "村居"),
    ),
)

SHEETS = {DISTRICTS: DISTRICT_COLUMNS, DEPUTIES: DEPUTY_COLUMNS}


@dataclass(frozen=True)
class Layout:
    """What a workbook is made of: what it is called, its sheets with their columns, and the one that it cannot do without.

    The roster is one; apps above have others, which are read and told of in the same way.
    """

    called: str | Promise
    sheets: Mapping[str, tuple[Column, ...]]
    main: str

    @cached_property
    def known(self) -> dict[str, dict[str, Column]]:
        """By sheet every word that a column may be called by."""
        return {
            name: {word: column for column in columns for word in (*column.also_called, column.header)}
            for name, columns in self.sheets.items()
        }


ROSTER = Layout(_("名册"), SHEETS, DEPUTIES)
