"""Keys that lie apart from the data: given in the environment, or kept in HOME/keys and readable by the owner alone."""

import base64
import binascii
import os
import secrets
from pathlib import Path

from django.conf import settings

from lianxin.ground.core.ciphers import CIPHERS
from lianxin.ground.core.errors import KeyUnusable

KEY_BYTES = 32


def decode(text: str, where: str) -> bytes:
    """The key written as `text`: 32 bytes in base64, ordinary or for addresses. Raises KeyUnusable, which names `where`."""
    plain = text.strip().rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        key = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise KeyUnusable(where, None) from None
    if len(key) != KEY_BYTES:
        raise KeyUnusable(where, len(key))
    return key


def new_text() -> str:
    """A new key as an operator would write it down."""
    return secrets.token_urlsafe(KEY_BYTES)


def place(name: str) -> Path:
    """The file in which a key lies that no setting gives."""
    return Path(settings.KEYS) / name.lower()


def find(name: str) -> bytes | None:
    """The key that the setting `name` gives, or its file, or None where there is neither. Raises KeyUnusable."""
    if given := getattr(settings, name):
        return decode(given, f"LIANXIN_{name}")
    return read(place(name))


def read(file: Path) -> bytes | None:
    """The key in a file, or None where there is no file. Raises KeyUnusable."""
    return decode(file.read_text(), str(file)) if file.exists() else None


def make(file: Path) -> bytes:
    """A new key in a file of mode 600; where somebody was faster, theirs. Readers see the whole key or no file."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(new_text())
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass  # another process made one in the meantime: that one counts
    finally:
        draft.unlink()
    return decode(file.read_text(), str(file))


def fingerprint(key: bytes) -> str:
    """Sixteen bytes in hex that tell keys apart and give nothing of them away."""
    return CIPHERS["aes-256-gcm"].derive(key, b"lianxin fingerprint of a key")[:16].hex()
