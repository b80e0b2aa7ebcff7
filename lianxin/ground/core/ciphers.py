"""Authenticated encryption, by name: what was sealed under one algorithm opens while another is in use."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher as Engine
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12  # NIST SP 800-38D, 8.2: the length that GCM is made for
TAG_BYTES = 16


class Unopenable(Exception):
    """The key does not fit, or the sealed bytes, or what they are bound to, were changed."""


@dataclass(frozen=True)
class Cipher:
    """A block cipher in Galois counter mode, and the hash that goes with it for deriving keys."""

    name: str
    key_bytes: int
    block: Callable[[bytes], Any]
    hash: type[HashAlgorithm]

    def new_key(self) -> bytes:
        """A random key of the right length."""
        return os.urandom(self.key_bytes)

    def derive(self, master: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
        """A key for one purpose, derived from `master` by HKDF (RFC 5869)."""
        return HKDF(self.hash(), self.key_bytes, salt, purpose).derive(master)

    def seal(self, key: bytes, plain: bytes, *, bound_to: bytes, nonce: bytes | None = None) -> bytes:
        """Nonce, ciphertext and tag. A `nonce` that is given must never come twice under one key."""
        nonce = nonce or os.urandom(NONCE_BYTES)
        engine = Engine(self.block(key), modes.GCM(nonce)).encryptor()
        engine.authenticate_additional_data(bound_to)
        return nonce + engine.update(plain) + engine.finalize() + engine.tag

    def open(self, key: bytes, sealed: bytes, *, bound_to: bytes) -> bytes:
        """What was sealed. Raises Unopenable unless key, bytes and what they are bound to are all the same."""
        if len(sealed) < NONCE_BYTES + TAG_BYTES:
            raise Unopenable("Shorter than nonce and tag.")
        nonce, text, tag = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:-TAG_BYTES], sealed[-TAG_BYTES:]
        engine = Engine(self.block(key), modes.GCM(nonce, tag)).decryptor()
        engine.authenticate_additional_data(bound_to)
        try:
            return engine.update(text) + engine.finalize()
        except InvalidTag:
            raise Unopenable("The tag does not fit.") from None


CIPHERS = {
    cipher.name: cipher
    for cipher in (
        Cipher("aes-256-gcm", 32, algorithms.AES256, SHA256),
        Cipher("sm4-gcm", 16, algorithms.SM4, SM3),  # GB/T 32907 and GB/T 32905, mode of GB/T 36624
    )
}


def named(name: str) -> Cipher:
    """The cipher of this name."""
    return CIPHERS[name]


def in_use() -> Cipher:
    """The cipher for what is sealed from now on (LIANXIN_CIPHER)."""
    return named(settings.CIPHER)
