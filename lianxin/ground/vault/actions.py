"""What is done with identities: kept, opened with a right and a reason, used without being opened, destroyed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lianxin.ground.access import can
from lianxin.ground.access.answering import grants_of, roles
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Entry, Ref, record, record_all
from lianxin.ground.vault import erasing, keyring
from lianxin.ground.vault.channels import Channel, Message
from lianxin.ground.vault.errors import (
    AlreadyErased,
    MayNot,
    NotDelivered,
    NothingTold,
    NotKept,
    NoWayToReach,
    ReasonMissing,
)
from lianxin.ground.vault.models import Cause, Erasure, Identity, MasterKey, Opening, Purpose
from lianxin.ground.vault.particulars import Particulars

SHORTEST_REASON = 4  # characters
BATCH = 500


def keep(
    voice_id: UUID,
    particulars: Particulars,
    *,
    by: UUID | None,
    at: datetime,
    body: UUID | None = None,
    places: Iterable[UUID] = (),
) -> None:
    """Seal who a voice is, under a new key; what was kept of this voice before is gone.

    `body` and `places` (the place and those around it) are the scopes in which it may be opened.
    Raises NothingTold, AlreadyErased, KeyDoesNotFit, NoVaultKey.
    """
    if not particulars:
        raise NothingTold
    with transaction.atomic():
        new = Identity(voice_id=voice_id, body_id=body, places=[str(place) for place in places], kept_at=at)
        _row, is_first = Identity.objects.update_or_create(  # two at once: the later one corrects the earlier
            voice_id=voice_id, defaults=new.seal(particulars, keyring.current()).contents()
        )
        if Erasure.objects.filter(voice_id=voice_id).exists():  # asked once the row is held: an erasing went first
            raise AlreadyErased
        record("vault.kept", subject=Ref("voice", voice_id), by=by, at=at, body=body)
        if not is_first:
            erasing.leave_remains(at)


def keep_all(
    told: Sequence[tuple[UUID, Particulars, UUID | None, Iterable[UUID]]], *, by: UUID | None, at: datetime
) -> None:
    """Seal who many voices are of whom nothing was kept so far, as `keep` does for one: particulars, body, places.

    Call inside a transaction. A handful of statements, however many there are. Raises NothingTold, KeyDoesNotFit,
    NoVaultKey.
    """
    if not all(particulars for _voice, particulars, _body, _places in told):
        raise NothingTold
    master = keyring.current() if told else None
    rows = [
        Identity(voice_id=voice, body_id=body, places=[str(place) for place in places], kept_at=at)
        for voice, _particulars, body, places in told
    ]
    for row, (_voice, particulars, _body, _places) in zip(rows, told, strict=True):
        row.seal(particulars, cast(MasterKey, master))
    Identity.objects.bulk_create(rows, batch_size=BATCH)
    record_all(Entry("vault.kept", subject=Ref("voice", row.voice_id), by=by, at=at, body=row.body_id) for row in rows)


def keep_too(
    voice_id: UUID, *, by: UUID | None, at: datetime, body: UUID | None = None, places: Iterable[UUID] = (), **told: str
) -> None:
    """Seal one thing more, a field of Particulars each, beside what a voice told before; nobody reads that.

    `body` and `places` count where nothing was kept so far. Raises TypeError for a field that there is not, and what
    `keep` raises.
    """
    with transaction.atomic():
        kept = Identity.objects.select_related("master").filter(voice_id=voice_id)
        before = kept.select_for_update(of=("self",)).first()
        scopes = (before.body_id, [UUID(place) for place in before.places]) if before else (body, places)
        particulars = replace(before.unseal() if before else Particulars(), **told)
        keep(voice_id, particulars, by=by, at=at, body=scopes[0], places=scopes[1])


def open_identity(voice_id: UUID, *, by: User, at: datetime, purpose: str, reason: str) -> Particulars:
    """Who a voice is. Needs the right `vault.open` and a reason; leaves an event, and an opening to be reviewed.

    Never inside another transaction, which could undo the trace and not the reading.
    Raises NotKept, AlreadyErased, MayNot, ReasonMissing, KeyDoesNotFit, SealBroken.
    """
    with transaction.atomic(durable=True):
        identity = identity_of(voice_id, held=True)  # nobody reads what is being erased
        if not (answer := can(by, "vault.open", identity)):
            raise MayNot(answer.reason)
        if len(reason := reason.strip()) < SHORTEST_REASON:
            raise ReasonMissing
        particulars, purpose = identity.unseal(), Purpose(purpose)
        event = record(
            "vault.opened",
            subject=Ref("voice", voice_id),
            by=by.pk,
            at=at,
            body=identity.body_id,
            facts={"purpose": purpose},
        )
        Opening.objects.create(
            voice_id=voice_id,
            body_id=identity.body_id,
            opened_by=by,
            office=office_of(by, "vault.open"),
            opened_at=at,
            purpose=purpose,
            reason=reason,
            event=event,
        )
    return particulars


def deliver(voice_id: UUID, message: Message, *, channel: Channel, by: UUID | None, at: datetime) -> None:
    """Send a message to a voice, without anybody seeing who it is. For the worker, never while a page is waiting.

    Returns nothing, and is no opening; the event names the channel alone. Raises NotKept, AlreadyErased, NoWayToReach,
    NotDelivered, which says what kind of failure it was and quotes nothing.
    """
    identity = identity_of(voice_id)
    particulars = identity.unseal()
    if not (address := _address(particulars, channel)):
        raise NoWayToReach
    try:
        channel.send(address, particulars.name, message)
    except NoWayToReach:
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, it may quote the address: only its kind goes on
        failure = type(error).__name__
    else:
        failure = ""
    if failure:
        raise NotDelivered(channel.code, failure)
    with transaction.atomic():
        record(
            "vault.delivered",
            subject=Ref("voice", voice_id),
            by=by,
            at=at,
            body=identity.body_id,
            facts={"channel": channel.code},
        )


def matching(told: Iterable[Particulars], among: Sequence[UUID]) -> dict[tuple[str, str], UUID]:
    """Which of these voices told the same name and phone as somebody tells anew; no opening, for nothing else is said.

    So a list that is brought twice keeps nobody twice. By name and phone; of two voices alike the one that comes first.
    """
    asked, found = {(one.name, one.phone) for one in told}, dict[tuple[str, str], UUID]()
    for start in range(0, len(among), BATCH):
        kept = Identity.objects.select_related("master").filter(voice_id__in=among[start : start + BATCH])
        for identity in kept.order_by("voice_id"):
            who = identity.unseal()
            if (who.name, who.phone) in asked:
                found.setdefault((who.name, who.phone), identity.voice_id)
    return found


def can_reach(voice_id: UUID, channel: Channel) -> bool:
    """Whether the voice left an address that this channel gets to. Says that and nothing more, and is no opening."""
    kept = Identity.objects.select_related("master").filter(voice_id=voice_id).first()
    return kept is not None and bool(_address(kept.unseal(), channel))


def _address(particulars: Particulars, channel: Channel) -> str:
    address: str = getattr(particulars, channel.way)
    return address if address and channel.takes(address) else ""


def erase(voice_id: UUID, *, by: User | None, at: datetime, cause: str) -> None:
    """Destroy who a voice is, key and all, and keep it destroyed after every restore.

    Needs the right `vault.erase`; nobody is asked where the platform does it itself (`by` is None). Words that openings
    left go too, once they were reviewed. `cause` is one of Cause. Raises NotKept, AlreadyErased, MayNot, ValueError.
    """
    with transaction.atomic():
        identity = identity_of(voice_id)
        if by and not (answer := can(by, "vault.erase", identity)):
            raise MayNot(answer.reason)
        erasing.destroy(voice_id, by=by.pk if by else None, at=at, cause=Cause(cause))


def identity_of(voice_id: UUID, *, held: bool = False) -> Identity:
    """What is kept of a voice, sealed; `held` until the transaction ends. Raises NotKept, AlreadyErased."""
    kept = Identity.objects.select_related("master").filter(voice_id=voice_id)
    if identity := (kept.select_for_update(of=("self",)) if held else kept).first():
        return identity
    raise AlreadyErased if Erasure.objects.filter(voice_id=voice_id).exists() else NotKept


@dataclass(frozen=True)
class SeenOpening:
    """What a resident sees of an opening: on which day, in which office, what for, and whether it was found justified."""

    on: date
    office: str
    purpose: str
    finding: str


def openings_of(voice_id: UUID) -> list[SeenOpening]:
    """Every opening of a voice's identity as the resident sees it, latest first: no names, no free text."""
    return [
        SeenOpening(day_of(o.opened_at), o.office, o.get_purpose_display(), o.get_finding_display() or _("待复核"))
        for o in Opening.objects.of_voice(voice_id)
    ]


def office_of(user: User, action: str) -> str:
    """What the user's role is called that allows this; of who may by what is their own, the role that they hold."""
    known, allowing = roles().roles, roles().allowing(action)
    held = [grant.role for grant in grants_of(user) if grant.role in known]
    return next((known[role].name for role in (*(one for one in held if one in allowing), *held)), "")
