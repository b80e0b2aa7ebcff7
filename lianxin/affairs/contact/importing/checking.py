"""What the rows of a workbook of ties would become, and which cells are wrong."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.affairs.contact.bound import bound
from lianxin.affairs.contact.importing.columns import PRIVATE, SHEET
from lianxin.affairs.contact.models import Consent, Household, Tie
from lianxin.affairs.contact.reaching import deputies_in, places_in
from lianxin.affairs.contact.rules import ContactRules
from lianxin.ground.access.answering import Reach
from lianxin.ground.people.models import Body, Mandate, Membership, Region
from lianxin.ground.people.roster.problems import Problem
from lianxin.ground.people.roster.sheets import Reading, Row
from lianxin.ground.vault import actions as vault
from lianxin.ground.vault.particulars import Particulars

BATCH = 500
Key = tuple[UUID, str, str]  # the village, the name, the phone
NAMED = 3  # deputies of one name that a mistake tells of


@dataclass
class Plan:
    """What taking a workbook over would do: households that are new, ties by scheme and first day, and what stays as it is."""

    households: dict[Key, tuple[Region, Body, Particulars, Consent]] = field(default_factory=dict)
    known: dict[Key, Household] = field(default_factory=dict)
    ties: dict[tuple[str, date], list[tuple[Mandate, Key]]] = field(default_factory=lambda: defaultdict(list))
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    more: list[tuple[str, str, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many households and ties are new, and how many ties there are already."""
        ties = sum(len(pairs) for pairs in self.ties.values())
        return {"households": len(self.households), "ties": ties, "unchanged": self.unchanged}

    def as_json(self) -> dict[str, Any]:
        """As plain values, to be kept with an upload. It tells no resident's name and no phone."""
        return {
            "counts": self.counts,
            "is_empty": not self.ties,
            "problems": [problem.as_json() for problem in self.problems],
            "problem_count": len(self.problems) + sum(count for _sheet, _header, count in self.more),
            "more_problems": self.more,
            "notes": self.notes[:20],
        }


@dataclass
class Desk:
    """Who may be tied and entered by whoever brought the workbook, read once."""

    rules: ContactRules
    day: date
    may_tie: Reach
    may_enter: Reach

    def __post_init__(self) -> None:
        found = deputies_in(self.may_tie, Mandate.objects.at_work(self.day))
        self.deputies: dict[str, list[Mandate]] = defaultdict(list)
        for mandate in found.select_related("person", "congress__region"):
            self.deputies[mandate.person.name].append(mandate)
        codes = {code for code, scheme in self.rules.schemes.items()}
        self.bound = {
            code: set(bound(self.rules.schemes[code], self.day).values_list("pk", flat=True)) for code in codes
        }
        sitting = Membership.objects.on(self.day).filter(body__kind="delegation")
        self.delegations: dict[UUID, set[str]] = defaultdict(set)
        for person, name in sitting.values_list("person", "body__name"):
            self.delegations[person].add(name)
        self.villages: dict[str, list[Region]] = defaultdict(list)
        inside = places_in(self.may_enter).filter(level__in=Household.LEVELS).select_related("parent")
        for region in inside.order_by("code"):
            around = region.parent.name if region.parent else ""
            for name in dict.fromkeys((region.name, f"{around}{region.name}", region.code)):
                self.villages[name].append(region)

    def sits_at(self, mandate: Mandate, said: str) -> bool:
        """Whether a card number, a congress or a delegation is this deputy's."""
        return said in {mandate.card_number, mandate.congress.name, *self.delegations.get(mandate.person_id, ())}


def check(reading: Reading, desk: Desk) -> Plan:
    """What every row would become; each mistake is told, and the others are looked at all the same."""
    plan, problems = Plan(notes=reading.notes), reading.problems.copy()
    seen: dict[tuple[UUID, Key, str], int] = {}
    phones: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    rows = [(row, _deputy(row, desk, problems), _village(row, desk, problems)) for row in reading.rows[SHEET]]
    for row, _mandate, region in rows:
        if region and "household" in row:
            phones[region.pk, row["household"]].add(row.get("phone", ""))
    for row, mandate, region in rows:
        _days(row, desk, problems)
        if not (row.is_whole and mandate and region):
            continue
        key = (region.pk, row["household"], row.get("phone", ""))
        if len(alike := phones[key[:2]]) > 1 and "" in alike and not key[2]:
            problems.add(row.problem("phone", _("电话：这个村有同名的户，都有电话才分得清")))
        elif (first := seen.setdefault((mandate.pk, key, row["scheme"]), row.number)) and first != row.number:
            problems.add(
                row.problem("household", _("没有写过的一户：第%(row)s行已经写了这位代表和这一户") % {"row": first})
            )
        plan.ties[row["scheme"], row["from_on"]].append((mandate, key))
        plan.households.setdefault(key, _household(row, mandate, region))
    plan.problems = [_without_names(problem, reading) for problem in problems]
    plan.more = problems.more()
    if not problems:
        _leave_known(plan)
    return plan


def _deputy(row: Row, desk: Desk, problems: Any) -> Mandate | None:
    """The deputy of a row: by name, of those whom the scheme binds, and by card or delegation where two share the name."""
    if "deputy" not in row or "scheme" not in row:
        return None
    named = desk.deputies.get(row["deputy"], [])
    fitting = [one for one in named if one.pk in desk.bound[row["scheme"]]]
    if not fitting:
        scheme = desk.rules.name(row["scheme"])
        expected = _("您负责的范围里一位代表，“%(scheme)s”由这位代表来联系") % {"scheme": scheme}
        problems.add(row.problem("deputy", expected), () if named else desk.deputies)
        return None
    told = [one for one in fitting if desk.sits_at(one, said)] if (said := row.get("card")) else fitting
    if len(told) == 1:
        return told[0]
    among = _("；").join(f"{one.congress.name} {one.card_number}" for one in fitting[:NAMED])
    expected = _("代表证号，或者所在人大、代表团的名称：叫“%(name)s”的代表有%(count)s位（%(among)s）")
    if len(fitting) == 1:
        expected = _("这位代表的代表证号，或者所在人大、代表团的名称（%(among)s）")
    problems.add(row.problem("card", expected % {"name": row["deputy"], "count": len(fitting), "among": among}))
    return None


def _village(row: Row, desk: Desk, problems: Any) -> Region | None:
    if "village" not in row:
        return None
    found = desk.villages.get(row["village"].replace(" ", ""), [])
    if len(found) == 1:
        return found[0]
    if found:
        example = f"{found[0].parent.name if found[0].parent else ''}{found[0].name}"
        expected = _("写明是哪一个：叫这个的有%(count)s个。前面写上乡镇，比如%(example)s")
        problems.add(row.problem("village", expected % {"count": len(found), "example": example}))
    else:
        problems.add(row.problem("village", _("您负责的范围里的村、社区，照平台上的写法")), desk.villages)
    return None


def _days(row: Row, desk: Desk, problems: Any) -> None:
    agreed, begins = row.get("consented_on"), row.get("from_on")
    if agreed and agreed > desk.day:
        problems.add(row.problem("consented_on", _("今天或者更早的日期：同意了才登记")))
    elif begins and begins > desk.day:
        problems.add(row.problem("from_on", _("今天或者更早的日期")))
    elif agreed and begins and agreed > begins:
        problems.add(row.problem("from_on", _("同意那天或者以后的日期：先同意，再结对")))


def _household(row: Row, mandate: Mandate, region: Region) -> tuple[Region, Body, Particulars, Consent]:
    who = Particulars(name=row["household"], phone=row.get("phone", ""), address=row.get("address", ""))
    return region, mandate.congress, who, Consent(row["way"], row.get("consented_on", row["from_on"]), mandate)


def _without_names(problem: Problem, reading: Reading) -> Problem:
    """A report is kept longer than the workbook: what a private cell says is not repeated in it."""
    words = {
        word
        for column in reading.layout.sheets[SHEET]
        if column.key in PRIVATE
        for word in (column.header, *column.also_called)
    }
    if problem.header not in words or not problem.row:
        return problem
    return replace(problem, found=_("（不写出来）") if problem.found != _("空") else problem.found, nearest="")


def _leave_known(plan: Plan) -> None:
    """Households that the platform knows are not kept twice, and ties that run are not made twice."""
    by_village: dict[UUID, list[tuple[Key, Particulars]]] = defaultdict(list)
    for key, (_region, _body, who, _consent) in plan.households.items():
        by_village[key[0]].append((key, who))
    there = _households_in(by_village)
    for village, told in by_village.items():
        same = vault.matching([who for _key, who in told], list(there.get(village, ())))
        for key, _who in told:
            if voice := same.get(key[1:]):
                plan.known[key] = there[village][voice]
    for key in plan.known:
        del plan.households[key]
    running = _running({household.pk for household in plan.known.values()})
    for (scheme, on), pairs in list(plan.ties.items()):
        new = [pair for pair in pairs if not _runs(plan, pair, scheme, running)]
        plan.unchanged += len(pairs) - len(new)
        plan.ties[scheme, on] = new
        if not new:
            del plan.ties[scheme, on]


def _households_in(villages: Iterable[UUID]) -> dict[UUID, dict[UUID, Household]]:
    found: dict[UUID, dict[UUID, Household]] = defaultdict(dict)
    for household in Household.objects.agreeing().filter(region__in=list(villages)).select_related("region__parent"):
        found[household.region_id][household.pk] = household
    return found


def _running(households: set[UUID]) -> set[tuple[UUID, UUID, str]]:
    found: set[tuple[UUID, UUID, str]] = set()
    order = sorted(households)
    for start in range(0, len(order), BATCH):
        some = Tie.objects.running().filter(toward_id__in=order[start : start + BATCH])
        found.update(some.values_list("who_id", "toward_id", "scheme"))
    return found


def _runs(plan: Plan, pair: tuple[Mandate, Key], scheme: str, running: set[tuple[UUID, UUID, str]]) -> bool:
    mandate, key = pair
    return key in plan.known and (mandate.pk, plan.known[key].pk, scheme) in running
