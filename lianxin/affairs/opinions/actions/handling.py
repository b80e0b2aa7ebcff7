"""Who handles it: the office hands on and takes back; units sign in, contact, return; deputies take up, pass on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lianxin.affairs.opinions.actions.sorting import show
from lianxin.affairs.opinions.doing import UNIT, Doing, Role, Stage, doing, holding
from lianxin.affairs.opinions.errors import ComplainedOf, PrivacyFirst, TakenUpAlready
from lianxin.affairs.opinions.models import Opinion, Privacy
from lianxin.affairs.opinions.routing import office_of
from lianxin.ground.cases import settling
from lianxin.ground.cases.errors import HeldAlready, NoLongerThere, NotHeld, NotNow
from lianxin.ground.cases.models import Handover
from lianxin.ground.cases.registry import gone
from lianxin.ground.cases.working import said
from lianxin.ground.core.clock import day_of
from lianxin.ground.people.models import Mandate, Unit

HANDED = (Stage.RECEIVED, Stage.ACCEPTED, Stage.HANDLING)
UNITS, DEPUTIES = Handover.UNITS, Handover.DEPUTIES
HANDLERS = (*UNITS, *DEPUTIES)
Ending = Handover.Ending

sign_in, contact, ask_return, refuse_return = UNIT.sign_in, UNIT.contact, UNIT.ask_return, UNIT.refuse_return


def hand_to_units(
    opinion: Opinion, lead: Unit, others: Sequence[Unit] = (), *, by: UUID, at: datetime, edition: int | None = None
) -> None:
    """Units handle it: one leads, others help, each under a clock of its own. What is taken is taken with it.

    Raises PrivacyFirst, ComplainedOf, NoLongerThere, HeldAlready, NotNow.
    """
    with doing(opinion, by=by, at=at, stages=HANDED, edition=edition) as work:
        _must_be_looked_at(work)
        for place, unit in enumerate((lead, *others)):
            _must_take(work, "unit", unit)
            if unit in (lead, *others)[:place]:
                raise HeldAlready(work.case, unit.name)
        follows = _office_lets_go(work, Ending.DONE)
        if not work.case.handovers.running().filter(role=Role.LEAD).exists():
            work.hand(Role.LEAD, ("unit", lead.pk), follows=follows)
        else:
            work.hand(Role.CO, ("unit", lead.pk), follows=follows)
        for unit in others:
            work.hand(Role.CO, ("unit", unit.pk), follows=follows)
        work.case.stage = Stage.HANDLING
        show(opinion)
        work.tell("opinions.handed_to_unit", holders=[("unit", unit.pk) for unit in (lead, *others)])


def hand_to_deputy(opinion: Opinion, mandate: Mandate, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """A deputy answers it, or takes it up: never while a unit leads, whose reply a deputy's words would cut short.

    Raises ComplainedOf, NoLongerThere, HeldAlready, NotNow.
    """
    with doing(opinion, by=by, at=at, stages=HANDED, edition=edition) as work:
        _must_take(work, "mandate", mandate)
        if work.case.handovers.running().filter(role=Role.LEAD).exists():
            raise NotNow(work.case)
        follows = _office_lets_go(work, Ending.DONE)
        work.hand(Role.ANSWER, ("mandate", mandate.pk), follows=follows)
        work.case.stage = Stage.HANDLING
        show(opinion)
        work.tell("opinions.handed_to_deputy", holders=[("mandate", mandate.pk)])


def take_back(handover: Handover, reason: str, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """The office takes a matter back from a unit or deputy. Raises NoReason, NotHeld."""
    reason = said(reason)
    with holding(handover, HANDLERS, by=by, at=at, edition=edition) as work:
        handover.end(Ending.TAKEN_BACK, at=at)
        office_holds_again(work, handover)
        role = "opinions.taken_back" if handover.party_kind == "unit" else "opinions.passed_on"
        work.tell(role, holders=[handover.party], texts={"reason": reason})


def agree_to_return(handover: Handover, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """The office agrees: the matter lies with the office again, and how often it came back is counted. Raises NotHeld."""
    with holding(handover, UNITS, by=by, at=at, edition=edition) as work:
        if handover.return_asked_at is None:
            raise NotHeld(work.case)
        handover.end(Ending.RETURNED, at=at)
        work.case.returns += 1
        office_holds_again(work, handover)
        work.tell("opinions.returned", holders=[handover.party])


def take_up(handover: Handover, *, by: UUID, at: datetime) -> Handover:
    """A deputy takes it up, to bring it on: it has a clock and stands on the list of what deputies hold (S5). As what they hold it now.

    Once: taking it up again would wind the clock anew. Raises TakenUpAlready, NotHeld.
    """
    with holding(handover, DEPUTIES, by=by, at=at) as work:
        if handover.role != Role.ANSWER:
            raise TakenUpAlready(work.case.number)
        handover.end(Ending.DONE, at=at)
        held = work.hand(Role.TAKEN_UP, handover.party, follows=handover)
        show(work.opinion)
        work.tell("opinions.taken_up", holders=[handover.party])
    return held


def pass_on(handover: Handover, reason: str, *, by: UUID, at: datetime) -> None:
    """A deputy gives it to the office, with a reason. Raises NoReason, NotHeld."""
    reason = said(reason)
    with holding(handover, DEPUTIES, by=by, at=at) as work:
        handover.end(Ending.PASSED_ON, at=at)
        office_holds_again(work, handover)
        work.tell("opinions.passed_on", holders=[handover.party], texts={"reason": reason})


def hand_back(handover: Handover, at: datetime) -> None:
    """Whoever held it is there no more: it lies with an office that is. Done by the schedule. Raises NobodyThere, NotHeld."""
    with holding(handover, by=None, at=at) as work:
        handover.end(Ending.TAKEN_BACK, at=at)
        office_holds_again(work, handover)
        work.tell("opinions.handed_back")


def _office_lets_go(work: Doing, ending: str) -> Handover | None:
    """The office's own handover ends; which it was. A deputy who held it lets go too, and it waits for no suggestion."""
    letting_go = (*Handover.OFFICES, *Handover.DEPUTIES, Role.RAISED)
    ended = settling.end_running(work.case, ending, at=work.at, roles=letting_go)
    return next((handover for handover in ended if handover.role in Handover.OFFICES), None)


def office_holds_again(work: Doing, after: Handover) -> None:
    """Where nobody else leads, the office has to say anew who handles it; or whether it is taken, where that was not said."""
    leading = work.case.handovers.running().exclude(role=Role.CO)
    if leading.exists():
        return
    case, day = work.case, day_of(work.at)
    case.body = office_of(case.body, case.region, day, is_complaint=work.opinion.is_complaint)
    if case.stage == Stage.RECEIVED:
        work.hand(Role.SORT, ("body", case.body_id), follows=after)
    else:
        case.stage = Stage.ACCEPTED
        work.hand(Role.ASSIGN, ("body", case.body_id), follows=after)


def _must_be_looked_at(work: Doing) -> None:
    if Opinion.objects.filter(pk=work.opinion.pk, privacy=Privacy.FOUND).exists():
        raise PrivacyFirst(work.case.number)


def _must_take(work: Doing, kind: str, party: Unit | Mandate) -> None:
    """The party is there, does not hold it yet, and is not the one complained of."""
    _must_not_complain_of(work, party)
    if gone(kind, {party.pk}, day_of(work.at)):
        raise NoLongerThere(str(party))
    if work.case.handovers.running().filter(party_id=party.pk).exists():
        raise HeldAlready(work.case, str(party))


def _must_not_complain_of(work: Doing, party: Unit | Mandate) -> None:
    """Nobody handles what complains of them; a unit's offices neither."""
    complained = work.opinion.complains_of_id
    if not complained:
        return
    unit: Unit | None = party if isinstance(party, Unit) else None
    while unit and unit.pk != complained:
        unit = unit.parent
    if unit or party.pk == complained:
        raise ComplainedOf(str(party))
    if isinstance(party, Mandate) and _same_person(complained, party):
        raise ComplainedOf(str(party))


def _same_person(complained: UUID, mandate: Mandate) -> bool:
    return Mandate.objects.filter(pk=complained, person=mandate.person_id).exists()
