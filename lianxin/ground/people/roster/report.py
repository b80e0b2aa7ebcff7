"""What a check or an import found, as the page and the command line show it."""

from collections.abc import Iterator, Sized
from dataclasses import asdict, dataclass
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.core.errors import day_told
from lianxin.ground.people.models import Body, District, Person
from lianxin.ground.people.roster.columns import DEPUTY_COLUMNS, DISTRICT_COLUMNS
from lianxin.ground.people.roster.plan import Changed, Joining, NewPart, NewSeat, Plan
from lianxin.ground.people.roster.sheets import Row

SHOWN = 1000
NOTES_SHOWN = 20
SPELLED = ("pinyin", "initials")


@dataclass(frozen=True, slots=True)
class Line:
    """One change in words: what happens, to whom, how, and which row of the workbook says so.

    `tone` is the colour of what must not be passed over: ochre, red, or none.
    """

    what: str
    name: str
    detail: str
    row: str = ""
    tone: str = ""

    def __str__(self) -> str:
        return _("%(what)s：%(name)s（%(detail)s）") % asdict(self)


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as plain values, to be kept with an upload: counts, the first mistakes, the first changes, notes."""
    shown = [] if plan.problems else [asdict(line) for line in islice(lines(plan), SHOWN)]
    return {
        "counts": plan.counts(),
        "is_empty": plan.is_empty,
        "problems": [problem.as_json() for problem in plan.problems],
        "problem_count": plan.problems.count,
        "more_problems": plan.problems.more(),
        "changes": shown,
        "renamed": len(_renamings(plan)),
        "names_taken": sum(change.namesakes > 0 for change in plan.changed),
        "more_changes": 0 if plan.problems else count(plan) - len(shown),
        "notes": notes(plan),
    }


def notes(plan: Plan) -> list[str]:
    """What was left aside; of many notes the first, and how many more there are."""
    more = len(plan.notes) - NOTES_SHOWN
    told = ngettext("还有%(count)s条说明", "还有%(count)s条说明", more) % {"count": more}
    return plan.notes[:NOTES_SHOWN] + ([told] if more > 0 else [])


def count(plan: Plan) -> int:
    """How many lines of changes there are; a new person and the group of a new deputy are told with the mandate."""
    told: tuple[Sized, ...] = (
        plan.districts,
        _grown(plan),
        plan.groups,
        plan.mandates,
        plan.endings,
        plan.changed,
        plan.leaving,
    )
    return sum(map(len, told)) + len(list(_joining(plan)))


def lines(plan: Plan) -> Iterator[Line]:
    """Every change, one after the other: new names of persons, then what else alters what stands, then what is added."""
    return chain(_in_other_names(plan), _alterations(plan), _additions(plan))


def _renamings(plan: Plan) -> list[Changed]:
    """Persons who would be called otherwise; first those who would have another sitting deputy's name."""
    found = [change for change in plan.changed if change.is_renaming]
    return sorted(found, key=lambda change: (-change.namesakes, change.row.position))


def _in_other_names(plan: Plan) -> Iterator[Line]:
    for change in _renamings(plan):
        told = list(_in_words(change))
        if change.namesakes:
            told.append(_("另一位在任代表就叫%(name)s，请看清是不是填错了行") % {"name": change.values["name"][1]})
        tone = "red" if change.namesakes else "ochre"
        yield Line(_("改姓名"), change.name, _("；").join(told), _at(change.row), tone)


def _alterations(plan: Plan) -> Iterator[Line]:
    for ended in plan.endings:
        how = _("%(day)s，%(why)s") % {"day": day_told(ended.line.ends_on), "why": ended.line.row.shown("ending")}
        yield Line(_("终止"), ended.line.name, how, _at(ended.line.row))
    others = [change for change in plan.changed if not change.is_renaming]
    for change in sorted(others, key=lambda change: change.row.position):
        yield Line(_("改动"), change.name, _("；").join(_in_words(change)), _at(change.row))
    for leaving in plan.leaving:
        yield Line(_("离开小组"), leaving.name, leaving.membership.body.name, _at(leaving.row))
    for joining in _joining(plan):
        yield Line(_("加入小组"), joining.name, joining.group.name, _at(joining.row))


def _joining(plan: Plan) -> Iterator[Joining]:
    """Who joins a group without having a new seat told in the same row."""
    seated = {seat.line.row for seat in plan.mandates}
    return (joining for joining in plan.joining if joining.row not in seated)


def _additions(plan: Plan) -> Iterator[Line]:
    namesakes = {person.id: person.namesakes for person in plan.persons}
    groups = {joining.row: joining.group.name for joining in plan.joining}
    for seat in plan.mandates:
        told = [f"{seat.line.congress.name}{seat.line.term}", *_seat(seat), groups.get(seat.line.row, "")]
        if namesakes.get(seat.person_id):
            told.append(_("另有同名的人，手机不同，按两个人记"))
        elif seat.person_id not in namesakes:
            told.append(_("平台里已有的人"))
        yield Line(_("新增代表"), seat.line.name, _("；").join(filter(None, told)), _at(seat.line.row))
    for group in plan.groups:
        yield Line(_("新增小组"), group.name, group.parent.name if group.parent else "")
    by_district = _parts(plan)
    for district in plan.districts:
        yield Line(_("新增选区"), district.name, _places(by_district.get(district, [])))
    for district in _grown(plan):
        yield Line(_("扩大选区"), district.name, _places(by_district[district]))


def _seat(seat: NewSeat) -> Iterator[str]:
    """Where the deputy was elected, the card, and the end of the phone: the report is kept longer than the workbook."""
    if seat.district:
        yield _("选区%(number)s %(name)s") % {"number": seat.district.number, "name": seat.district.name}
    if seat.line.electing_body:
        yield _("由%(body)s选出") % {"body": seat.line.electing_body.name}
    yield _("证号%(card)s") % {"card": seat.line.card_number}
    if phone := seat.line.row.get("phone"):
        yield _("手机尾号%(end)s") % {"end": phone[-4:]}


def _at(row: Row) -> str:
    """Where in the workbook: the sheet and the row, as the office's program counts them."""
    return f"{row.header.title} {row.number}"


def _parts(plan: Plan) -> dict[District, list[NewPart]]:
    by_district: dict[District, list[NewPart]] = {}
    for part in plan.parts:
        by_district.setdefault(part.district, []).append(part)
    return by_district


def _grown(plan: Plan) -> list[District]:
    new = set(plan.districts)
    return [district for district in _parts(plan) if district not in new]


def _places(parts: list[NewPart]) -> str:
    names = [part.region.name for part in parts]
    return _("、").join(names[:5]) + (_("等%(count)s个地方") % {"count": len(names)} if len(names) > 5 else "")


def _in_words(change: Changed) -> Iterator[str]:
    columns = DISTRICT_COLUMNS if isinstance(change.thing, District) else DEPUTY_COLUMNS
    by_key = {column.key: column for column in columns}
    for key, (before, after) in change.values.items():
        if key not in SPELLED:
            said = [by_key[key].shown(_plain(value)) or _("空") for value in (before, after)]
            yield f"{by_key[key].header} {said[0]} → {said[1]}"


def _plain(value: object) -> object:
    if isinstance(value, District):
        return value.number
    return value.name if isinstance(value, Body | Person) else value
