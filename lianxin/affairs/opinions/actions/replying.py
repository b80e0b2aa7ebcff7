"""What is answered: drafts that a unit shares, a head's approval, replies of units, offices and deputies, promises."""

from datetime import datetime
from uuid import UUID

from lianxin.affairs.opinions.actions.judging import ask_to_rate
from lianxin.affairs.opinions.actions.sorting import show
from lianxin.affairs.opinions.doing import UNIT, Doing, Role, Stage, doing, holding
from lianxin.affairs.opinions.errors import SolvedIsNotYours
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases import handled
from lianxin.ground.cases.errors import ReplyMissing, ReplyNotApproved
from lianxin.ground.cases.handled import answer, drafted, send_to_lead
from lianxin.ground.cases.models import Claimant, Handover, Means, Reply

UNITS, DEPUTIES = Handover.UNITS, Handover.DEPUTIES
draft, ask_approval = handled.draft, handled.ask_approval
approve, send_back_draft = UNIT.approve, UNIT.send_back_draft


def send(handover: Handover, *, by: UUID, at: datetime, edition: int | None = None) -> Reply:
    """The unit's reply goes out. Of two who send at once the second is told that it is done.

    A co-handler's goes to the lead and the office; the lead's answers the author, and everybody merged into the matter.
    Raises ReplyMissing, ReplyNotApproved, DraftChanged, PromiseWithoutDay, PromisePast, NotHeld.
    """
    with holding(handover, UNITS, by=by, at=at) as work:
        reply = drafted(handover, edition)
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
        show(work.opinion)
        _send(work, handover, reply, at)
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
        send_to_lead(handover, reply, at)
        work.tell("opinions.co_replied", holders=[handover.party])
        return
    means = _means(work, reply)
    if reply.said_by == Claimant.DEPUTY and means != Means.EXPLAINED:
        raise SolvedIsNotYours
    answer(work.case, handover, reply, means, at)
    facts = {"outcome": reply.outcome, "means": means, "round": reply.round.number}
    work.tell("opinions.replied", holders=[handover.party], facts=facts)
    if means == Means.LATER and handover.party_kind == "unit":
        facts, texts = {"on": reply.promised_on}, {"what": reply.promise.strip()}
        work.tell("opinions.promised", holders=[handover.party], facts=facts, texts=texts)
    ask_to_rate(work, reply.round)


def _means(work: Doing, reply: Reply) -> Means:
    if reply.outcome not in work.rules.outcomes:
        raise ReplyMissing
    return work.rules.outcomes[reply.outcome].means
