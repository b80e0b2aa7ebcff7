"""What comes after an answer: it is judged, twice asked and never by the handler; promises are kept or lapse."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from lianxin.affairs.opinions import additions
from lianxin.affairs.opinions.doing import Doing, Role, Stage, doing, matter_of
from lianxin.affairs.opinions.errors import Gone, NotAnswered, ReopenedOnce
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.voices import speaking
from lianxin.ground.cases import settling
from lianxin.ground.cases.errors import JudgingOver, PromiseSettled, RatedAlready
from lianxin.ground.cases.models import Case, Claimant, Handover, Outcome, Promise, Rating, Round
from lianxin.ground.cases.working import clock_rule, said
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of, start_of
from lianxin.ground.core.events import Ref, record
from lianxin.lib.calendars import span_end

OUTCOME = {
    Rating.Solved.YES: Outcome.SOLVED,
    Rating.Solved.PARTLY: Outcome.PARTLY,
    Rating.Solved.NO: Outcome.UNSOLVED,
}


def ask_to_rate(work: Doing, round: Round, voices: Iterable[UUID] | None = None) -> None:
    """These (else the author, and everybody merged into the matter) may rate it until a day; some weeks later once more."""
    day = day_of(work.at)
    judge = span_end(day, clock_rule(work.preset, "opinions_judge").span, working_calendar().outlook)
    later = span_end(day, clock_rule(work.preset, "opinions_ask_again").span, working_calendar().outlook)
    until = span_end(later, clock_rule(work.preset, "opinions_judge").span, working_calendar().outlook)
    waves = ((Rating.Wave.SOON, work.at, judge), (Rating.Wave.LATER, start_of(later), until))
    Rating.objects.bulk_create(
        Rating(case=work.case, round=round, voice_id=voice, wave=wave, asked_at=asked_at, due_on=due_on)
        for voice in (voices_of(work.case) if voices is None else voices)
        for wave, asked_at, due_on in waves
    )


def voices_of(case: Case) -> list[UUID]:
    """Every opinion that is handled as this case: its own, and those merged into it, but not those withdrawn."""
    return list(Opinion.objects.told_with(case).values_list("pk", flat=True))


def rate(opinion: Opinion, satisfied: str, solved: str, *, why: str = "", words: str = "", at: datetime) -> Rating:
    """The author says two things apart: whether satisfied, and whether solved. Never taken by who handled it.

    Of everybody who is handled as one matter, what became of it is what its own author says, or who speaks after them.
    Raises NotAnswered, RatedAlready, JudgingOver.
    """
    satisfied, solved = Rating.Satisfied(satisfied), Rating.Solved(solved)
    main = matter_of(opinion)
    with doing(main, by=None, at=at, stages=(Stage.ANSWERED, Stage.ENDED)) as work:
        rating = _open_rating(opinion, at)
        given = {"satisfied": satisfied, "solved": solved, "why": why, "given_at": at}
        if Rating.objects.filter(pk=rating.pk, given_at__isnull=True).update(**given) != 1:
            raise RatedAlready
        facts = {"satisfied": satisfied, "solved": solved, "wave": int(rating.wave)}
        if why:
            facts["why"] = why
        work.opinion = opinion
        work.tell("opinions.rated", facts=facts, texts={"words": words.strip()} if words.strip() else {})
        if rating.wave == Rating.Wave.SOON and speaking([main])[main.case_id].pk == opinion.pk:
            work.case.outcome, work.case.outcome_by = OUTCOME[solved], Claimant.RESIDENT
        end_when_all_have_rated(work.case, at)
    rating.refresh_from_db()
    return rating


def _open_rating(opinion: Opinion, at: datetime) -> Rating:
    asked = list(Rating.objects.filter(voice_id=opinion.pk, asked_at__lte=at).order_by("-asked_at"))
    if not asked:
        raise NotAnswered
    still = [rating for rating in asked if rating.given_at is None]
    if not still:
        raise RatedAlready
    if still[0].due_on < day_of(at):
        raise JudgingOver
    return still[0]


def end_when_all_have_rated(case: Case, at: datetime) -> None:
    """An answered case ends when everybody who was asked of its last round has rated it. The case is held by the caller."""
    if case.stage == Stage.ANSWERED and not settling.open_ratings(case).exists():
        settling.close(case, Case.Ending.JUDGED, at=at)


def reopen(opinion: Opinion, reason: str, *, at: datetime) -> Round:
    """The author says that it is not solved: once, with a reason, it is handled anew in a second round.

    Raises NoReason, ReopenedOnce, NotAnswered, Gone, NotNow.
    """
    reason = said(reason)
    with doing(matter_of(opinion), by=None, at=at, stages=(Stage.ANSWERED, Stage.ENDED)) as work:
        if not Opinion.objects.told_with(work.case).filter(pk=opinion.pk).exists():
            raise Gone
        if work.case.ending in (Case.Ending.DECLINED, Case.Ending.WITHDRAWN, Case.Ending.MERGED):
            raise NotAnswered
        if work.case.rounds.filter(cause=Round.Cause.REOPENED).exists():
            raise ReopenedOnce
        again = _next_round(work, Round.Cause.REOPENED)
        work.opinion = opinion
        additions.keep(opinion, work.tell("opinions.reopened", texts={"reason": reason}), reason)
    return again


def _next_round(work: Doing, cause: Round.Cause) -> Round:
    settling.end_running(work.case, Handover.Ending.CLOSED, at=work.at)
    asked = Rating.objects.filter(case=work.case, given_at__isnull=True)
    asked.filter(asked_at__gt=work.at).delete()  # of an answer that is overtaken nobody is asked any more
    asked.filter(due_on__gte=day_of(work.at)).update(due_on=day_of(work.at) - timedelta(days=1))
    again = settling.reopen(work.case, cause, at=work.at)
    work.hand(Role.ASSIGN, ("body", work.case.body_id))
    return again


def keep_promise(promise: Promise, note: str, *, by: UUID, at: datetime) -> None:
    """What was promised is done, and how that is known. Said once. Raises NoReason, PromiseSettled."""
    note = said(note)
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=promise.case_id)
        standing = Promise.objects.filter(pk=promise.pk, kept_at__isnull=True, lapsed_at__isnull=True)
        if standing.update(kept_at=at) != 1:
            raise PromiseSettled
        opinion = Opinion.objects.with_case().get(case=case)
        subject = Ref("opinion", opinion.pk)
        record("opinions.promise_kept", subject=subject, by=by, at=at, body=case.body_id, texts={"note": note})


def lapse_promise(promise: Promise, at: datetime) -> None:
    """A promise is over and nobody said that it was kept: the matter begins anew by itself, for whoever is still there."""
    own = Opinion.objects.with_case().get(case=promise.case_id)
    with doing(matter_of(own), by=None, at=at, stages=tuple(Stage)) as work:
        standing = Promise.objects.filter(pk=promise.pk, kept_at__isnull=True, lapsed_at__isnull=True)
        if standing.update(lapsed_at=at) != 1 or not Opinion.objects.told_with(work.case).exists():
            return
        if work.case.stage in (Stage.ANSWERED, Stage.ENDED):
            _next_round(work, Round.Cause.LAPSED)
        work.opinion = own
        work.tell("opinions.promise_lapsed")


def end_unjudged(case: Case, at: datetime) -> None:
    """The days for rating are over. Who did not rate counts as no answer, never as satisfied."""
    opinion = Opinion.objects.with_case().get(case=case)
    with doing(opinion, by=None, at=at, stages=(Stage.ANSWERED,)) as work:
        rated = Rating.objects.filter(round=case.current_round(), given_at__isnull=False).exists()
        settling.close(work.case, Case.Ending.JUDGED if rated else Case.Ending.UNJUDGED, at=at)
        if not rated:
            work.tell("opinions.unjudged")


def tell_late(handover: Handover, line: str, at: datetime) -> None:
    """A clock passed a line: it is told once, and stands in the record."""
    opinion = Opinion.objects.with_case().get(case=handover.case_id)
    if opinion.case.has_ended:
        return
    with doing(opinion, by=None, at=at) as work:
        if Handover.objects.running().filter(pk=handover.pk).exclude(late_told=line).update(late_told=line):
            holder = handover.party
            work.tell("opinions.late", holders=[holder], facts={"line": line, "role": str(handover.role)})
