"""From rows to facts: every cell is read by its column, every name looked up, every mistake collected."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.ground.people.models import Body, District, Region, Term
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.roster import cells
from lianxin.ground.people.roster.columns import DEPUTIES, DISTRICTS, SHEETS, Column
from lianxin.ground.people.roster.problems import Problem, nearest
from lianxin.ground.people.roster.sheets import Row, read


@dataclass(frozen=True)
class DistrictLine:
    """One line of the sheet of districts: a district, and one place it covers."""

    row: Row
    congress: Body
    number: str
    name: str
    seats: int | None
    region: Region


@dataclass(frozen=True)
class DeputyLine:
    """One line of the sheet of deputies. `district` is a number that stands in the file or on the platform."""

    row: Row
    congress: Body
    term: Term
    card_number: str
    name: str
    starts_on: date
    person: dict[str, Any]
    mandate: dict[str, Any]
    district: str
    electing_body: Body | None
    group: str


@dataclass
class Checked:
    """A workbook that was read and checked whole. Lines are to be used only where there are no problems."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    districts: list[DistrictLine] = field(default_factory=list)
    deputies: list[DeputyLine] = field(default_factory=list)


@dataclass
class Known:
    """What the platform knows already, read once: a handful of queries however long the roster is."""

    congresses: dict[str, Body]
    terms: dict[tuple[UUID, int], Term]
    districts: set[tuple[UUID, str]]
    townships: dict[UUID, dict[str, Region]] = field(default_factory=dict)
    villages: dict[UUID, dict[str, list[Region]]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Known":
        """Read congresses, terms and running districts."""
        congresses = Body.objects.congresses().filter(ends_on__isnull=True).select_related("region")
        return cls(
            congresses={body.name: body for body in congresses},
            terms={(term.congress_id, term.number): term for term in Term.objects.all()},
            districts=set(District.objects.filter(ends_on__isnull=True).values_list("congress_id", "number")),
        )

    def townships_of(self, region: Region) -> dict[str, Region]:
        """Townships at or in a place, by name; one query a place."""
        if region.id not in self.townships:
            found = Region.objects.within(region).filter(level=Level.TOWNSHIP, ends_on__isnull=True)
            self.townships[region.id] = {place.name: place for place in found}
        return self.townships[region.id]

    def villages_of(self, township: Region) -> dict[str, list[Region]]:
        """Villages of a township by name and by code; a name may stand for several."""
        if township.id not in self.villages:
            by_word: dict[str, list[Region]] = {}
            for place in Region.objects.filter(parent=township, ends_on__isnull=True):
                by_word.setdefault(place.name, []).append(place)
                by_word.setdefault(place.code, []).append(place)
            self.villages[township.id] = by_word
        return self.villages[township.id]


def check(file: Path) -> Checked:
    """Read and check a workbook. Raises RosterUnreadable where it is no workbook at all."""
    reading = read(file)
    checked = Checked(problems=reading.problems, notes=reading.notes)
    known = Known.load()
    for row in reading.rows[DISTRICTS]:
        _collect(checked, row, SHEETS[DISTRICTS], lambda values, row=row: _district(checked, known, row, values))
    for row in reading.rows[DEPUTIES]:
        _collect(checked, row, SHEETS[DEPUTIES], lambda values, row=row: _deputy(checked, known, row, values))
    _refuse_doubles(checked)
    checked.problems.sort(key=lambda problem: (problem.sheet, problem.row, problem.column))
    return checked


def _collect(checked: Checked, row: Row, columns: Iterable[Column], build: Callable[[dict[str, Any]], None]) -> None:
    """Read every cell of a row; build its line only where every cell could be read."""
    values, before = {}, len(checked.problems)
    for column in columns:
        raw = row.values.get(column.key)
        if not cells.text(raw):
            if column.is_needed and column.key in row.places:
                checked.problems.append(row.problem(column.key, column.expected))
            continue
        try:
            values[column.key] = column.read(raw)
        except cells.NotThat:
            near = nearest(cells.text(raw), getattr(column.read, "words", ()))
            checked.problems.append(row.problem(column.key, column.expected, nearest=near))
    if len(checked.problems) == before and all(c.key in values for c in columns if c.is_needed):
        build(values)


def _congress(checked: Checked, known: Known, row: Row, values: dict[str, Any], key: str = "congress") -> Body | None:
    if body := known.congresses.get(values[key]):
        return body
    expected = _("平台里一个人民代表大会的名称，现有%(names)s等") % {"names": "、".join(list(known.congresses)[:3])}
    checked.problems.append(row.problem(key, expected, nearest=nearest(values[key], known.congresses)))
    return None


def _district(checked: Checked, known: Known, row: Row, values: dict[str, Any]) -> None:
    congress = _congress(checked, known, row, values)
    region = _region(checked, known, row, values, congress) if congress else None
    if congress and region:
        known.districts.add((congress.id, values["number"]))
        line = DistrictLine(row, congress, values["number"], values["name"], values.get("seats"), region)
        checked.districts.append(line)


def _region(checked: Checked, known: Known, row: Row, values: dict[str, Any], congress: Body) -> Region | None:
    townships = known.townships_of(congress.region) if congress.region else {}
    township = townships.get(values["township"])
    if not township:
        expected = _("%(congress)s范围里一个乡镇或街道的名称") % {"congress": congress.name}
        checked.problems.append(row.problem("township", expected, nearest=nearest(values["township"], townships)))
        return None
    if "village" not in values:
        return township
    villages = known.villages_of(township)
    found = villages.get(values["village"], [])
    if len(found) == 1:
        return found[0]
    if found:
        codes = "、".join(place.code for place in found)
        expected = _("区划代码：%(township)s有几个同名的，代码是%(codes)s") % {
            "township": township.name,
            "codes": codes,
        }
        checked.problems.append(row.problem("village", expected))
    else:
        expected = _("%(township)s的一个村或社区") % {"township": township.name}
        checked.problems.append(row.problem("village", expected, nearest=nearest(values["village"], villages)))
    return None


PERSON_KEYS = ("name", "sex", "ethnicity", "employer", "post", "phone", "is_phone_public")
MANDATE_KEYS = ("trade", "beginning", "starts_on", "ends_on", "ending")


def _deputy(checked: Checked, known: Known, row: Row, values: dict[str, Any]) -> None:
    before = len(checked.problems)
    congress = _congress(checked, known, row, values)
    if not congress:
        return
    term = known.terms.get((congress.id, values["term"]))
    if not term:
        numbers = "、".join(str(number) for body, number in known.terms if body == congress.id)
        expected = _("%(congress)s已经建立的届：%(numbers)s") % {
            "congress": congress.name,
            "numbers": numbers or _("还没有"),
        }
        checked.problems.append(row.problem("term", expected))
    electing = _congress(checked, known, row, values, "electing_body") if "electing_body" in values else None
    if "district" in values and (congress.id, values["district"]) not in known.districts:
        numbers = [number for body, number in known.districts if body == congress.id]
        checked.problems.append(
            row.problem("district", _("“选区”表或平台里的一个选区编号"), nearest=nearest(values["district"], numbers))
        )
    if ("ends_on" in values) != ("ending" in values):
        key = "ending" if "ends_on" in values else "ends_on"
        checked.problems.append(row.problem(key, _("终止日期和终止原因要么都填，要么都空着")))
    if values.get("ends_on", date.max) < values["starts_on"]:
        checked.problems.append(row.problem("ends_on", _("不早于就任日期%(day)s的日期") % {"day": values["starts_on"]}))
    if len(checked.problems) > before or not term:
        return
    checked.deputies.append(
        DeputyLine(
            row=row,
            congress=congress,
            term=term,
            card_number=values["card_number"],
            name=values["name"],
            starts_on=values["starts_on"],
            person={key: values[key] for key in PERSON_KEYS if key in values},
            mandate={key: values[key] for key in MANDATE_KEYS if key in values},
            district=values.get("district", ""),
            electing_body=electing,
            group=values.get("group", ""),
        )
    )


def _refuse_doubles(checked: Checked) -> None:
    """A card number twice in a term, and one person told apart from another of the same name only by guessing."""
    cards: dict[tuple[UUID, str], DeputyLine] = {}
    for line in checked.deputies:
        first = cards.setdefault((line.term.id, line.card_number), line)
        if first is not line:
            expected = _("同一届里不重复的号码：第%(row)s行的%(name)s已经用了") % {
                "row": first.row.number,
                "name": first.name,
            }
            checked.problems.append(line.row.problem("card_number", expected))
