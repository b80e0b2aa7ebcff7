"""Proving that one event stands under a root, without showing any other."""

from dataclasses import dataclass
from datetime import date

from lianxin.ground.core.events import leaves, merkle
from lianxin.ground.core.models import DaySeal, Event


@dataclass(frozen=True)
class Proof:
    """The bytes of an event, and the hashes that lead from them to the root of a day (RFC 6962, 2.1.1)."""

    day: date
    algorithm: str
    data: bytes
    index: int
    count: int
    path: tuple[bytes, ...]
    root: bytes

    def holds(self) -> bool:
        """Whether the bytes lead to the root. The root itself is compared with a printed one."""
        leaf = merkle.leaf(self.algorithm, self.data)
        return merkle.climb(self.algorithm, self.index, self.count, leaf, self.path) == self.root


def prove(event: Event) -> Proof | None:
    """The proof for a sealed event, from what stands in the record now; None before its day is sealed."""
    for seal in DaySeal.objects.filter(day=event.recorded_on, body_id=event.body_id):
        ids, hashes = zip(*seal.pairs(), strict=True)
        if event.id in ids:
            index = ids.index(event.id)
            [leaf] = leaves.read([event.id])
            path = merkle.path(seal.algorithm, index, hashes)
            return Proof(seal.day, seal.algorithm, leaf.data or b"", index, seal.count, tuple(path), bytes(seal.root))
    return None
