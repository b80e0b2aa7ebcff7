"""A suggestion is submitted, reviewed, and handed to those who answer it; or given back, not taken, withdrawn."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lianxin.affairs.opinions.actions import raising
from lianxin.affairs.opinions.routing import office_of
from lianxin.affairs.suggestions import telling
from lianxin.affairs.suggestions.doing import UNIT, Doing, Role, Stage, doing, holding
from lianxin.affairs.suggestions.errors import NotAtWork, NothingToPublish, SubmittedAlready, Unfinished
from lianxin.affairs.suggestions.models import Basis, Suggestion
from lianxin.affairs.suggestions.models.suggestion import KIND
from lianxin.affairs.suggestions.rules import SuggestionRules, clock_of
from lianxin.ground.cases import settling
from lianxin.ground.cases.errors import HeldAlready, NoLongerThere, NotHeld
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.cases.registry import gone
from lianxin.ground.cases.working import said
from lianxin.ground.core.clock import day_of
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook import in_force

Ending = Handover.Ending
UNITS = Handover.UNITS
sign_in, contact, ask_return, refuse_return = UNIT.sign_in, UNIT.contact, UNIT.ask_return, UNIT.refuse_return


def submit(suggestion: Suggestion, *, by: UUID, at: datetime) -> None:
    """It is submitted to the congress of who leads it, takes its number, and lies with the congress's office.

    Whoever joined these very words joins it; whoever has not is left out. The opinions that lie with the lead wait from
    now on for what becomes of it. Given back and submitted again it keeps its number. Raises Unfinished, NotAtWork,
    SubmittedAlready.
    """
    with transaction.atomic():
        own = Suggestion.objects.select_for_update(of=("self",)).with_case().get(pk=suggestion.pk)
        if own.dropped_at:
            raise SubmittedAlready(own.title)
        if own.lacks:
            raise Unfinished(own.lacks)
        if gone("mandate", {own.lead_id}, day_of(at)) or own.lead.congress.region is None:
            raise NotAtWork(own.lead.person.name)
        is_again = own.case is not None
        if not is_again:
            _open(own, at)
        with doing(own, by=by, at=at, stages=(Stage.RECEIVED,)) as work:
            if is_again:
                _hand_in_again(work)
            _tell_submitted(work, is_again)
    suggestion.refresh_from_db()


def _open(own: Suggestion, at: datetime) -> None:
    congress = own.lead.congress
    preset = in_force(day_of(at), congress.pk)
    own.case = settling.open_case(
        ("body", congress.pk),
        Role.SORT,
        span=clock_of(preset, Role.SORT).span.chinese(),
        at=at,
        rule_version=preset.version,
        kind=KIND,
        number=Case.take_number(preset.section(SuggestionRules).prefix, day_of(at)),
        body=congress,
        region=congress.region,
    )
    own.submitted_at = at
    own.save(update_fields=["case", "submitted_at"])


def _hand_in_again(work: Doing) -> None:
    back = work.case.handovers.running().filter(role=Role.REVISE).first()
    if back is None:
        raise SubmittedAlready(work.suggestion.title)
    back.end(Ending.DONE, at=work.at)
    work.hand(Role.SORT, work.office, follows=back)


def _tell_submitted(work: Doing, is_again: bool) -> None:
    own = work.suggestion
    joined = list(own.joined().values_list("mandate", flat=True))
    bases = list(own.opinions())
    facts = {"joined": len(joined), "opinions": len(bases), "again": is_again}
    work.tell("suggestions.submitted", holders=[work.deputy], facts=facts)
    for opinion in bases:
        if raising.wait_for(opinion, own.pk, own.lead, by=work.by, at=work.at):
            Basis.objects.filter(opinion=opinion.pk, waits=True).update(waits=False)
            Basis.objects.filter(opinion=opinion.pk, suggestion=own.pk).update(waits=True)
    if not is_again:
        telling.voices(work, telling.submitted)


def send_back(suggestion: Suggestion, reason: str, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """The office asks who leads it to mend it, and says what. Raises NoReason, NotNow."""
    reason = said(reason)
    with doing(suggestion, by=by, at=at, stages=(Stage.RECEIVED,), edition=edition) as work:
        held = _lying_with_office(work)
        held.end(Ending.RETURNED, at=at)
        work.hand(Role.REVISE, work.deputy, follows=held)
        work.tell("suggestions.sent_back", holders=[work.deputy], texts={"reason": reason})


def decline(
    suggestion: Suggestion, cause: str, reason: str, *, by: UUID, at: datetime, edition: int | None = None
) -> None:
    """It is not taken, for one of the preset's causes; the opinions are the office's again. Raises NoReason, NotNow."""
    reason = said(reason)
    with doing(suggestion, by=by, at=at, stages=(Stage.RECEIVED,), edition=edition) as work:
        _lying_with_office(work)
        settling.close(work.case, Case.Ending.DECLINED, at=at)
        work.tell("suggestions.declined", holders=[work.deputy], facts={"cause": cause}, texts={"reason": reason})
        _let_opinions_go(work)


def withdraw(suggestion: Suggestion, reason: str, *, by: UUID, at: datetime) -> None:
    """Who leads it takes it back before it is answered; handling ends at once. Raises NoReason, NotNow."""
    reason = said(reason)
    with doing(suggestion, by=by, at=at, stages=(Stage.RECEIVED, Stage.HANDLING, Stage.ACCEPTED)) as work:
        settling.close(work.case, Case.Ending.WITHDRAWN, at=at)
        work.tell("suggestions.withdrawn", holders=[work.deputy], texts={"reason": reason})
        _hide(work)
        _let_opinions_go(work)


def hand_over(
    suggestion: Suggestion,
    lead: Unit,
    others: Sequence[Unit] = (),
    *,
    by: UUID,
    at: datetime,
    edition: int | None = None,
) -> None:
    """It is taken, and units answer it: one leads, others help, each under a clock of its own.

    Raises HeldAlready, NoLongerThere, NotNow.
    """
    stages = (Stage.RECEIVED, Stage.ACCEPTED, Stage.HANDLING)
    with doing(suggestion, by=by, at=at, stages=stages, edition=edition) as work:
        running = list(work.case.handovers.running())
        held = {handover.party_id for handover in running}
        is_led = any(handover.role == Role.LEAD for handover in running)
        follows = next((one for one in running if one.role in (Role.SORT, Role.ASSIGN)), None)
        if follows is None and not is_led:
            raise NotHeld(work.case)
        for unit in (lead, *others):
            if unit.pk in held:
                raise HeldAlready(work.case, unit.name)
            if gone("unit", {unit.pk}, day_of(at)):
                raise NoLongerThere(unit.name)
            held.add(unit.pk)
        if follows:
            follows.end(Ending.DONE, at=at)
        work.hand(Role.CO if is_led else Role.LEAD, ("unit", lead.pk), follows=follows)
        for unit in others:
            work.hand(Role.CO, ("unit", unit.pk), follows=follows)
        work.case.stage = Stage.HANDLING
        work.tell("suggestions.handed_to_unit", holders=[("unit", unit.pk) for unit in (lead, *others)])
        if not is_led:
            telling.voices(work, telling.handed)


def take_back(handover: Handover, reason: str, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """The office takes it back from a unit. Raises NoReason, NotHeld."""
    reason = said(reason)
    with holding(handover, UNITS, by=by, at=at, edition=edition) as work:
        _office_holds_again(work, handover, Ending.TAKEN_BACK)
        work.tell("suggestions.taken_back", holders=[handover.party], texts={"reason": reason})


def agree_to_return(handover: Handover, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """The office agrees that the unit gives it back, and assigns it anew. Raises NotHeld."""
    with holding(handover, UNITS, by=by, at=at, edition=edition) as work:
        if handover.return_asked_at is None:
            raise NotHeld(work.case)
        work.case.returns += 1
        _office_holds_again(work, handover, Ending.RETURNED)
        work.tell("suggestions.returned", holders=[handover.party])


def hand_back(handover: Handover, at: datetime) -> None:
    """Whoever held it is there no more: it lies with the office. Done by the schedule. Raises NotHeld."""
    with holding(handover, by=None, at=at) as work:
        _office_holds_again(work, handover, Ending.TAKEN_BACK)
        work.tell("suggestions.handed_back", holders=[work.office])


def publish(suggestion: Suggestion, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """Everybody may read it, and its replies. Said twice, it is said once. Raises NothingToPublish."""
    with doing(suggestion, by=by, at=at, stages=tuple(Stage), edition=edition) as work:
        ending = work.case.ending
        if work.case.stage == Stage.RECEIVED or ending in (Case.Ending.DECLINED, Case.Ending.WITHDRAWN):
            raise NothingToPublish(work.case.number)
        if Suggestion.objects.filter(pk=suggestion.pk, is_public=False).update(is_public=True):
            work.tell("suggestions.published")


def hide(suggestion: Suggestion, reason: str, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """It is public no more. Raises NoReason."""
    reason = said(reason)
    with doing(suggestion, by=by, at=at, stages=tuple(Stage), edition=edition) as work:
        if _hide(work):
            work.tell("suggestions.hidden", texts={"reason": reason})


def _hide(work: Doing) -> int:
    return Suggestion.objects.filter(pk=work.suggestion.pk, is_public=True).update(is_public=False)


def _lying_with_office(work: Doing) -> Handover:
    """What the office holds while it reviews. Raises NotHeld where it lies with the deputy, to be mended."""
    held = work.case.handovers.running().filter(role=Role.SORT).first()
    if held is None:
        raise NotHeld(work.case)
    return held


def _office_holds_again(work: Doing, handover: Handover, ending: str) -> None:
    """Where nobody else leads, an office that is there says anew who answers it, or, of one given back, looks at it."""
    handover.end(ending, at=work.at)
    if work.case.handovers.running().exclude(role=Role.CO).exists():
        return
    work.case.body = office_of(work.case.body, work.case.region, day_of(work.at), is_complaint=False)
    if work.case.stage == Stage.RECEIVED:
        work.hand(Role.SORT, work.office, follows=handover)
    else:
        work.case.stage = Stage.ACCEPTED
        work.hand(Role.ASSIGN, work.office, follows=handover)


def _let_opinions_go(work: Doing) -> None:
    """What waits for it waits no more."""
    for opinion in work.suggestion.waiting():
        raising.wait_no_more(opinion, work.suggestion.pk, by=work.by, at=work.at)
    work.suggestion.bases.update(waits=False)
