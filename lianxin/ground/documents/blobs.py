"""The sealed contents, by the id of their file: written before the row, taken away after it.

They lie in the store that STORAGES calls `documents`: a folder below HOME/files, or whatever holds files by names.
"""

import errno
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from lianxin.ground.core.ciphers import Cipher
from lianxin.ground.documents.errors import DiskFull, NotStored

FOLDER = "documents"
CONTENT, PREVIEW = "content", "preview"
PARTS = (CONTENT, PREVIEW)


def store() -> Storage:
    """Where they lie."""
    return storages["documents"]


def name_of(file_id: UUID, part: str) -> str:
    """The name of a blob: two letters of the random end of the id make its folder."""
    return f"{FOLDER}/{file_id.hex[-2:]}/{file_id.hex}.{part}"


def id_of(name: str) -> UUID | None:
    """Of which file a blob is; None for a name that is none of ours."""
    stem, _dot, part = name.rpartition("/")[2].partition(".")
    try:
        return UUID(hex=stem) if part in PARTS else None
    except ValueError:
        return None


def seal(plain: bytes, key: bytes, cipher: Cipher, file_id: UUID, part: str) -> bytes:
    """A content as it is stored: it opens for this file and this part alone."""
    return cipher.seal(key, plain, bound_to=_bound_to(cipher, file_id, part))


def unseal(sealed: bytes, key: bytes, cipher: Cipher, file_id: UUID, part: str) -> bytes:
    """The content. Raises Unopenable."""
    return cipher.open(key, sealed, bound_to=_bound_to(cipher, file_id, part))


def _bound_to(cipher: Cipher, file_id: UUID, part: str) -> bytes:
    return b":".join((b"file", part.encode(), cipher.name.encode(), file_id.bytes))


def write(file_id: UUID, part: str, sealed: bytes) -> None:
    """Store a blob; it is on the disk when this returns. Raises DiskFull, NotStored; then nothing half is left."""
    name = name_of(file_id, part)
    try:
        kept = store().save(name, ContentFile(sealed))
    except OSError as error:
        raise (DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else NotStored) from error
    if kept != name:
        raise FileExistsError(name)


def read(file_id: UUID, part: str) -> bytes | None:
    """A blob, or None where there is none."""
    try:
        with store().open(name_of(file_id, part)) as source:
            return source.read()
    except FileNotFoundError:
        return None


def remove(file_id: UUID) -> None:
    """Take the blobs of a file away, as far as there are any."""
    for part in PARTS:
        store().delete(name_of(file_id, part))


def all_names() -> Iterator[str]:
    """The name of every blob that is stored."""
    for folder in _listed(FOLDER)[0]:
        for name in _listed(f"{FOLDER}/{folder}")[1]:
            yield f"{FOLDER}/{folder}/{name}"


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return store().listdir(folder)
    except FileNotFoundError:
        return [], []


def stored_at(name: str) -> datetime | None:
    """When a blob was stored, or None where it is gone."""
    try:
        return store().get_modified_time(name)
    except FileNotFoundError:
        return None
