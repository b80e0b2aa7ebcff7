"""What a unit does with a matter that lies with it, of whatever kind: signs in, is in touch, asks to give it back, answers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format

from lianxin.ground.cases import settling
from lianxin.ground.cases.errors import (
    DraftChanged,
    NotHeld,
    PromisePast,
    PromiseWithoutDay,
    ReplyMissing,
    TooLateToReturn,
)
from lianxin.ground.cases.models import Case, Claimant, Handover, Means, Promise, Reply
from lianxin.ground.cases.working import Work, said
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of
from lianxin.lib.calendars import span_end

UNITS = Handover.UNITS
Holding = Callable[..., AbstractContextManager[Work]]


@dataclass(frozen=True)
class Handled:
    """The verbs of units for one kind of case. `holding(handover, roles, by=, at=, edition=)` holds a case of that kind."""

    kinds: str
    holding: Holding

    def sign_in(self, handover: Handover, *, by: UUID, at: datetime) -> None:
        """The unit has it. Said twice, it is said once. Raises NotHeld."""
        with self.holding(handover, UNITS, by=by, at=at) as work:
            if handover.signed_in_at is None:
                put(handover, signed_in_at=at)
                work.tell(f"{self.kinds}.signed_in", holders=[handover.party])

    def contact(self, handover: Handover, note: str, *, by: UUID, at: datetime) -> None:
        """The unit has been in touch about it for the first time. Raises NoReason, NotHeld."""
        note, kind = said(note), f"{self.kinds}.contacted"
        with self.holding(handover, UNITS, by=by, at=at) as work:
            if work.is_again(kind, {"note": note}, [handover.party]):
                return
            if handover.contacted_at is None:
                put(handover, contacted_at=at)
            work.tell(kind, holders=[handover.party], texts={"note": note})

    def ask_return(self, handover: Handover, reason: str, *, by: UUID, at: datetime) -> None:
        """The unit asks to give it back: within the preset's days, with a reason; it holds it until the office agrees.

        Raises NoReason, TooLateToReturn, NotHeld.
        """
        reason, kind = said(reason), f"{self.kinds}.return_asked"
        with self.holding(handover, UNITS, by=by, at=at) as work:
            if handover.return_asked_at and work.is_again(kind, {"reason": reason}, [handover.party]):
                return
            last = last_day_to_return(work, handover)
            if day_of(at) > last:
                raise TooLateToReturn(date_format(last))
            put(handover, return_asked_at=at)
            work.tell(kind, holders=[handover.party], texts={"reason": reason})

    def refuse_return(
        self, handover: Handover, reason: str, *, by: UUID, at: datetime, edition: int | None = None
    ) -> None:
        """The office does not agree, and says why: the unit handles it. Raises NoReason, NotHeld."""
        reason = said(reason)
        with self.holding(handover, UNITS, by=by, at=at, edition=edition) as work:
            if handover.return_asked_at is None:
                raise NotHeld(work.case)
            put(handover, return_asked_at=None)
            work.tell(f"{self.kinds}.return_refused", holders=[handover.party], texts={"reason": reason})

    def approve(self, handover: Handover, *, by: UUID, at: datetime, edition: int) -> None:
        """The head of the unit approves the draft as the page showed it. Raises ReplyMissing, DraftChanged, NotHeld."""
        with self.holding(handover, UNITS, by=by, at=at) as work:
            reply = drafted(handover, edition)
            if reply.approved_at:
                return  # a form that was sent twice, or another head at the same time
            Reply.objects.filter(pk=reply.pk).update(approved_by=by, approved_at=at)
            work.tell(f"{self.kinds}.approved", holders=[handover.party])

    def send_back_draft(self, handover: Handover, remark: str, *, by: UUID, at: datetime, edition: int) -> None:
        """The head of the unit gives the draft back to be mended, and says what.

        Raises NoReason, ReplyMissing, DraftChanged, NotHeld.
        """
        remark, kind = said(remark), f"{self.kinds}.draft_sent_back"
        with self.holding(handover, UNITS, by=by, at=at) as work:
            reply = drafted(handover, edition)
            if reply.asked_at is None and work.is_again(kind, {"remark": remark}, [handover.party]):
                return
            Reply.objects.filter(pk=reply.pk).update(asked_at=None, approved_by=None, approved_at=None)
            work.tell(kind, holders=[handover.party], texts={"remark": remark})


def last_day_to_return(work: Work, handover: Handover) -> date:
    """Until when it may be returned."""
    return span_end(handover.started_on, work.clock("return").span, working_calendar().outlook)


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


def drafted(handover: Handover, edition: int | None) -> Reply:
    """The draft that waits to be approved or sent, held. Raises ReplyMissing, DraftChanged where the page showed another."""
    drafts = Reply.objects.select_related("round").select_for_update(of=("self",))
    reply = drafts.filter(handover=handover, sent_at__isnull=True).first()
    if reply is None or not reply.text.strip():
        raise ReplyMissing
    if edition is not None and reply.edition != edition:
        raise DraftChanged
    return reply


def answer(
    case: Case, handover: Handover, reply: Reply, means: Means, at: datetime, *, is_followed: bool = True
) -> None:
    """The reply is sent, and what is held ends: the case is answered, as this party says. The case is held by the caller.

    What is promised is a row of its own, unless it is followed elsewhere. Raises PromiseWithoutDay, PromisePast.
    """
    if means == Means.LATER:
        if not reply.promise.strip() or reply.promised_on is None:
            raise PromiseWithoutDay
        if reply.promised_on <= day_of(at):
            raise PromisePast
    reply.means, reply.sent_at = means, at
    reply.save()
    handover.end(Handover.Ending.DONE, at=at)
    settling.end_running(case, Handover.Ending.CLOSED, at=at)
    case.stage, case.outcome, case.outcome_by = Case.Stage.ANSWERED, means, reply.said_by
    if is_followed and means == Means.LATER and reply.promised_on:
        Promise.objects.create(reply=reply, case=case, what=reply.promise.strip(), due_on=reply.promised_on)


def send_to_lead(handover: Handover, reply: Reply, at: datetime) -> None:
    """What a co-handler writes has no class of its own: the lead answers for all."""
    reply.sent_at = at
    reply.save()
    handover.end(Handover.Ending.DONE, at=at)


def put(handover: Handover, **columns: Any) -> None:
    """Write columns of a handover, in the row and in what was read of it. The case is held by the caller."""
    Handover.objects.filter(pk=handover.pk).update(**columns)
    for name, value in columns.items():
        setattr(handover, name, value)


def _still_held(handover: Handover) -> None:
    """Hold the case, and refuse where the matter lies here no more."""
    case = Case.objects.select_for_update().get(pk=handover.case_id)
    if not Handover.objects.running().filter(pk=handover.pk, role__in=UNITS).exists():
        raise NotHeld(case)
