"""What taking over a checked roster would change. The same roster a second time changes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.ground.core.clock import today
from lianxin.ground.people.models import Body, District, DistrictPart, Mandate, Membership, Person
from lianxin.ground.people.pinyin import spell
from lianxin.ground.people.roster.checking import Checked, DeputyLine
from lianxin.ground.people.roster.problems import Problem


@dataclass(frozen=True)
class Changed:
    """Columns of one row of the platform that would change: name → (before, after)."""

    thing: Person | Mandate
    line: DeputyLine
    values: dict[str, tuple[Any, Any]]


@dataclass
class Plan:
    """Everything a roster would change, made but not saved."""

    problems: list[Problem] = field(default_factory=list)
    districts: list[District] = field(default_factory=list)
    parts: list[DistrictPart] = field(default_factory=list)
    groups: list[Body] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    endings: list[tuple[Mandate, DeputyLine]] = field(default_factory=list)
    joining: list[Membership] = field(default_factory=list)
    leaving: list[Membership] = field(default_factory=list)
    unchanged: int = 0

    def counts(self) -> dict[str, int]:
        """How many of each would be new, changed, ended; `unchanged` counts deputies."""
        names = ("districts", "parts", "groups", "persons", "mandates", "changed", "endings", "joining", "leaving")
        return {name: len(getattr(self, name)) for name in names} | {"unchanged": self.unchanged}

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not any(count for name, count in self.counts().items() if name != "unchanged")


def compare(checked: Checked) -> Plan:
    """Compare a roster with the platform. Costs a dozen queries, however long the roster is."""
    plan = Plan()
    districts = _districts(plan, checked)
    groups = _groups(plan, checked.deputies)
    terms = {line.term.id for line in checked.deputies}
    held = {
        (mandate.term_id, mandate.card_number): mandate
        for mandate in Mandate.objects.filter(term__in=terms).select_related("person", "term", "congress")
    }
    namesakes = _namesakes(checked.deputies)
    memberships = _memberships(checked.deputies)
    for line in checked.deputies:
        before = sum(plan.counts().values()) - plan.unchanged
        district = districts.get((line.congress.id, line.district))
        mandate = held.get((line.term.id, line.card_number))
        if mandate:
            _compare_person(plan, mandate.person, line)
            _compare_mandate(plan, mandate, line, district)
        else:
            person = _person(plan, line, namesakes)
            if not person:
                continue
            mandate = _mandate(line, person, district)
            plan.mandates.append(mandate)
        if line.group:
            group = groups[line.congress.id, line.group]
            _compare_group(plan, mandate, line, group, memberships[mandate.person_id, line.congress.id])
        plan.unchanged += sum(plan.counts().values()) - plan.unchanged == before
    return plan


def _districts(plan: Plan, checked: Checked) -> dict[tuple[UUID, str], District]:
    running = District.objects.filter(ends_on__isnull=True)
    known = {(district.congress_id, district.number): district for district in running}
    covered: dict[UUID, list[tuple[str, District]]] = defaultdict(list)
    parts = DistrictPart.objects.filter(ends_on__isnull=True, district__in=known.values())
    for part in parts.select_related("district", "region"):
        covered[part.district.congress_id].append((part.region.path, part.district))
    for line in checked.districts:
        key = (line.congress.id, line.number)
        if key not in known:
            known[key] = District(
                congress=line.congress, number=line.number, name=line.name, seats=line.seats, starts_on=today()
            )
            plan.districts.append(known[key])
        district, path = known[key], line.region.path
        over = {
            other for around, other in covered[line.congress.id] if path.startswith(around) or around.startswith(path)
        }
        if others := over - {district}:
            expected = _("不属于别的选区的地方：%(place)s已经属于%(district)s") % {
                "place": line.region.name,
                "district": others.pop().name,
            }
            plan.problems.append(line.row.problem("village" if "village" in line.row.places else "township", expected))
        elif district not in over:
            covered[line.congress.id].append((path, district))
            plan.parts.append(DistrictPart(district=district, region=line.region, starts_on=today()))
    return known


def _groups(plan: Plan, lines: Iterable[DeputyLine]) -> dict[tuple[UUID, str], Body]:
    found = Body.objects.filter(kind="group", ends_on__isnull=True)
    known = {(group.parent_id, group.name): group for group in found if group.parent_id}
    for line in lines:
        key = (line.congress.id, line.group)
        if line.group and key not in known:
            known[key] = Body(
                kind="group", name=line.group, parent=line.congress, region=line.congress.region, starts_on=today()
            )
            plan.groups.append(known[key])
    return known


Namesakes = dict[str, list[tuple[Person, set[UUID]]]]


def _namesakes(lines: Iterable[DeputyLine]) -> Namesakes:
    """Persons on the platform by name, each with the terms in which they hold or held a seat."""
    names = sorted({line.name for line in lines})
    found: Namesakes = defaultdict(list)
    for start in range(0, len(names), 500):
        people = Person.objects.filter(name__in=names[start : start + 500]).prefetch_related("mandates")
        for person in people:
            found[person.name].append((person, {mandate.term_id for mandate in person.mandates.all()}))
    return found


def _person(plan: Plan, line: DeputyLine, namesakes: Namesakes) -> Person | None:
    """Whose new seat this is: somebody known by name and phone, somebody new, or nobody can say (a problem)."""
    phone = line.person.get("phone", "")
    others = [(person, terms) for person, terms in namesakes[line.name] if line.term.id not in terms]
    for person, terms in others:
        if phone and person.phone == phone:
            terms.add(line.term.id)
            _compare_person(plan, person, line)
            return person
    if any(not (phone and person.phone) for person, _terms in others):
        expected = _("两位同名的人都要有手机号，才分得清是不是同一个人（平台或名册里另有一位%(name)s）") % {
            "name": line.name
        }
        plan.problems.append(line.row.problem("phone", expected))
        return None
    pinyin, initials = spell(line.name)
    person = Person(pinyin=pinyin, initials=initials, **line.person)
    namesakes[line.name].append((person, {line.term.id}))
    plan.persons.append(person)
    return person


def _mandate(line: DeputyLine, person: Person, district: District | None) -> Mandate:
    return Mandate(
        person=person,
        term=line.term,
        congress=line.congress,
        level=line.congress.level,
        card_number=line.card_number,
        district=district,
        electing_body=line.electing_body,
        **line.mandate,
    )


def _compare_person(plan: Plan, person: Person, line: DeputyLine) -> None:
    values = {key: (getattr(person, key), new) for key, new in line.person.items() if getattr(person, key) != new}
    if values:
        if "name" in values:
            pinyin, initials = spell(line.name)
            values |= {"pinyin": (person.pinyin, pinyin), "initials": (person.initials, initials)}
        plan.changed.append(Changed(person, line, values))


def _compare_mandate(plan: Plan, mandate: Mandate, line: DeputyLine, district: District | None) -> None:
    said = {key: value for key, value in line.mandate.items() if key not in ("ends_on", "ending")}
    said |= {"district": district} if district else {}
    said |= {"electing_body": line.electing_body} if line.electing_body else {}
    ids = {"district": mandate.district_id, "electing_body": mandate.electing_body_id}
    values = {
        key: (ids[key] if key in ids else getattr(mandate, key), new)
        for key, new in said.items()
        if (ids[key] != new.id if key in ids else getattr(mandate, key) != new)
    }
    if values:
        plan.changed.append(Changed(mandate, line, values))
    ending = (line.mandate.get("ends_on"), line.mandate.get("ending", ""))
    if ending[0] and mandate.ends_on is None:
        plan.endings.append((mandate, line))
    elif ending[0] and ending != (mandate.ends_on, mandate.ending):
        expected = _("平台里已经记下的终止日期%(day)s（%(why)s），或者空着") % {
            "day": mandate.ends_on,
            "why": mandate.get_ending_display(),
        }
        plan.problems.append(line.row.problem("ends_on", expected))


def _memberships(lines: Iterable[DeputyLine]) -> dict[tuple[UUID, UUID | None], list[Membership]]:
    """Running memberships in groups, by person and congress; one query."""
    congresses = {line.congress.id for line in lines}
    found: dict[tuple[UUID, UUID | None], list[Membership]] = defaultdict(list)
    running = Membership.objects.filter(body__kind="group", body__parent__in=congresses, ends_on__isnull=True)
    for membership in running.select_related("body"):
        found[membership.person_id, membership.body.parent_id].append(membership)
    return found


def _compare_group(plan: Plan, mandate: Mandate, line: DeputyLine, wanted: Body, running: list[Membership]) -> None:
    if any(membership.body_id == wanted.id for membership in running):
        return
    plan.leaving += running
    start = today() if running else line.starts_on
    plan.joining.append(Membership(body=wanted, person=mandate.person, role="member", starts_on=start))
