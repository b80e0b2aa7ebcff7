"""An opinion becomes part of a suggestion: it waits for what becomes of that, and is answered with it."""

from datetime import datetime
from uuid import UUID

from lianxin.affairs.opinions.actions.handling import office_holds_again
from lianxin.affairs.opinions.actions.judging import ask_to_rate
from lianxin.affairs.opinions.doing import Doing, Role, doing
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import KIND
from lianxin.ground.cases.handled import answer as send_answer
from lianxin.ground.cases.models import Handover, Means, Reply
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Mandate

Ending = Handover.Ending


def wait_for(opinion: Opinion, suggestion: UUID, lead: Mandate, *, by: UUID | None, at: datetime) -> bool:
    """A suggestion that stands on it was submitted. Where it lay with who leads that, it waits for the answer from now on.

    What lies with somebody else stays there, and is only told of. Submitted anew, it is told once. Whether it waits.
    """
    told = Event.objects.about(KIND, opinion.pk).filter(kind="opinions.raised", facts__suggestion=str(suggestion))
    if opinion.case.has_ended or told.exists():
        return False
    with doing(opinion, by=by, at=at, is_final=True) as work:
        own = work.case.handovers.running().filter(role__in=Handover.DEPUTIES, party_id=lead.pk).first()
        if own:
            own.end(Ending.PASSED_ON, at=at)
            work.hand(Role.RAISED, ("body", work.case.body_id), follows=own)
        work.tell("opinions.raised", holders=[("mandate", lead.pk)], facts={"suggestion": suggestion})
    return own is not None


def wait_no_more(opinion: Opinion, suggestion: UUID, *, by: UUID | None, at: datetime) -> None:
    """The suggestion that it waits for comes to nothing: the office has to say anew who answers it."""
    if opinion.case.has_ended or _waiting(opinion) is None:
        return
    with doing(opinion, by=by, at=at, is_final=True) as work:
        if waiting := _waiting(opinion):
            waiting.end(Ending.TAKEN_BACK, at=at)
            office_holds_again(work, waiting)
            work.tell("opinions.raised_in_vain", facts={"suggestion": suggestion})


def answer(opinion: Opinion, sent: Reply, *, by: UUID | None, at: datetime) -> bool:
    """The answer to the suggestion that it waits for answers it too; the author is asked to rate it. Whether it did.

    The class is the place's first of the same meaning. What is promised is followed with the suggestion, not twice.
    """
    if opinion.case.has_ended or _waiting(opinion) is None:
        return False
    with doing(opinion, by=by, at=at, is_final=True) as work:
        if (waiting := _waiting(opinion)) is None:
            return False
        reply = _repeated(work, waiting, sent)
        send_answer(work.case, waiting, reply, Means(sent.means), at, is_followed=False)
        facts = {"outcome": reply.outcome, "means": sent.means, "round": reply.round.number}
        work.tell("opinions.replied", holders=[sent.handover.party], facts=facts)
        ask_to_rate(work, reply.round)
    return True


def _repeated(work: Doing, waiting: Handover, sent: Reply) -> Reply:
    """What a unit said to the suggestion, as its answer to the one who spoke."""
    outcome = next((code for code, one in work.rules.outcomes.items() if one.means == sent.means), "")
    reply = Reply(case=work.case, round_id=waiting.round_id, handover=waiting, outcome=outcome, repeats=sent)
    for name in ("said_by", "text", "measures", "promise", "promised_on", "drafted_by", "drafted_at"):
        setattr(reply, name, getattr(sent, name))
    return reply


def _waiting(opinion: Opinion) -> Handover | None:
    return opinion.case.handovers.running().filter(role=Role.RAISED).first()
