"""What is done by those who handle: units sign in, contact, return, reply; deputies answer, take up, pass on."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format

from lianxin.affairs.opinions.actions.judging import ask_to_rate
from lianxin.affairs.opinions.actions.sorting import show
from lianxin.affairs.opinions.doing import Doing, Role, Stage, doing, said
from lianxin.affairs.opinions.errors import (
    ComplainedOf,
    PrivacyFirst,
    SolvedIsNotYours,
    TakenUpAlready,
)
from lianxin.affairs.opinions.models import Opinion, Privacy
from lianxin.affairs.opinions.routing import office_of
from lianxin.affairs.opinions.rules import clock_rule
from lianxin.ground.cases import settling
from lianxin.ground.cases.errors import (
    DraftChanged,
    HeldAlready,
    NoLongerThere,
    NotHeld,
    NotNow,
    PromisePast,
    PromiseWithoutDay,
    ReplyMissing,
    ReplyNotApproved,
    TooLateToReturn,
)
from lianxin.ground.cases.models import Case, Claimant, Handover, Means, Promise, Reply
from lianxin.ground.cases.registry import gone
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of
from lianxin.ground.people.models import Mandate, Unit
from lianxin.lib.calendars import span_end

HANDED = (Stage.RECEIVED, Stage.ACCEPTED, Stage.HANDLING)
UNITS, DEPUTIES = Handover.UNITS, Handover.DEPUTIES
HANDLERS = (*UNITS, *DEPUTIES)
Ending = Handover.Ending


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
    with _of(handover, HANDLERS, by=by, at=at, edition=edition) as work:
        handover.end(Ending.TAKEN_BACK, at=at)
        _office_holds_again(work, handover)
        holder = (handover.party_kind, handover.party_id)
        role = "opinions.taken_back" if handover.party_kind == "unit" else "opinions.passed_on"
        work.tell(role, holders=[holder], texts={"reason": reason})


def sign_in(handover: Handover, *, by: UUID, at: datetime) -> None:
    """The unit has it. Said twice, it is said once. Raises NotHeld."""
    with _of(handover, UNITS, by=by, at=at) as work:
        if handover.signed_in_at is None:
            _set(handover, signed_in_at=at)
            work.tell("opinions.signed_in", holders=[_party(handover)])


def contact(handover: Handover, note: str, *, by: UUID, at: datetime) -> None:
    """The unit has been in touch about it for the first time, by way of the office. Raises NoReason, NotHeld."""
    note = said(note)
    with _of(handover, UNITS, by=by, at=at) as work:
        if handover.contacted_at is None:
            _set(handover, contacted_at=at)
        work.tell("opinions.contacted", holders=[_party(handover)], texts={"note": note})


def ask_return(handover: Handover, reason: str, *, by: UUID, at: datetime) -> None:
    """The unit asks to give it back: within the preset's days, with a reason; it holds it until the office agrees.

    Raises NoReason, TooLateToReturn, NotHeld.
    """
    reason = said(reason)
    with _of(handover, UNITS, by=by, at=at) as work:
        last = last_day_to_return(work, handover)
        if day_of(at) > last:
            raise TooLateToReturn(date_format(last))
        _set(handover, return_asked_at=at)
        work.tell("opinions.return_asked", holders=[_party(handover)], texts={"reason": reason})


def last_day_to_return(work: Doing, handover: Handover) -> date:
    """Until when it may be returned."""
    span = clock_rule(work.preset, "opinions_return").span
    return span_end(handover.started_on, span, working_calendar())


def agree_to_return(handover: Handover, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """The office agrees: the matter lies with the office again, and how often it came back is counted. Raises NotHeld."""
    with _of(handover, UNITS, by=by, at=at, edition=edition) as work:
        if handover.return_asked_at is None:
            raise NotHeld(work.case)
        handover.end(Ending.RETURNED, at=at)
        work.case.returns += 1
        _office_holds_again(work, handover)
        work.tell("opinions.returned", holders=[_party(handover)])


def refuse_return(handover: Handover, reason: str, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """The office does not agree, and says why: the unit handles it. Raises NoReason, NotHeld."""
    reason = said(reason)
    with _of(handover, UNITS, by=by, at=at, edition=edition) as work:
        if handover.return_asked_at is None:
            raise NotHeld(work.case)
        _set(handover, return_asked_at=None)
        work.tell("opinions.return_refused", holders=[_party(handover)], texts={"reason": reason})


# Drafts and replies


def draft(handover: Handover, *, by: UUID, at: datetime, edition: int | None = None, **facts: Any) -> Reply:
    """Save the draft of the unit's reply, shared by its people; a draft that was approved has to be approved anew.

    `edition` is that of the draft as the page showed it. Raises DraftChanged, NotHeld.
    """
    with transaction.atomic():
        _still_held(handover)
        made = Reply.objects.select_for_update().filter(handover=handover, sent_at__isnull=True).first()
        if made is None:
            said_by = Claimant.DEPUTY if handover.party_kind == "mandate" else Claimant.UNIT
            made = Reply(case_id=handover.case_id, round_id=handover.round_id, handover=handover, said_by=said_by)
        elif edition is not None and made.edition != edition:
            raise DraftChanged
        for name in ("text", "measures", "outcome", "promise", "promised_on"):
            setattr(made, name, facts.get(name, getattr(made, name)))
        made.drafted_by, made.drafted_at, made.edition = by, at, made.edition + 1
        made.asked_at = made.approved_by = made.approved_at = None
        made.save()
    return made


def ask_approval(handover: Handover, *, by: UUID, at: datetime) -> None:
    """The draft goes to the head of the unit. Raises ReplyMissing, NotHeld."""
    with transaction.atomic():
        _still_held(handover)
        if Reply.objects.filter(handover=handover, sent_at__isnull=True).exclude(text="").update(asked_at=at) != 1:
            raise ReplyMissing


def approve(handover: Handover, *, by: UUID, at: datetime, edition: int) -> None:
    """The head of the unit approves the draft as the page showed it. Raises ReplyMissing, DraftChanged, NotHeld."""
    with _of(handover, UNITS, by=by, at=at) as work:
        reply = Reply.objects.select_for_update().filter(handover=handover, sent_at__isnull=True).first()
        if reply is None or not reply.text.strip():
            raise ReplyMissing
        if reply.edition != edition:
            raise DraftChanged
        Reply.objects.filter(pk=reply.pk).update(approved_by=by, approved_at=at)
        work.tell("opinions.approved", holders=[_party(handover)])


def send_back_draft(handover: Handover, remark: str, *, by: UUID, at: datetime, edition: int) -> None:
    """The head of the unit gives the draft back to be mended, and says what.

    Raises NoReason, ReplyMissing, DraftChanged, NotHeld.
    """
    remark = said(remark)
    with _of(handover, UNITS, by=by, at=at) as work:
        reply = Reply.objects.select_for_update().filter(handover=handover, sent_at__isnull=True).first()
        if reply is None:
            raise ReplyMissing
        if reply.edition != edition:
            raise DraftChanged
        Reply.objects.filter(pk=reply.pk).update(asked_at=None, approved_by=None, approved_at=None)
        work.tell("opinions.draft_sent_back", holders=[_party(handover)], texts={"remark": remark})


def send(handover: Handover, *, by: UUID, at: datetime, edition: int | None = None) -> Reply:
    """The unit's reply goes out. Of two who send at once the second is told that it is done.

    A co-handler's goes to the lead and the office; the lead's answers the author, and everybody merged into the matter.
    Raises ReplyMissing, ReplyNotApproved, DraftChanged, PromiseWithoutDay, PromisePast, NotHeld.
    """
    with _of(handover, UNITS, by=by, at=at) as work:
        reply = Reply.objects.select_for_update().filter(handover=handover, sent_at__isnull=True).first()
        if reply is None or not reply.text.strip():
            raise ReplyMissing
        if edition is not None and reply.edition != edition:
            raise DraftChanged
        if work.rules.head_approves and reply.approved_at is None:
            raise ReplyNotApproved
        _send(work, handover, reply, at)
    return reply


def answer_now(
    opinion: Opinion, text: str, outcome: str, *, by: UUID, at: datetime, edition: int | None = None
) -> Reply:
    """The office answers by itself. Raises ReplyMissing, NotNow."""
    if not (text := text.strip()):
        raise ReplyMissing
    stages = (Stage.RECEIVED, Stage.ACCEPTED)
    with doing(opinion, by=by, at=at, stages=stages, edition=edition) as work:
        handover = work.case.handovers.running().get(role__in=Handover.OFFICES)
        reply = _written(handover, Claimant.OFFICE, text, outcome, work)
        show(opinion)
        _send(work, handover, reply, at)
    return reply


def answer_as_deputy(handover: Handover, text: str, *, by: UUID, at: datetime) -> Reply:
    """A deputy explains. "Solved" is not a deputy's to say: the class is the preset's first that explains.

    Raises ReplyMissing, NotHeld, SolvedIsNotYours.
    """
    if not (text := text.strip()):
        raise ReplyMissing
    with _of(handover, DEPUTIES, by=by, at=at) as work:
        outcome = next((code for code, one in work.rules.outcomes.items() if one.means == Means.EXPLAINED), "")
        if not outcome:
            raise SolvedIsNotYours
        reply = _written(handover, Claimant.DEPUTY, text, outcome, work)
        _send(work, handover, reply, at)
    return reply


def take_up(handover: Handover, *, by: UUID, at: datetime) -> None:
    """A deputy takes it up, to bring it on: it has a clock and stands on the list of what deputies hold (S5).

    Once: taking it up again would wind the clock anew. Raises TakenUpAlready, NotHeld.
    """
    with _of(handover, DEPUTIES, by=by, at=at) as work:
        if handover.role != Role.ANSWER:
            raise TakenUpAlready(work.case.number)
        handover.end(Ending.DONE, at=at)
        work.hand(Role.TAKEN_UP, _party(handover), follows=handover)
        work.tell("opinions.taken_up", holders=[_party(handover)])


def pass_on(handover: Handover, reason: str, *, by: UUID, at: datetime) -> None:
    """A deputy gives it to the office, with a reason. Raises NoReason, NotHeld."""
    reason = said(reason)
    with _of(handover, DEPUTIES, by=by, at=at) as work:
        handover.end(Ending.PASSED_ON, at=at)
        _office_holds_again(work, handover)
        work.tell("opinions.passed_on", holders=[_party(handover)], texts={"reason": reason})


def hand_back(handover: Handover, at: datetime) -> None:
    """Whoever held it is there no more: it lies with an office that is. Done by the schedule. Raises NobodyThere, NotHeld."""
    with _of(handover, by=None, at=at) as work:
        handover.end(Ending.TAKEN_BACK, at=at)
        _office_holds_again(work, handover)
        work.tell("opinions.handed_back")


def _written(handover: Handover, said_by: Claimant, text: str, outcome: str, work: Doing) -> Reply:
    """What goes out as it was written; where an answer was taken back, in the place of what is left of it."""
    written = Reply.objects.filter(handover=handover, sent_at__isnull=True).first()
    reply = written or Reply(case=work.case, round_id=handover.round_id, handover=handover)
    reply.said_by, reply.text, reply.outcome = said_by, text, outcome
    reply.drafted_by, reply.drafted_at = work.by, work.at
    return reply


def _send(work: Doing, handover: Handover, reply: Reply, at: datetime) -> None:
    if handover.role == Role.CO:
        _send_to_lead(work, handover, reply, at)
        return
    means = _means(work, reply)
    if means == Means.LATER:
        if not reply.promise.strip() or reply.promised_on is None:
            raise PromiseWithoutDay
        if reply.promised_on <= day_of(at):
            raise PromisePast
    if reply.said_by == Claimant.DEPUTY and means != Means.EXPLAINED:
        raise SolvedIsNotYours
    reply.means, reply.sent_at = means, at
    reply.save()
    handover.end(Ending.DONE, at=at)
    settling.end_running(work.case, Ending.CLOSED, at=at)
    work.case.stage, work.case.outcome, work.case.outcome_by = Stage.ANSWERED, means, reply.said_by
    facts = {"outcome": reply.outcome, "means": means, "round": reply.round.number}
    work.tell("opinions.replied", holders=[_party(handover)], facts=facts)
    if means == Means.LATER:
        _promise(work, handover, reply)
    ask_to_rate(work, reply.round)


def _send_to_lead(work: Doing, handover: Handover, reply: Reply, at: datetime) -> None:
    """What a co-handler writes has no class of its own: the lead answers for all."""
    reply.sent_at = at
    reply.save()
    handover.end(Ending.DONE, at=at)
    work.tell("opinions.co_replied", holders=[_party(handover)])


def _means(work: Doing, reply: Reply) -> Means:
    if reply.outcome not in work.rules.outcomes:
        raise ReplyMissing
    return work.rules.outcomes[reply.outcome].means


def _promise(work: Doing, handover: Handover, reply: Reply) -> None:
    assert reply.promised_on
    Promise.objects.create(reply=reply, case=work.case, what=reply.promise.strip(), due_on=reply.promised_on)
    if handover.party_kind == "unit":
        facts, texts = {"on": reply.promised_on}, {"what": reply.promise.strip()}
        work.tell("opinions.promised", holders=[_party(handover)], facts=facts, texts=texts)


@contextmanager
def _of(
    handover: Handover,
    roles: tuple[str, ...] = tuple(Handover.Role),
    *,
    by: UUID | None,
    at: datetime,
    edition: int | None = None,
) -> Iterator[Doing]:
    """Work on the opinion that a handover is of, as long as the matter still lies there, to do this. Raises NotHeld."""
    opinion = Opinion.objects.with_case().get(case=handover.case_id)
    if opinion.case.has_ended:
        raise NotHeld(opinion.case)
    with doing(opinion, by=by, at=at, edition=edition) as work:
        handover.refresh_from_db()
        if not handover.is_running or handover.role not in roles:
            raise NotHeld(work.case)
        yield work


def _still_held(handover: Handover) -> None:
    """Hold the case, and refuse where the matter lies here no more."""
    case = Case.objects.select_for_update().get(pk=handover.case_id)
    if not Handover.objects.running().filter(pk=handover.pk, role__in=UNITS).exists():
        raise NotHeld(case)


def _office_lets_go(work: Doing, ending: str) -> Handover | None:
    """The office's own handover ends; which it was. A deputy who held it lets go too."""
    ended = settling.end_running(work.case, ending, at=work.at, roles=(*Handover.OFFICES, *Handover.DEPUTIES))
    return next((handover for handover in ended if handover.role in Handover.OFFICES), None)


def _office_holds_again(work: Doing, after: Handover) -> None:
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


def _party(handover: Handover) -> tuple[str, UUID]:
    return handover.party_kind, handover.party_id


def _set(handover: Handover, **columns: Any) -> None:
    Handover.objects.filter(pk=handover.pk).update(**columns)
    for name, value in columns.items():
        setattr(handover, name, value)
