"""The outer form of a backup: two readable lines, then encrypted pieces that can be neither changed, swapped nor left out.

Each file has a key of its own, derived from the backup key and a salt. Pieces are sealed in order, with their number
and whether they are the last as the nonce (the STREAM construction, Hoang et al., CRYPTO 2015), and bound to the header.
"""

import io
import json
import os
from pathlib import Path
from typing import BinaryIO

from lianxin.ground.core import ciphers, keys
from lianxin.ground.core.backups.errors import AnotherKey, NotABackup, UnknownFormat

MAGIC = b"LIANXIN BACKUP\n"
FORMAT = 1
PIECE = 1024 * 1024
HEADER_LIMIT = 4096


class PieceDamaged(Exception):
    """A piece does not open, or the last one is missing."""


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(ciphers.NONCE_BYTES - 1, "big") + bytes([is_last])


class Writer(io.RawIOBase):
    """Takes plain bytes and writes them to `out` encrypted; `close` writes the last piece and leaves `out` open."""

    def __init__(self, out: BinaryIO, key: bytes):
        self.out, self.cipher, salt = out, ciphers.in_use(), os.urandom(16)
        about = {"format": FORMAT, "cipher": self.cipher.name, "key": keys.fingerprint(key), "salt": salt.hex()}
        self.header = MAGIC + json.dumps(about).encode() + b"\n"
        self.key = self.cipher.derive(key, b"lianxin backup", salt)
        self.waiting, self.number = bytearray(), 0
        out.write(self.header)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data) -> int:  # type: ignore[no-untyped-def]
        """Take bytes; whole pieces go out at once."""
        self.waiting += data
        while len(self.waiting) >= PIECE:
            self._seal(bytes(self.waiting[:PIECE]), is_last=False)
            del self.waiting[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Write the last piece, which is shorter than the others, if only by being empty."""
        self._seal(bytes(self.waiting), is_last=True)
        self.waiting.clear()

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self.number, is_last)
        sealed = self.cipher.seal(self.key, plain, bound_to=self.header, nonce=nonce)
        self.out.write(sealed[len(nonce) :])
        self.number += 1


class Reader(io.RawIOBase):
    """Reads the plain bytes of a backup. Raises NotABackup, UnknownFormat, AnotherKey; while reading, PieceDamaged."""

    def __init__(self, source: BinaryIO, key: bytes, file: Path):
        self.source = source
        if source.readline(HEADER_LIMIT) != MAGIC:
            raise NotABackup(file)
        line = source.readline(HEADER_LIMIT)
        try:
            about = json.loads(line)
            form, name, needed, salt = about["format"], about["cipher"], about["key"], bytes.fromhex(about["salt"])
        except (ValueError, KeyError, TypeError):
            raise NotABackup(file) from None
        if form != FORMAT or name not in ciphers.CIPHERS:
            raise UnknownFormat(file)
        if needed != keys.fingerprint(key):
            raise AnotherKey(file, str(needed), keys.fingerprint(key))
        self.header, self.cipher = MAGIC + line, ciphers.CIPHERS[name]
        self.key = self.cipher.derive(key, b"lianxin backup", salt)
        self.plain, self.number, self.is_done = b"", 0, False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, into) -> int:  # type: ignore[no-untyped-def]
        """Fill `into` with what comes next."""
        while not self.plain and not self.is_done:
            self.plain = self._open()
        count = min(len(into), len(self.plain))
        into[:count], self.plain = self.plain[:count], self.plain[count:]
        return count

    def _open(self) -> bytes:
        sealed = self.source.read(PIECE + ciphers.TAG_BYTES)
        self.is_done = len(sealed) < PIECE + ciphers.TAG_BYTES
        nonce = _nonce(self.number, self.is_done)
        self.number += 1
        try:
            return self.cipher.open(self.key, nonce + sealed, bound_to=self.header)
        except ciphers.Unopenable:
            raise PieceDamaged from None
