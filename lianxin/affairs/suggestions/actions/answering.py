"""A suggestion is answered, and the answer judged by who asked; what was promised is kept, or it begins anew."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from lianxin.affairs.opinions.actions import raising
from lianxin.affairs.suggestions import telling
from lianxin.affairs.suggestions.doing import UNIT, Doing, Role, Stage, doing, holding
from lianxin.affairs.suggestions.errors import NotAnswered, NotRated
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.models.suggestion import KIND
from lianxin.ground.cases import handled, settling
from lianxin.ground.cases.errors import PromiseSettled, ReplyMissing, ReplyNotApproved
from lianxin.ground.cases.handled import answer, drafted, send_to_lead
from lianxin.ground.cases.issuing import once
from lianxin.ground.cases.models import Case, Handover, Means, Promise, Rating, Reply, Round
from lianxin.ground.cases.working import said
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Ref, record
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Letterhead, Paper, PaperKind
from lianxin.lib import papers as layout
from lianxin.lib.calendars import span_end

draft, ask_approval = handled.draft, handled.ask_approval
approve, send_back_draft = UNIT.approve, UNIT.send_back_draft
CUT_SHORT = (Case.Ending.DECLINED, Case.Ending.WITHDRAWN)
MOST_ROUNDS = 2  # whoever is not satisfied is answered once more; then both sides are brought together, not the paper


def send(handover: Handover, *, by: UUID, at: datetime, edition: int | None = None) -> Reply:
    """The unit's reply goes out: a co-handler's to the lead, the lead's to the deputies, and to the voices it stands on.

    Of two who send at once the second is told that it is done. Raises ReplyMissing, ReplyNotApproved, DraftChanged,
    PromiseWithoutDay, PromisePast, NotHeld.
    """
    with holding(handover, Handover.UNITS, by=by, at=at) as work:
        reply = drafted(handover, edition)
        if work.rules.head_approves and reply.approved_at is None:
            raise ReplyNotApproved
        if handover.role == Role.CO:
            send_to_lead(handover, reply, at)
            work.tell("suggestions.co_replied", holders=[handover.party])
        else:
            _answer(work, handover, reply)
    return reply


def _answer(work: Doing, handover: Handover, reply: Reply) -> None:
    if reply.outcome not in work.rules.outcomes:
        raise ReplyMissing
    means = work.rules.outcomes[reply.outcome].means
    answer(work.case, handover, reply, means, work.at)
    facts = {"outcome": reply.outcome, "means": means, "round": reply.round.number}
    texts = {}
    if means == Means.LATER:
        facts |= {"on": reply.promised_on, "is_promised": True}
        texts["what"] = reply.promise.strip()
    work.tell("suggestions.replied", holders=[handover.party], facts=facts, texts=texts)
    until = span_end(day_of(work.at), work.clock("judge").span, working_calendar().outlook)
    lead = work.suggestion.lead_id
    Rating.objects.create(case=work.case, round=reply.round, voice_id=lead, asked_at=work.at, due_on=until)
    answered = set()
    for opinion in work.suggestion.waiting():
        if raising.answer(opinion, reply, by=work.by, at=work.at):
            answered.add(opinion.pk)
    work.suggestion.bases.update(waits=False)
    telling.voices(work, telling.replied, but=answered)


def issue_reply(
    handover: Handover, content: layout.Paper, *, id: UUID, head: Letterhead, by: UUID, at: datetime
) -> Paper:
    """答复函 The unit's reply, which went out, is issued on paper under a number of the unit's own.

    What is pressed twice is issued once. Raises NotAnswered; AlreadyIssued where the id is another paper's.
    """
    own = Suggestion.objects.with_case().get(case=handover.case_id)

    def issue() -> Paper:
        with doing(own, by=by, at=at, stages=(Stage.ANSWERED, Stage.ENDED)) as work:
            if not Reply.objects.filter(handover=handover, sent_at__isnull=False).exists():
                raise NotAnswered(own.number)
            about, kind = Ref(KIND, own.pk), PaperKind.REPLY
            paper = papers.issue(content, kind, id=id, about=about, to=handover.pk, head=head, at=at)
            work.tell("suggestions.letter_issued", facts={"what": kind, "paper": paper.pk})
        return paper

    return once(issue, id=id, to_id=handover.pk)


def rate(suggestion: Suggestion, satisfied: str, solved: str, *, words: str = "", by: UUID, at: datetime) -> Rating:
    """Who leads it says two things apart: of the manner of handling, and of what came of it. Never taken by the handler.

    It then ends; but whoever is not satisfied with the first answer is answered once more. Raises NotRated, NotNow.
    """
    with doing(suggestion, by=by, at=at, stages=(Stage.ANSWERED,)) as work:
        rating = settling.open_ratings(work.case).filter(voice_id=suggestion.lead_id).first()
        if rating is None:
            raise NotRated
        given = {"satisfied": Rating.Satisfied(satisfied), "solved": Rating.Solved(solved), "given_at": at}
        Rating.objects.filter(pk=rating.pk).update(**given)
        number = rating.round.number
        facts = {"satisfied": given["satisfied"], "solved": given["solved"], "round": number}
        texts = {"words": words.strip()} if words.strip() else {}
        work.tell("suggestions.rated", holders=[work.deputy], facts=facts, texts=texts)
        if given["satisfied"] == Rating.Satisfied.NO and number < MOST_ROUNDS:
            _again(work, Round.Cause.DISSATISFIED)
        else:
            settling.close(work.case, Case.Ending.JUDGED, at=at)
    rating.refresh_from_db()
    return rating


def _again(work: Doing, cause: Round.Cause) -> None:
    settling.end_running(work.case, Handover.Ending.CLOSED, at=work.at)
    settling.reopen(work.case, cause, at=work.at)
    work.hand(Role.ASSIGN, work.office)


def end_unjudged(case: Case, at: datetime) -> None:
    """The days for rating are over; not having said anything is never satisfied."""
    with doing(Suggestion.objects.with_case().get(case=case), by=None, at=at, stages=(Stage.ANSWERED,)) as work:
        settling.close(work.case, Case.Ending.UNJUDGED, at=at)
        work.tell("suggestions.unjudged")


def keep_promise(promise: Promise, note: str, *, by: UUID, at: datetime) -> None:
    """What was promised is done, and how that is known. Said once. Raises NoReason, PromiseSettled."""
    note = said(note)
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=promise.case_id)
        if _standing(promise).update(kept_at=at) != 1:
            raise PromiseSettled
        subject = Ref(KIND, Suggestion.objects.get(case=case).pk)
        record("suggestions.promise_kept", subject=subject, by=by, at=at, body=case.body_id, texts={"note": note})


def lapse_promise(promise: Promise, at: datetime) -> None:
    """A promise is over and nobody said that it was kept: it is handled anew, by itself."""
    own = Suggestion.objects.with_case().get(case=promise.case_id)
    with doing(own, by=None, at=at, stages=tuple(Stage)) as work:
        if _standing(promise).update(lapsed_at=at) != 1:
            return
        if work.case.stage in (Stage.ANSWERED, Stage.ENDED) and work.case.ending not in CUT_SHORT:
            _again(work, Round.Cause.LAPSED)
        work.tell("suggestions.promise_lapsed")


def tell_late(handover: Handover, line: str, at: datetime) -> None:
    """A clock passed a line: it is told once, and stands in the record."""
    own = Suggestion.objects.with_case().get(case=handover.case_id)
    with doing(own, by=None, at=at) as work:
        if Handover.objects.running().filter(pk=handover.pk).exclude(late_told=line).update(late_told=line):
            facts = {"line": line, "role": str(handover.role)}
            work.tell("suggestions.late", holders=[handover.party], facts=facts)


def _standing(promise: Promise) -> QuerySet[Promise]:
    return Promise.objects.filter(pk=promise.pk, kept_at__isnull=True, lapsed_at__isnull=True)
