"""Merkle trees as RFC 6962, section 2.1 draws them, over SHA-256 or SM3 (GB/T 32905)."""

import hashlib
from collections.abc import Callable, Iterable

from cryptography.hazmat.primitives.hashes import SM3, Hash

from lianxin.ground.core import ciphers

LEAF, NODE, LINK = b"\x00", b"\x01", b"\x02"  # LINK is ours: it joins one seal to the next


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sm3(data: bytes) -> bytes:
    engine = Hash(SM3())
    engine.update(data)
    return engine.finalize()


ALGORITHMS: dict[str, Callable[[bytes], bytes]] = {"sha256": _sha256, "sm3": _sm3}


def in_use() -> str:
    """The algorithm for what is sealed from now on: SM3 where the state's own algorithms are required (LIANXIN_CIPHER)."""
    return ciphers.in_use().hash().name


def leaf(algorithm: str, data: bytes) -> bytes:
    """The hash of one leaf."""
    return ALGORITHMS[algorithm](LEAF + data)


def node(algorithm: str, left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return ALGORITHMS[algorithm](NODE + left + right)


def link(algorithm: str, data: bytes) -> bytes:
    """The hash that joins a seal to the one before."""
    return ALGORITHMS[algorithm](LINK + data)


def root(algorithm: str, leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, in memory that grows with the depth of the tree alone; of none, the hash of nothing."""
    towers: list[tuple[int, bytes]] = []  # subtrees that are full, larger ones first
    for hash in leaves:
        size = 1
        while towers and towers[-1][0] == size:
            size, hash = size * 2, node(algorithm, towers.pop()[1], hash)
        towers.append((size, hash))
    if not towers:
        return ALGORITHMS[algorithm](b"")
    _size, whole = towers.pop()
    while towers:
        whole = node(algorithm, towers.pop()[1], whole)
    return whole
