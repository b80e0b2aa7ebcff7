"""Deputies' groups of a roster beside those of the platform."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from lianxin.ground.core.clock import today
from lianxin.ground.people.models import Body, Mandate, Membership
from lianxin.ground.people.roster.known import only
from lianxin.ground.people.roster.lines import DeputyLine
from lianxin.ground.people.roster.plan import Joining, Leaving, Plan

Seats = dict[UUID, set[UUID]]  # person → congresses in which a mandate of this person runs


def compare_groups(plan: Plan, persons: Mapping[DeputyLine, UUID], touched: set[DeputyLine]) -> None:
    """Put into the plan who joins which group, who leaves one, and which groups are new.

    Whoever changes the group leaves the old one yesterday and joins the new one today. Whose last mandate in a
    congress ends leaves its groups with it.
    """
    seats = _seats(plan, {*persons.values(), *(ending.mandate.person_id for ending in plan.endings)})
    running = memberships_of(persons.values())
    made: dict[tuple[UUID, str], Body] = {}
    for line, person in persons.items():
        sits_in = running[person]
        if not line.group_name or any(membership.body.name == line.group_name for membership in sits_in):
            continue
        touched.add(line)
        left = shown(sits_in, line.congress.id, seats.get(person, ()))
        starts_on = max(today(), line.starts_on) if left else line.starts_on
        group = line.group or _new(plan, line, made, starts_on)
        plan.joining.append(Joining(group, person, line.name, starts_on, line.row))
        if left:
            plan.leaving.append(Leaving(left, line.name, starts_on - timedelta(days=1), line.row))
    for ending in plan.endings:
        person, congress = ending.mandate.person_id, ending.line.congress.id
        if ending.line.ends_on and congress not in seats.get(person, ()):
            own = [membership for membership in running[person] if membership.body.parent_id == congress]
            last, row = ending.line.ends_on, ending.line.row
            plan.leaving += [Leaving(membership, ending.line.name, last, row) for membership in own]


def shown(memberships: Iterable[Membership], congress: UUID, seats: Collection[UUID]) -> Membership | None:
    """Which of somebody's groups stands in the row of a congress: one of its own, else one where this person has no seat.

    Groups unite deputies of several levels: a county's deputy may sit in the group of a township.
    """
    ordered = sorted(memberships, key=lambda it: (it.body.parent_id != congress, it.starts_on or date.min, it.id))
    fitting = [it for it in ordered if it.body.parent_id == congress or it.body.parent_id not in seats]
    return next(iter(fitting), None)


def memberships_of(persons: Iterable[UUID]) -> defaultdict[UUID, list[Membership]]:
    """Running memberships in groups, by person; one query."""
    found: defaultdict[UUID, list[Membership]] = defaultdict(list)
    wanted = set(persons)
    running = Membership.objects.filter(body__kind="group", body__parent__isnull=False, ends_on__isnull=True)
    for membership in running.filter(**only("person", wanted)).select_related("body").iterator():
        if membership.person_id in wanted:
            found[membership.person_id].append(membership)
    return found


def seats_of(mandates: Iterable[tuple[UUID, UUID]]) -> Seats:
    """The congresses in which each person sits, from pairs of person and congress."""
    seats: Seats = {}
    for person, congress in mandates:
        seats.setdefault(person, set()).add(congress)
    return seats


def _seats(plan: Plan, persons: Collection[UUID]) -> Seats:
    """Where these persons, and perhaps others, will sit once the roster is taken over; one query."""
    ended = {ending.mandate.id for ending in plan.endings}
    running = Mandate.objects.filter(ends_on__isnull=True, **only("person", persons))
    held = running.values_list("id", "person_id", "congress_id").iterator()
    stay = [(person, congress) for id, person, congress in held if id not in ended]
    return seats_of([*stay, *((new.person_id, new.line.congress.id) for new in plan.mandates if not new.line.ends_on)])


def _new(plan: Plan, line: DeputyLine, made: dict[tuple[UUID, str], Body], starts_on: date) -> Body:
    """The group of this name, founded on the first day of its first member."""
    congress = line.congress
    key = (congress.id, line.group_name)
    if key not in made:
        made[key] = Body(
            kind="group", name=line.group_name, parent=congress, region=congress.region, level=congress.level
        )
        plan.groups.append(made[key])
    made[key].starts_on = min(starts_on, made[key].starts_on or starts_on)
    return made[key]
