"""What a check or an import found, as the page and the command line show it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain, islice
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.people.models import Body, District, Person
from lianxin.ground.people.roster.columns import DEPUTY_COLUMNS, DISTRICT_COLUMNS
from lianxin.ground.people.roster.plan import Changed, NewPart, Plan

SHOWN = 300
NOTES_SHOWN = 20
SPELLED = ("pinyin", "initials")


@dataclass(frozen=True, slots=True)
class Line:
    """One change in words: what happens, to whom, and how."""

    what: str
    name: str
    detail: str

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
        "more_problems": plan.problems.count - len(list(plan.problems)),
        "changes": shown,
        "more_changes": 0 if plan.problems else count(plan) - len(shown),
        "notes": notes(plan),
    }


def notes(plan: Plan) -> list[str]:
    """What was left aside; of many notes the first, and how many more there are."""
    more = len(plan.notes) - NOTES_SHOWN
    told = ngettext("还有%(count)s条说明", "还有%(count)s条说明", more) % {"count": more}
    return plan.notes[:NOTES_SHOWN] + ([told] if more > 0 else [])


def count(plan: Plan) -> int:
    """How many lines of changes there are; a new person is told with the mandate."""
    return (
        len(plan.districts)
        + len(_grown(plan))
        + sum(
            len(things)
            for things in (plan.groups, plan.mandates, plan.endings, plan.changed, plan.leaving, plan.joining)
        )
    )


def lines(plan: Plan) -> Iterator[Line]:
    """Every change, one after the other: what alters what stands before what is added."""
    return chain(_alterations(plan), _additions(plan))


def _alterations(plan: Plan) -> Iterator[Line]:
    for ended in plan.endings:
        how = _("%(day)s，%(why)s") % {"day": _day(ended.line.ends_on), "why": ended.line.row.shown("ending")}
        yield Line(_("终止"), ended.line.name, how)
    for change in plan.changed:
        yield Line(_("改动"), change.name, _("；").join(_in_words(change)))
    for leaving in plan.leaving:
        yield Line(_("离开小组"), leaving.name, leaving.membership.body.name)
    for joining in plan.joining:
        yield Line(_("加入小组"), joining.name, joining.group.name)


def _additions(plan: Plan) -> Iterator[Line]:
    namesakes = {person.id: person.namesakes for person in plan.persons}
    for seat in plan.mandates:
        where = f"{seat.line.congress.name} {seat.line.term}"
        if namesakes.get(seat.person_id):
            where += _("；另有同名的人，手机不同，按两个人记")
        elif seat.person_id not in namesakes:
            where += _("；平台里已有的人")
        yield Line(_("新增代表"), seat.line.name, where)
    for group in plan.groups:
        yield Line(_("新增小组"), group.name, group.parent.name if group.parent else "")
    by_district = _parts(plan)
    for district in plan.districts:
        yield Line(_("新增选区"), district.name, _places(by_district.get(district, [])))
    for district in _grown(plan):
        yield Line(_("扩大选区"), district.name, _places(by_district[district]))


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


def _day(day: date | None) -> str:
    return date_format(day) if day else ""
