"""What is answered: drafts that a unit shares, a head's approval, replies of units, offices and deputies, promises."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lianxin.affairs.opinions.actions.judging import ask_to_rate
from lianxin.affairs.opinions.actions.sorting import show
from lianxin.affairs.opinions.doing import Doing, Role, Stage, doing, holding, said
from lianxin.affairs.opinions.errors import SolvedIsNotYours
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases import settling
from lianxin.ground.cases.errors import (
    DraftChanged,
    NotHeld,
    PromisePast,
    PromiseWithoutDay,
    ReplyMissing,
    ReplyNotApproved,
)
from lianxin.ground.cases.models import Case, Claimant, Handover, Means, Promise, Reply
from lianxin.ground.core.clock import day_of

UNITS, DEPUTIES = Handover.UNITS, Handover.DEPUTIES
Ending = Handover.Ending


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
    with holding(handover, UNITS, by=by, at=at) as work:
        reply = _drafted(handover, edition)
        if reply.approved_at:
            return  # a form that was sent twice, or another head at the same time
        Reply.objects.filter(pk=reply.pk).update(approved_by=by, approved_at=at)
        work.tell("opinions.approved", holders=[handover.party])


def send_back_draft(handover: Handover, remark: str, *, by: UUID, at: datetime, edition: int) -> None:
    """The head of the unit gives the draft back to be mended, and says what.

    Raises NoReason, ReplyMissing, DraftChanged, NotHeld.
    """
    remark = said(remark)
    with holding(handover, UNITS, by=by, at=at) as work:
        reply = _drafted(handover, edition)
        if reply.asked_at is None and work.is_again("opinions.draft_sent_back", {"remark": remark}, [handover.party]):
            return
        Reply.objects.filter(pk=reply.pk).update(asked_at=None, approved_by=None, approved_at=None)
        work.tell("opinions.draft_sent_back", holders=[handover.party], texts={"remark": remark})


def send(handover: Handover, *, by: UUID, at: datetime, edition: int | None = None) -> Reply:
    """The unit's reply goes out. Of two who send at once the second is told that it is done.

    A co-handler's goes to the lead and the office; the lead's answers the author, and everybody merged into the matter.
    Raises ReplyMissing, ReplyNotApproved, DraftChanged, PromiseWithoutDay, PromisePast, NotHeld.
    """
    with holding(handover, UNITS, by=by, at=at) as work:
        reply = _drafted(handover, edition)
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
    with holding(handover, DEPUTIES, by=by, at=at) as work:
        outcome = next((code for code, one in work.rules.outcomes.items() if one.means == Means.EXPLAINED), "")
        if not outcome:
            raise SolvedIsNotYours
        reply = _written(handover, Claimant.DEPUTY, text, outcome, work)
        _send(work, handover, reply, at)
    return reply


def _drafted(handover: Handover, edition: int | None) -> Reply:
    """The draft that waits to be approved or sent, held. Raises ReplyMissing, DraftChanged where the page showed another."""
    drafts = Reply.objects.select_related("round").select_for_update(of=("self",))
    reply = drafts.filter(handover=handover, sent_at__isnull=True).first()
    if reply is None or not reply.text.strip():
        raise ReplyMissing
    if edition is not None and reply.edition != edition:
        raise DraftChanged
    return reply


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
    work.tell("opinions.replied", holders=[handover.party], facts=facts)
    if means == Means.LATER:
        _promise(work, handover, reply)
    ask_to_rate(work, reply.round)


def _send_to_lead(work: Doing, handover: Handover, reply: Reply, at: datetime) -> None:
    """What a co-handler writes has no class of its own: the lead answers for all."""
    reply.sent_at = at
    reply.save()
    handover.end(Ending.DONE, at=at)
    work.tell("opinions.co_replied", holders=[handover.party])


def _means(work: Doing, reply: Reply) -> Means:
    if reply.outcome not in work.rules.outcomes:
        raise ReplyMissing
    return work.rules.outcomes[reply.outcome].means


def _promise(work: Doing, handover: Handover, reply: Reply) -> None:
    assert reply.promised_on
    Promise.objects.create(reply=reply, case=work.case, what=reply.promise.strip(), due_on=reply.promised_on)
    if handover.party_kind == "unit":
        facts, texts = {"on": reply.promised_on}, {"what": reply.promise.strip()}
        work.tell("opinions.promised", holders=[handover.party], facts=facts, texts=texts)


def _still_held(handover: Handover) -> None:
    """Hold the case, and refuse where the matter lies here no more."""
    case = Case.objects.select_for_update().get(pk=handover.case_id)
    if not Handover.objects.running().filter(pk=handover.pk, role__in=UNITS).exists():
        raise NotHeld(case)
