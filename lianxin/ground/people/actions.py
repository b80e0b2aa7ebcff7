"""Verbs over two aggregates."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Ref, record
from lianxin.ground.people.errors.terms import (
    DayTooFar,
    NumberTaken,
    TermCutsSession,
    TermEnded,
    TermInUse,
    TermNumberSkips,
    TermsReversed,
)
from lianxin.ground.people.models import Body, Mandate, Membership, Person, Session, Term
from lianxin.ground.people.models.body import AHEAD


def open_term(congress: Body, number: int, *, on: date, by: UUID | None, at: datetime) -> Term:
    """A new term begins on the day `on`; the running one ends the day before, and its mandates with it.

    (Law on Deputies, art. 2.) It has the number after the last one's, and begins after everything of that one, within
    a year. Raises NumberTaken, TermNumberSkips, TermsReversed, TermCutsSession, DayTooFar.
    """
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=congress.pk)
        _must_follow(congress, number, on)
        if on > day_of(at) + AHEAD:
            raise DayTooFar(on)
        last_day = on - timedelta(days=1)
        if running := congress.terms.filter(ends_on__isnull=True).first():
            Term.objects.filter(pk=running.pk).update(ends_on=last_day)
            held = running.mandates.filter(ends_on__isnull=True).select_related("person")
            Mandate.end_all([(mandate, Mandate.Ending.TERM_OVER, last_day) for mandate in held], by=by, at=at)
        term = Term.objects.create(congress=congress, number=number, starts_on=on)
        _tell("people.term_opened", term, by=by, at=at)
    return term


def withdraw_term(term: Term, why: str, *, by: UUID | None, at: datetime) -> None:
    """The running term was opened by mistake: the one before runs on, and the mandates that ended with it.

    The row goes, the record keeps that it stood. Raises TermEnded, and TermInUse once a deputy or a session is in it.
    """
    congress = term.congress
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=congress.pk)
        if not congress.terms.filter(pk=term.pk, ends_on__isnull=True).exists():
            raise TermEnded(term)
        if term.mandates.exists() or term.sessions.exists():
            raise TermInUse(term)
        Term.objects.filter(pk=term.pk).delete()
        last_day = term.starts_on - timedelta(days=1) if term.starts_on else None
        if last_day and (before := congress.terms.filter(ends_on=last_day).first()):
            Term.objects.filter(pk=before.pk).update(ends_on=None)
            ended = before.mandates.filter(ends_on=last_day, ending=Mandate.Ending.TERM_OVER)
            Mandate.restore_all(list(ended), last_day, why, by=by, at=at)
        _tell("people.term_withdrawn", term, by=by, at=at, texts={"why": why})


def _tell(kind: str, term: Term, *, by: UUID | None, at: datetime, texts: Mapping[str, str] | None = None) -> None:
    subject, facts = Ref("body", term.congress_id), {"number": term.number, "on": term.starts_on}
    record(kind, subject=subject, by=by, at=at, body=term.congress_id, facts=facts, texts=texts or {})


def _must_follow(congress: Body, number: int, on: date) -> None:
    """Whether a term may have this number and first day, after those that the congress had."""
    if congress.terms.filter(number=number).exists():
        raise NumberTaken(congress, number)
    if (last := congress.terms.order_by("-number").first()) is None:
        return
    if number != last.number + 1:
        raise TermNumberSkips(last, number)
    if (last.ends_on or last.starts_on or date.min) >= on:
        raise TermsReversed(last)
    held = Session.objects.filter(term__congress=congress, ends_on__gte=on).select_related("term")
    if session := held.order_by("-ends_on").first():
        raise TermCutsSession(session)


def change_group(
    person: Person, left: Membership | None, joined: Body | None, *, on: date, by: UUID | None, at: datetime
) -> None:
    """From the day `on` a deputy sits in the group `joined`, and no more in that of `left`; either may be none.

    Nothing happens where both are the same. Raises MemberGone, MemberAlready, BodyEnded.
    """
    if (left.body_id if left else None) == (joined.pk if joined else None):
        return
    with transaction.atomic():
        if left and left.starts_on and left.starts_on >= on:
            left.strike(by=by, at=at)
        elif left:
            left.leave(on=on - timedelta(days=1), by=by, at=at)
        if joined:
            joined.take_in(person, "member", on=on, by=by, at=at)
