"""What taking over a checked roster would change. The same roster a second time changes nothing."""

from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.ground.people.models import Mandate
from lianxin.ground.people.models.mandate import plain_card
from lianxin.ground.people.pinyin import spell
from lianxin.ground.people.roster.checking import Checked
from lianxin.ground.people.roster.districts import Districts, compare_districts
from lianxin.ground.people.roster.groups import compare_groups
from lianxin.ground.people.roster.identity import People
from lianxin.ground.people.roster.lines import DeputyLine
from lianxin.ground.people.roster.lookups import Reach, out_of_reach
from lianxin.ground.people.roster.plan import Changed, Ended, NewPerson, NewSeat, Plan
from lianxin.ground.people.roster.trades import tell_new_trades


def compare(checked: Checked) -> Plan:
    """Compare a roster with the platform. Costs a dozen queries, however long the roster is.

    Lines without a mistake are compared though others have one, so that all mistakes are told at once.
    """
    plan = Plan(problems=checked.problems, notes=checked.notes)
    districts = compare_districts(plan, checked.districts)
    terms = {line.term.id for line in checked.deputies}
    held = {
        (mandate.term_id, plain_card(mandate.card_number)): mandate
        for mandate in Mandate.objects.filter(term__in=terms).select_related("person", "district", "electing_body")
    }
    people = People(checked.deputies, held.values(), plan.problems)
    seats = _Seats(plan, people, districts, checked.reach)
    new = []
    for line in checked.deputies:
        if mandate := held.get((line.term.id, plain_card(line.card_number))):
            seats.compare(mandate, line)
        else:
            new.append(line)
    for line in new:  # after the phones of everybody known are read
        seats.begin(line)
    _compare_persons(plan, people, seats.touched)
    compare_groups(plan, seats.persons, seats.touched)
    tell_new_trades(plan)
    plan.unchanged = len(seats.persons) - len(seats.touched)
    return plan


class _Seats:
    """Compares line by line. `persons` are the lines that are right, and whose; `touched` are those that change something."""

    def __init__(self, plan: Plan, people: People, districts: Districts, reach: Reach):
        self.plan, self.people, self.districts, self.reach = plan, people, districts, reach
        self.persons: dict[DeputyLine, UUID] = {}
        self.touched: set[DeputyLine] = set()

    def begin(self, line: DeputyLine) -> None:
        """A mandate that the platform does not know."""
        if line.term.ends_on and not line.ends_on:
            expected = _("终止日期：%(congress)s%(term)s到%(day)s为止") % {
                "congress": line.congress.name,
                "term": line.term,
                "day": line.term.ends_on,
            }
            self.plan.problems.add(line.row.problem("ends_on", expected))
            return
        if known := self.people.of_new_card(line):
            self.persons[line] = known.id
            self.touched.add(line)
            self.plan.mandates.append(NewSeat(known.id, line, self.districts.get((line.congress.id, line.district))))

    def compare(self, mandate: Mandate, line: DeputyLine) -> None:
        """A mandate that the platform knows by its card."""
        if not (answer := self.reach.of(line.congress, mandate.electing_body)):
            self.plan.problems.add(line.row.problem("congress", out_of_reach(answer)))
            return
        if mandate.card_number != line.card_number:
            expected = _("%(card)s：平台里这个代表证号这样写") % {"card": mandate.card_number}
            self.plan.problems.add(line.row.problem("card_number", expected, nearest=mandate.card_number))
            return
        known = self.people.of_card(mandate, line)
        if not known or not self._is_possible(mandate, line):
            return
        self.persons[line] = known.id
        said = line.mandate
        if district := self.districts.get((line.congress.id, line.district)):
            said["district"] = district
        if line.electing_body:
            said["electing_body"] = line.electing_body
        values = {key: (before, new) for key, new in said.items() if (before := getattr(mandate, key)) != new}
        if values:
            self.touched.add(line)
            self.plan.changed.append(Changed(mandate, line.congress, line.name, values, line.row))
        if line.ends_on and not mandate.ends_on:
            self.touched.add(line)
            self.plan.endings.append(Ended(mandate, line))

    def _is_possible(self, mandate: Mandate, line: DeputyLine) -> bool:
        """What was recorded as ended stays so, and a mandate begins before it ends."""
        if not mandate.ends_on:
            return True
        recorded = {"day": mandate.ends_on, "why": mandate.get_ending_display()}
        if line.ends_on and line.ends_on != mandate.ends_on:
            expected = _("平台里已经记下的终止日期%(day)s（%(why)s），或者空着") % recorded
            self.plan.problems.add(line.row.problem("ends_on", expected))
        elif line.ends_on and line.ending != mandate.ending:
            expected = _("平台里已经记下的终止原因“%(why)s”，或者空着") % recorded
            self.plan.problems.add(line.row.problem("ending", expected))
        elif line.starts_on > mandate.ends_on:
            expected = _("不晚于%(day)s的日期：平台里记着那天终止") % recorded
            self.plan.problems.add(line.row.problem("starts_on", expected))
        else:
            return True
        return False


def _compare_persons(plan: Plan, people: People, touched: set[DeputyLine]) -> None:
    """Each person once, with what all lines say together."""
    for known in people.by_id.values():
        if not known.lines:
            continue
        new = NewPerson(known.id, known.lines, known.namesakes)
        if known.person is None:
            plan.persons.append(new)
            continue
        person = known.person
        values = {key: (before, now) for key, now in new.facts.items() if (before := getattr(person, key)) != now}
        namesakes = 0
        if "name" in values:
            namesakes = people.sitting(values["name"][1], known)
            spelled = zip(("pinyin", "initials"), spell(values["name"][1]), strict=True)
            values |= {key: (getattr(person, key), now) for key, now in spelled}
        if values:
            touched.update(known.lines)
            first = known.lines[0]
            plan.changed.append(Changed(person, first.congress, person.name, values, first.row, namesakes))
