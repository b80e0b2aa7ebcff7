"""Merkle trees against RFC 6962: the vectors are those of Google's certificate-transparency repository (Apache-2.0)."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.ground.core.events import merkle

INPUTS = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [merkle.leaf("sha256", data) for data in INPUTS]
hashes = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)


@pytest.mark.parametrize("count", range(1, 9))
def test_roots_are_those_of_the_known_vectors(count):
    assert merkle.root("sha256", LEAVES[:count]).hex() == ROOTS[count - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert merkle.root("sha256", []) == hashlib.sha256(b"").digest()


def test_sm3_is_that_of_the_standard():
    """GB/T 32905-2016, appendix A.1: the hash of "abc"."""
    known = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert merkle.ALGORITHMS["sm3"](b"abc").hex() == known
    assert merkle.leaf("sm3", b"") != merkle.leaf("sha256", b"")


@given(hashes)
def test_the_streamed_root_is_the_one_that_the_recursive_definition_gives(leaves):
    def defined(part: list[bytes]) -> bytes:
        if len(part) == 1:
            return part[0]
        half = max(2**n for n in range(8) if 2**n < len(part))
        return hashlib.sha256(b"\x01" + defined(part[:half]) + defined(part[half:])).digest()

    assert merkle.root("sha256", iter(leaves)) == defined(leaves)
