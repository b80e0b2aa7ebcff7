"""Is the chain of seals whole, and does it hold the roots that were printed?"""

from collections.abc import Iterable, Iterator

from django.utils.encoding import force_bytes

from lianxin.ground.core.events import merkle
from lianxin.ground.core.events.leaves import UNREADABLE
from lianxin.ground.core.events.roots import Printed
from lianxin.ground.core.events.sealing import FIRST, link_of
from lianxin.ground.core.events.verifying.finding import Fault, Finding
from lianxin.ground.core.models import DaySeal
from lianxin.ground.core.models.seal import LEAF_BYTES


def chain(using: str) -> Iterator[Finding]:
    """Follow the seals by number: each names the link before, and its own link is the hash of what it says."""
    number, link = 0, FIRST
    seals = DaySeal.objects.using(using).defer("leaves").order_by("number")
    for pk in seals.values_list("pk", flat=True):
        try:
            seal = seals.get(pk=pk)
            own = link_of(seal) if seal.algorithm in merkle.ALGORITHMS else None
        except UNREADABLE:
            yield Finding(Fault.SEAL_CHANGED, None, note=f"#{number + 1}")
            number += 1
            continue
        if seal.number != number + 1:
            yield Finding(Fault.SEAL_MISSING, seal.day, seal.body_id, note=f"#{number + 1}–#{seal.number - 1}")
        elif own != force_bytes(seal.link) or link != force_bytes(seal.previous):
            yield Finding(Fault.SEAL_CHANGED, seal.day, seal.body_id, note=f"#{seal.number}")
        number, link = seal.number, force_bytes(seal.link)


def tree(seal: DaySeal) -> Iterator[Finding]:
    """Do the leaves of a seal lead to its root?"""
    ids = [id for id, _hash in seal.pairs()]
    whole = len(force_bytes(seal.leaves)) == seal.count * LEAF_BYTES and ids == sorted(set(ids))
    known = seal.algorithm in merkle.ALGORITHMS
    if not (
        whole and known and merkle.root(seal.algorithm, (hash for _id, hash in seal.pairs())) == force_bytes(seal.root)
    ):
        yield Finding(Fault.ROOT_WRONG, seal.day, seal.body_id, note=f"#{seal.number}")


def printed(roots: Iterable[Printed], using: str) -> Iterator[Finding]:
    """Does the record hold every root that was printed?"""
    for root in roots:
        kept = DaySeal.objects.using(using).filter(day=root.day, body_id=root.body, part=root.part)
        if [force_bytes(found) for found in kept.values_list("root", flat=True)] != [root.root]:
            yield Finding(Fault.ROOT_PRINTED, root.day, root.body)
