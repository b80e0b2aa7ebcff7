"""Sealing: when a day is over, each body's events of that day become a Merkle root, and the roots a chain."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Sum

from lianxin.ground.core.clock import day_of, now
from lianxin.ground.core.events import merkle
from lianxin.ground.core.events.counting import recount
from lianxin.ground.core.events.errors import SealedMeanwhile
from lianxin.ground.core.events.leaves import canonical, chunks
from lianxin.ground.core.models import DaySeal, Event
from lianxin.ground.core.models.seal import HASH_BYTES, LEAF_BYTES

REST = timedelta(hours=1)  # how long after its end a day is sealed: transactions that began in it are over by then
RECENT = timedelta(days=60)  # how far back each night looks for late arrivals; the first of a month looks at all
PART = 100_000  # events under one root: its leaves fit into 5 MB
FIRST = bytes(HASH_BYTES)  # what the first seal names as the one before

Group = tuple[date, UUID | None]  # a day of recording, and a body


@dataclass
class Sealed:
    """What one night's sealing came to. `lost` are days that hold fewer events than were sealed."""

    seals: list[DaySeal] = field(default_factory=list)
    lost: list[Group] = field(default_factory=list)

    @property
    def events(self) -> int:
        """How many events were sealed."""
        return sum(seal.count for seal in self.seals)

    @property
    def late(self) -> int:
        """How many of them came after their day had been sealed."""
        return sum(seal.count for seal in self.seals if seal.is_late)


def last_day_over(at: datetime) -> date:
    """The last day that may be sealed at this moment."""
    return day_of(at - REST) - timedelta(days=1)


def seal_days_over(at: datetime | None = None) -> Sealed:
    """Seal every day that is over and not sealed, and what came late to recent days; on the first of a month, to any day.

    Raises SealedMeanwhile: what it had not come to is sealed by who was faster, or the next time.
    """
    at = at or now()
    until = last_day_over(at)
    since = None if day_of(at).day == 1 else until - RECENT
    sealed_until = DaySeal.objects.aggregate(day=Max("day"))["day"]
    if since and (sealed_until is None or sealed_until < since):
        since = None  # never sealed, or not for long: look at everything
    sealed = Sealed()
    wanting, sealed.lost = unsealed(until, since)
    for day in sorted({day for day, _body in wanting}):
        is_late = sealed_until is not None and day <= sealed_until
        sealed.seals += seal_day(day, [body for d, body in wanting if d == day], is_late=is_late, at=at)
    return sealed


def unsealed(until: date, since: date | None = None) -> tuple[list[Group], list[Group]]:
    """Days and bodies with more events than sealed ones, and those with fewer; up to and with `until`."""
    events, seals = Event.objects.filter(recorded_on__lte=until), DaySeal.objects.filter(day__lte=until)
    if since:
        events, seals = events.filter(recorded_on__gte=since), seals.filter(day__gte=since)
    there = {(day, body): n for day, body, n in events.values_list("recorded_on", "body_id").annotate(Count("id"))}
    kept = {(day, body): n for day, body, n in seals.values_list("day", "body_id").annotate(Sum("count"))}
    more = [group for group, n in there.items() if n > kept.get(group, 0)]
    fewer = [group for group, n in kept.items() if n > there.get(group, 0)]
    return sorted(more, key=_order), sorted(fewer, key=_order)


def seal_day(day: date, bodies: list[UUID | None], *, is_late: bool, at: datetime) -> list[DaySeal]:
    """Seal what is not yet sealed of a day: all of these bodies, or, if something fails, none.

    The end of the chain is read before what is to be sealed: where another process seals meanwhile, the number is taken.
    Raises SealedMeanwhile.
    """
    algorithm = merkle.in_use()
    before = DaySeal.objects.order_by("-number").only("number", "link").first()
    parts = [(body, packed) for body in bodies for packed in _parts(day, body, algorithm)]
    seals = []
    try:
        with transaction.atomic():
            for body, packed in parts:
                before = _seal(before, day, body, packed, algorithm, is_late=is_late, at=at)
                seals.append(before)
            for body in bodies:
                recount(day, body)
    except IntegrityError as error:
        raise SealedMeanwhile from error
    return seals


def _parts(day: date, body: UUID | None, algorithm: str) -> Iterator[bytearray]:
    """What is to be sealed, packed as ids and leaf hashes, in parts that are not too large."""
    kept = iter(sealed_pairs(day, body))
    nearest = next(kept, None)
    packed = bytearray()
    for leaf in chain.from_iterable(chunks(day, body)):
        while nearest and nearest[0] < leaf.id:
            nearest = next(kept, None)
        if (nearest and nearest[0] == leaf.id) or leaf.data is None:
            continue
        packed += leaf.id.bytes + merkle.leaf(algorithm, leaf.data)
        if len(packed) == PART * LEAF_BYTES:
            yield packed
            packed = bytearray()
    if packed:
        yield packed


def sealed_pairs(day: date, body: UUID | None, using: str = "default") -> Iterator[tuple[UUID, bytes]]:
    """The ids and leaf hashes of all parts of a day's seal, by id."""
    return merge(*(seal.pairs() for seal in DaySeal.objects.using(using).filter(day=day, body_id=body)))


def _seal(
    before: DaySeal | None, day: date, body: UUID | None, packed: bytearray, algorithm: str, **facts: Any
) -> DaySeal:
    part = DaySeal.objects.filter(day=day, body_id=body).aggregate(last=Max("part"))["last"] or 0
    seal = DaySeal(
        number=before.number + 1 if before else 1,
        body_id=body,
        day=day,
        part=part + 1,
        is_late=facts["is_late"],
        algorithm=algorithm,
        previous=bytes(before.link) if before else FIRST,
        sealed_at=facts["at"],
        leaves=bytes(packed),
    )
    hashes = [hash for _id, hash in seal.pairs()]
    seal.count, seal.root = len(hashes), merkle.root(algorithm, hashes)
    seal.link = link_of(seal)
    seal.save()
    return seal


def link_of(seal: DaySeal) -> bytes:
    """The link that a seal adds to the chain: the hash of everything it says, and of the link before."""
    said = {
        "v": 1,
        "id": seal.id,
        "number": seal.number,
        "body": seal.body_id,
        "day": seal.day,
        "part": seal.part,
        "is_late": seal.is_late,
        "count": seal.count,
        "algorithm": seal.algorithm,
        "root": bytes(seal.root).hex(),
        "previous": bytes(seal.previous).hex(),
        "sealed_at": seal.sealed_at,
    }
    return merkle.link(seal.algorithm, canonical(said))


def _order(group: Group) -> tuple[date, str]:
    day, body = group
    return day, str(body or "")
