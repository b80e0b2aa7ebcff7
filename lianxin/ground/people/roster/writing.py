"""The roster as a workbook: the template that offices fill, and the same sheets with what the platform knows."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _

from lianxin.ground.people.models import Body, DistrictPart, Mandate, Membership
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.roster.columns import BEGINNING, DEPUTIES, DISTRICTS, ENDING, SEX, SHEETS, Column

ROWS_CHECKED = 20_000  # how far down the drop-down lists of the template reach


def write(out: BinaryIO, congresses: Iterable[Body], *, with_rows: bool) -> None:
    """Write the roster of these congresses; without rows it is the template. Reading it back changes nothing."""
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bodies = list(congresses)
    rows: dict[str, Iterator[dict[str, Any]]] = {DISTRICTS: iter(()), DEPUTIES: iter(())}
    if with_rows:
        rows = {DISTRICTS: _districts(bodies), DEPUTIES: _deputies(bodies)}
    for name in (DEPUTIES, DISTRICTS):
        _sheet(book, name, SHEETS[name], rows[name], bodies)
    _notes(book)
    book.close()


def _sheet(
    book: Any, name: str, columns: tuple[Column, ...], rows: Iterator[dict[str, Any]], bodies: list[Body]
) -> None:
    sheet = book.add_worksheet(name)
    plain = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    head = book.add_format({**plain, "bold": True, "bg_color": "#F2ECE1", "border": 1, "text_wrap": True})
    text = book.add_format({**plain, "num_format": "@"})
    day = book.add_format({**plain, "num_format": "yyyy-mm-dd"})
    for index, column in enumerate(columns):
        sheet.write_string(0, index, column.header + (" *" if column.is_needed else ""), head)
        sheet.write_comment(0, index, column.expected)
        sheet.set_column(index, index, column.width, day if column.key.endswith("_on") else text)
        words = [body.name for body in bodies] if column.key in ("congress",) else getattr(column.read, "words", ())
        if words and sum(len(word) + 1 for word in words) < 255:
            sheet.data_validation(1, index, ROWS_CHECKED, index, {"validate": "list", "source": list(words)})
    sheet.freeze_panes(1, 4 if name == DEPUTIES else 2)
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(columns):
            value = row.get(column.key)
            if isinstance(value, date):
                sheet.write_datetime(number, index, value, day)
            elif value not in (None, ""):
                sheet.write_string(number, index, str(value), text)


def _notes(book: Any) -> None:
    sheet = book.add_worksheet(_("填写说明"))
    sheet.set_column(0, 0, 90, book.add_format({"text_wrap": True, "valign": "top"}))
    for number, line in enumerate(
        (
            _("带 * 的列一定要填。其余的列空着，就表示不改平台里已有的。"),
            _("一个人在几级人大都是代表，就写几行，姓名和手机写得一样。"),
            _("同名的人，都填上手机，才分得清。"),
            _("终止代表资格：填上终止日期和终止原因。从名册里删去一行，平台里什么也不改。"),
            _("选区包含几个村或社区，就写几行，编号和名称写得一样。"),
            _("整本核对，有一处不对就都不导入；同一本导入两次，第二次什么也不改。"),
        )
    ):
        sheet.write_string(number, 0, line)


def _word(words: dict[str, str], code: str) -> str:
    return next((word for word, value in words.items() if value == code), "")


def _deputies(bodies: list[Body]) -> Iterator[dict[str, Any]]:
    groups = {
        (membership.person_id, membership.body.parent_id): membership.body.name
        for membership in Membership.objects.filter(
            body__kind="group", body__parent__in=bodies, ends_on__isnull=True
        ).select_related("body")
    }
    mandates = Mandate.objects.filter(congress__in=bodies).select_related(
        "person", "term", "congress", "district", "electing_body"
    )
    for mandate in mandates.order_by("congress_id", "term__number", "card_number"):
        person = mandate.person
        yield {
            "congress": mandate.congress.name,
            "term": mandate.term.number,
            "card_number": mandate.card_number,
            "name": person.name,
            "sex": _word(SEX, person.sex),
            "ethnicity": person.ethnicity,
            "employer": person.employer,
            "post": person.post,
            "trade": mandate.trade,
            "phone": person.phone,
            "is_phone_public": "是" if person.is_phone_public else "否",
            "district": mandate.district.number if mandate.district else "",
            "electing_body": mandate.electing_body.name if mandate.electing_body else "",
            "beginning": _word(BEGINNING, mandate.beginning),
            "starts_on": mandate.starts_on,
            "ends_on": mandate.ends_on,
            "ending": _word(ENDING, mandate.ending),
            "group": groups.get((person.id, mandate.congress_id), ""),
        }


def _districts(bodies: list[Body]) -> Iterator[dict[str, Any]]:
    parts = DistrictPart.objects.filter(
        district__congress__in=bodies, ends_on__isnull=True, district__ends_on__isnull=True
    )
    for part in parts.select_related("district__congress", "region__parent").order_by(
        "district__congress_id", "district__number", "region__code"
    ):
        is_village = part.region.level == Level.VILLAGE
        township = part.region.parent if is_village and part.region.parent else part.region
        yield {
            "congress": part.district.congress.name,
            "number": part.district.number,
            "name": part.district.name,
            "seats": part.district.seats,
            "township": township.name,
            "village": part.region.code if is_village else "",
        }
