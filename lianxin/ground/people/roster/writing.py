"""The roster as a workbook: the template that offices fill, and the same sheets with what the platform knows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from lianxin.ground.core import workbooks
from lianxin.ground.people.models import Body, DistrictPart, Mandate, Region
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.roster.columns import CONGRESS, DEPUTIES, DISTRICTS, SHEETS, Column
from lianxin.ground.people.roster.groups import memberships_of, seats_of, shown
from lianxin.ground.people.roster.known import running_congresses, words_of
from lianxin.ground.people.roster.lookups import anywhere
from lianxin.ground.people.roster.sheets import INSTRUCTIONS

ROWS_CHECKED = 20_000  # how far down the drop-down lists of the template reach
CONGRESSES_FROM = 1  # the row of the instructions below which the congresses stand, in column F
PLAIN = workbooks.FONT | {"valign": "vcenter"}
Words = dict[Body, str]
Asked = Callable[[Body], object]


def write(out: BinaryIO, *, with_rows: bool, may: Asked = anywhere, may_see_phones: Asked = anywhere) -> None:
    """Write the roster; without rows it is the template. Reading it back changes nothing.

    It holds the rows of congresses that `may` says yes to, and of deputies whom these elect. Phones stand where
    `may_see_phones` says yes; elsewhere the cell is blank, which changes nothing either.
    """
    words = words_of(running_congresses())
    reach, phones = ({body.id for body in words if asked(body)} for asked in (may, may_see_phones))
    rows: dict[str, list[dict[str, Any]]] = {DISTRICTS: [], DEPUTIES: []}
    if with_rows:
        rows = {DISTRICTS: list(_districts(words, reach)), DEPUTIES: list(_deputies(words, reach, phones))}
    written = {row["congress"] for row in rows[DEPUTIES]}
    congresses = [word for body, word in words.items() if body.id in reach or word in written]
    book = workbooks.begun(out)
    for name in (DEPUTIES, DISTRICTS):
        sheet(book, name, SHEETS[name], rows[name], len(congresses))
    _instructions(book, congresses)
    book.close()


def sheet(
    book: Any, name: str, columns: tuple[Column, ...], rows: Iterable[dict[str, Any]] = (), congresses: int = 0
) -> None:
    """One sheet of a template, with its rows: what is expected stands beside each head, text stays text, days are days."""
    page = book.add_worksheet(name)
    head = book.add_format(workbooks.HEAD)
    text = book.add_format({**PLAIN, "num_format": "@"})
    day = book.add_format({**PLAIN, "num_format": "yyyy-mm-dd"})
    for index, column in enumerate(columns):
        page.write_string(0, index, column.header + (" *" if column.is_needed else ""), head)
        page.write_comment(0, index, str(column.expected))
        page.set_column(index, index, column.width, day if column.key.endswith("_on") else text)
        allowed: Any = list(column.words)
        if column is CONGRESS and congresses:
            allowed = f"='{INSTRUCTIONS}'!$F${CONGRESSES_FROM + 1}:$F${CONGRESSES_FROM + congresses}"
        if allowed:
            page.data_validation(1, index, ROWS_CHECKED, index, {"validate": "list", "source": allowed})
    page.freeze_panes(1, 4 if name == DEPUTIES else 2)
    page.ignore_errors({"number_stored_as_text": f"A1:Z{ROWS_CHECKED}"})
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(columns):
            value = row.get(column.key)
            if isinstance(value, date):
                page.write_datetime(number, index, value, day)
            elif value not in (None, ""):
                page.write_string(number, index, column.shown(value), text)


def _instructions(book: Any, congresses: Iterable[str]) -> None:
    """How to fill each column; and the congresses, from which the drop-down lists take their words."""
    sheet = book.add_worksheet(INSTRUCTIONS)
    wrapped = book.add_format({**PLAIN, "text_wrap": True})
    bold = book.add_format({**PLAIN, "bold": True})
    for index, width in enumerate((12, 16, 8, 60, 4, 40)):
        sheet.set_column(index, index, width, wrapped)
    lines = (
        _("带 * 的列一定要填。其余的列空着，就表示不改平台里已有的。"),
        _("一个人在几级人大都是代表，就写几行，姓名和手机写得一样。"),
        _("同名的人，都填上手机，才分得清。"),
        _("终止代表资格：填上终止日期和终止原因。从名册里删去一行，平台里什么也不改。"),
        _("选区包含几个村或社区，就写几行，编号和名称写得一样。"),
        _("整本核对，有一处不对就都不导入；同一本导入两次，第二次什么也不改。"),
    )
    for number, line in enumerate(lines):
        sheet.merge_range(number, 0, number, 3, line, wrapped)
    first = len(lines) + 1
    for index, head in enumerate((_("工作表"), _("列"), _("要填吗"), _("怎么填"))):
        sheet.write_string(first, index, head, bold)
    columns = [(name, column) for name in (DEPUTIES, DISTRICTS) for column in SHEETS[name]]
    for number, (name, column) in enumerate(columns, start=first + 1):
        needed = _("要") if column.is_needed else ""
        for index, said in enumerate((name, column.header, needed, str(column.expected))):
            sheet.write_string(number, index, said, wrapped)
    sheet.write_string(CONGRESSES_FROM - 1, 5, _("所属人大可以填的名称"), bold)
    for number, name in enumerate(congresses, start=CONGRESSES_FROM):
        sheet.write_string(number, 5, name, wrapped)


def _deputies(words: Words, reach: set[UUID], phones: set[UUID]) -> Iterator[dict[str, Any]]:
    order = {body.id: number for number, body in enumerate(words)}
    found = Mandate.objects.filter(Q(congress__in=reach) | Q(electing_body__in=reach), congress__in=order)
    found = found.select_related("person", "term", "district", "electing_body")
    mandates = sorted(found, key=lambda it: (order[it.congress_id], it.term.number, it.card_number))
    running = Mandate.objects.filter(ends_on__isnull=True).values_list("person_id", "congress_id")
    seats = seats_of(running.iterator())
    groups = memberships_of(mandate.person_id for mandate in mandates)
    names: dict[UUID | None, str] = {body.id: word for body, word in words.items()}
    for mandate in mandates:
        person, group = mandate.person, None
        if mandate.ends_on is None:
            group = shown(groups[person.id], mandate.congress_id, seats.get(person.id, ()))
        yield {
            "congress": names[mandate.congress_id],
            "term": mandate.term.number,
            "card_number": mandate.card_number,
            "name": person.name,
            "sex": person.sex,
            "ethnicity": person.ethnicity,
            "employer": person.employer,
            "post": person.post,
            "trade": mandate.trade,
            "phone": person.phone if phones & {mandate.congress_id, mandate.electing_body_id} else "",
            "is_phone_public": person.is_phone_public,
            "district": mandate.district.number if mandate.district else "",
            "electing_body": names.get(mandate.electing_body_id, ""),
            "beginning": mandate.beginning,
            "starts_on": mandate.starts_on,
            "ends_on": mandate.ends_on,
            "ending": mandate.ending,
            "group": group.body.name if group else "",
        }


def _districts(words: Words, reach: set[UUID]) -> Iterator[dict[str, Any]]:
    order = {body.id: number for number, body in enumerate(words)}
    names = {body.id: word for body, word in words.items()}
    twice = _names_that_stand_twice()
    running = DistrictPart.objects.filter(
        district__congress__in=reach, ends_on__isnull=True, district__ends_on__isnull=True
    )
    running = running.exclude(region__level=Level.GRID)  # which the sheet has no column for; what is left out stays
    parts = sorted(
        running.select_related("district", "region__parent"),
        key=lambda it: (order[it.district.congress_id], len(it.district.number), it.district.number, it.region.code),
    )
    for part in parts:
        is_village = part.region.level == Level.VILLAGE and part.region.parent is not None
        township = part.region.parent if is_village and part.region.parent else part.region
        yield {
            "congress": names[part.district.congress_id],
            "number": part.district.number,
            "name": part.district.name,
            "seats": part.district.seats,
            "township": _called(township, twice),
            "village": _called(part.region, twice) if is_village else "",
        }


def _called(region: Region, twice: set[tuple[UUID | None, str]]) -> str:
    """What a place is called in a roster: its name, and its code behind it where two of its neighbours share the name."""
    return f"{region.name} {region.code}" if (region.parent_id, region.name) in twice else region.name


def _names_that_stand_twice() -> set[tuple[UUID | None, str]]:
    counted = (
        Region.objects.standing().filter(level__in=(Level.TOWNSHIP, Level.VILLAGE)).values_list("parent_id", "name")
    )
    return set(counted.annotate(count=Count("id")).filter(count__gt=1).values_list("parent_id", "name"))
