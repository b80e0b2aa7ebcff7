"""A suggestion as a draft: written by who leads it, joined by others, with the opinions that it stands on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lianxin.affairs.opinions.actions import raising
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.suggestions.errors import (
    AskedAlready,
    DraftSaved,
    NotAsked,
    NotAtWork,
    NotOfYours,
    OtherCongress,
    SubmittedAlready,
    WordsChanged,
)
from lianxin.affairs.suggestions.models import Basis, Signature, Suggestion
from lianxin.affairs.suggestions.models.suggestion import KIND, PARTS
from lianxin.ground.cases.models import Handover
from lianxin.ground.cases.registry import gone
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Party, Ref, record
from lianxin.ground.people.models import Mandate


def begin(
    lead: Mandate, title: str, *, opinions: Iterable[Opinion] = (), id: UUID, by: UUID, at: datetime, **parts: str
) -> Suggestion:
    """A draft, by a deputy at work. The `id` is made when the page is: the same once more is the same draft, other words
    under it are refused. Raises NotAtWork, NotOfYours, DraftSaved.
    """
    _must_be_at_work(lead, at)
    with transaction.atomic():
        made, is_new = Suggestion.objects.get_or_create(
            pk=id, defaults={"lead": lead, "title": title, "drafted_at": at, **parts}
        )
        if not is_new and any(getattr(made, part) != parts.get(part, "") for part in PARTS if part != "title"):
            raise DraftSaved
        if is_new:
            stand_on(made, opinions, by=by, at=at)
            _tell(made, "suggestions.drafted", lead, by=by, at=at)
    return made


def amend(suggestion: Suggestion, *, edition: int, by: UUID, at: datetime, **parts: str) -> None:
    """Write its words anew, as a draft or where they were given back. What was joined before has to be joined anew.

    `edition` is that of the draft as the page showed it. Raises DraftSaved, SubmittedAlready.
    """
    with transaction.atomic():
        own = _draft(suggestion)
        if own.edition != edition:
            raise DraftSaved
        for part in PARTS:
            setattr(own, part, parts.get(part, getattr(own, part)))
        own.edition += 1
        own.save(update_fields=[*PARTS, "edition"])
    suggestion.refresh_from_db()


def stand_on(suggestion: Suggestion, opinions: Iterable[Opinion], *, by: UUID, at: datetime) -> None:
    """From now on these, and no others, are what the draft stands on: what the lead holds, or what is public.

    What it stood on before may stay. What waited for it, and is left out of what the office gave back, is the office's
    again. Raises NotOfYours, SubmittedAlready.
    """
    wanted = {opinion.pk for opinion in opinions}
    with transaction.atomic():
        own = _draft(suggestion)
        there = set(own.bases.values_list("opinion", flat=True))
        if (wanted - there) - set(may_stand_on(own.lead).filter(pk__in=wanted).values_list("pk", flat=True)):
            raise NotOfYours
        for opinion in own.waiting().exclude(pk__in=wanted):
            raising.wait_no_more(opinion, own.pk, by=by, at=at)
        own.bases.exclude(opinion__in=wanted).delete()
        Basis.objects.bulk_create(Basis(suggestion=own, opinion_id=pk) for pk in sorted(wanted - there))


def may_stand_on(lead: Mandate) -> Any:
    """Opinions that this seat may raise: those that lie with it, and public ones; never a complaint."""
    held = Handover.objects.running().filter(role__in=Handover.DEPUTIES, party_kind="mandate", party_id=lead.pk)
    unmerged = Opinion.objects.filter(case__merged_into__isnull=True, erased_at__isnull=True, complains_of_kind="")
    return unmerged.filter(case__in=held.values("case")) | unmerged.filter(is_public=True)


def ask(suggestion: Suggestion, mandate: Mandate, *, by: UUID, at: datetime) -> Signature:
    """Ask a deputy of the same congress to join it. Raises AskedAlready, OtherCongress, NotAtWork, SubmittedAlready."""
    _must_be_at_work(mandate, at)
    with transaction.atomic():
        own = _draft(suggestion)
        if mandate.congress_id != own.lead.congress_id:
            raise OtherCongress(mandate.person.name, own.lead.congress.name)
        if mandate.person_id == own.lead.person_id or own.signatures.filter(mandate=mandate).exists():
            raise AskedAlready(mandate.person.name)
        made = Signature.objects.create(suggestion=own, mandate=mandate, asked_at=at)
        _tell(own, "suggestions.cosign_asked", mandate, by=by, at=at)
    return made


def sign(signature: Signature, *, digest: str, by: UUID, at: datetime) -> None:
    """The deputy joins the words that the page showed. Said twice, it is said once.

    Raises WordsChanged, NotAsked, NotAtWork, SubmittedAlready.
    """
    _must_be_at_work(signature.mandate, at)
    with transaction.atomic():
        own, asked = _asked(signature)
        if own.digest != digest:
            raise WordsChanged
        if asked.signed_at and asked.digest == digest:
            return
        Signature.objects.filter(pk=asked.pk).update(signed_at=at, refused_at=None, digest=digest)
        _tell(own, "suggestions.cosigned", asked.mandate, by=by, at=at)


def refuse(signature: Signature, *, by: UUID, at: datetime) -> None:
    """The deputy does not join it. Nobody is asked why. Raises NotAsked, SubmittedAlready."""
    with transaction.atomic():
        own, asked = _asked(signature)
        if asked.refused_at:
            return
        Signature.objects.filter(pk=asked.pk).update(refused_at=at, signed_at=None, digest="")
        _tell(own, "suggestions.cosign_refused", asked.mandate, by=by, at=at)


def drop(suggestion: Suggestion, *, by: UUID, at: datetime) -> None:
    """A draft that comes to nothing; it leaves the lists. Raises SubmittedAlready."""
    with transaction.atomic():
        own = _draft(suggestion)
        if own.case_id:
            raise SubmittedAlready(own.title)
        Suggestion.objects.filter(pk=own.pk).update(dropped_at=at)
        own.bases.all().delete()
        _tell(own, "suggestions.dropped", own.lead, by=by, at=at)


def _asked(signature: Signature) -> tuple[Suggestion, Signature]:
    own = _draft(signature.suggestion)
    asked = Signature.objects.select_related("mandate__person").filter(pk=signature.pk).first()
    if asked is None:
        raise NotAsked
    return own, asked


def _draft(suggestion: Suggestion) -> Suggestion:
    """The draft, held: one that was not submitted, or that the office gave back. Raises SubmittedAlready."""
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("lead__person", "lead__congress", "case")
    own = rows.get(pk=suggestion.pk)
    is_back = own.case and own.case.handovers.running().filter(role=Handover.Role.REVISE).exists()
    if own.dropped_at or (own.case and not is_back):
        raise SubmittedAlready(own.title)
    return own


def _must_be_at_work(mandate: Mandate, at: datetime) -> None:
    if gone("mandate", {mandate.pk}, day_of(at)):
        raise NotAtWork(mandate.person.name)


def _tell(own: Suggestion, kind: str, deputy: Mandate, *, by: UUID, at: datetime) -> None:
    congress = own.lead.congress
    place = congress.region.place() if congress.region else None
    parties = [Party("mandate", deputy.pk, "deputy")]
    record(kind, subject=Ref(KIND, own.pk), by=by, at=at, body=congress.pk, place=place, parties=parties)
