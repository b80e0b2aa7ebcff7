"""The columns of the workbook of ties, from which the template and the reading follow."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lianxin.affairs.contact.models import Household
from lianxin.affairs.contact.rules import ContactRules, Toward
from lianxin.ground.people.roster import cells
from lianxin.ground.people.roster.columns import Column, Layout

SHEET = "结对表"
PRIVATE = ("household", "phone", "address")  # what a report never repeats


def layout(rules: ContactRules) -> Layout:
    """The workbook under these rules: only schemes that lead to households can be filled in."""
    with override("zh-hans"):  # a workbook is written in the language of the record
        ways = {str(label): str(value) for value, label in Household.Way.choices}
    schemes = {scheme.name: code for code, scheme in rules.schemes.items() if scheme.toward == Toward.HOUSEHOLD}
    columns = (
        Column("deputy", "代表姓名", _("代表的姓名"), cells.name(60), True, 12, ("代表", "联系人")),
        Column(
            "card",
            "代表证号或所在代表团",
            _("代表证号，或者人大、代表团的名称；同名的代表一定要填"),
            cells.words(80),
            width=24,
            also_called=("代表证号", "所在代表团", "代表团", "证号"),
        ),
        _one_of("scheme", "结对方式", schemes, 20, ("方式",)),
        Column(
            "household",
            "联系户姓名",
            _("户主或联系人的姓名"),
            cells.name(60),
            True,
            12,
            ("户主姓名", "户主", "群众姓名", "选民姓名"),
        ),
        Column(
            "phone",
            "电话",
            _("11位手机号，或者带区号的座机号"),
            cells.phone,
            width=14,
            also_called=("联系电话", "手机", "手机号"),
        ),
        Column("address", "住址", _("组、门牌号"), cells.words(120), width=24, also_called=("地址",)),
        Column(
            "village",
            "村社区",
            _("您负责的范围里一个村或社区的名称；有同名的，前面写上乡镇"),
            cells.words(120),
            True,
            20,
            ("村（社区）", "村", "社区", "所在村", "村居"),
        ),
        _one_of("way", "同意方式", ways, 10, ("怎么同意的",)),
        Column("consented_on", "同意日期", _("日期，例如 2026-03-01；空着就是起始日期那天"), cells.day, width=12),
        Column("from_on", "起始日期", _("日期，例如 2026-03-01"), cells.day, True, 12, ("结对日期", "开始日期")),
    )
    return Layout(_("结对表"), {SHEET: columns}, SHEET)


def _one_of(key: str, header: str, choices: dict[str, str], width: int, also_called: tuple[str, ...]) -> Column:
    def read(value: Any) -> str:
        try:
            return choices[cells.text(value)]
        except KeyError:
            raise cells.NotThat from None

    expected = format_lazy(_("这几个词之一：{words}"), words="、".join(choices))
    return Column(key, header, expected, read, True, width, also_called, choices)
