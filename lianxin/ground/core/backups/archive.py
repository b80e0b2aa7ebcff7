"""The inner form of a backup: a tar of members, compressed, and at its end manifest.json with what they must be."""

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from lianxin.ground.core.backups.container import PieceDamaged, Reader, Writer
from lianxin.ground.core.backups.errors import Damaged

MANIFEST = "manifest.json"
FOLDERS = ("database", "files")
PIECE = 256 * 1024


@dataclass
class Manifest:
    """What a backup holds: who made it when, in which state of the tables, and every member with its SHA-256 and bytes."""

    version: str
    made_at: str
    platform: str
    engine: str
    migrations: list[str]
    tables: dict[str, int]
    members: dict[str, dict[str, str | int]] = field(default_factory=dict)

    def as_json(self) -> bytes:
        """As it stands in the backup."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


class Hashing:
    """A file that is read while its SHA-256 is taken."""

    def __init__(self, source: IO[bytes]):
        self.source, self.hash, self.bytes = source, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self.source.read(size)
        self.hash.update(data)
        self.bytes += len(data)
        return data

    def facts(self) -> dict[str, str | int]:
        """What the manifest says of it."""
        return {"sha256": self.hash.hexdigest(), "bytes": self.bytes}


def pack(out: BinaryIO, key: bytes, members: Iterable[tuple[str, Path]], manifest: Manifest) -> None:
    """Write members, then the manifest. A member that has vanished in the meantime is left out."""
    writer = Writer(out, key)
    with (
        gzip.GzipFile(fileobj=writer, mode="wb", compresslevel=1, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, path in members:
            try:
                source = path.open("rb")
            except FileNotFoundError:
                continue  # erased while the backup was being written
            with source:
                manifest.members[name] = _add(tar, name, source, os.fstat(source.fileno()).st_size)
        described = manifest.as_json()
        _add(tar, MANIFEST, io.BytesIO(described), len(described))
    writer.finish()


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], size: int) -> dict[str, str | int]:
    hashing, info = Hashing(source), tarfile.TarInfo(name)
    info.size = size
    tar.addfile(info, hashing)
    return hashing.facts()


def unpack(file: Path, key: bytes, folder: Path | None = None) -> Manifest:
    """Check every member of a backup, and write them below `folder` if one is given.

    Raises NotABackup, UnknownFormat, AnotherKey, and Damaged, which names the member that cannot be read.
    """
    found: dict[str, dict[str, str | int]] = {}
    manifest, at = None, "header"
    with file.open("rb") as source:
        plain = Reader(source, key, file)
        try:
            for at, member in _members(plain):
                if at == MANIFEST:
                    manifest = Manifest(**json.load(member))
                else:
                    found[at] = _take(member, _target(folder, at))
            while plain.read(PIECE):  # what follows the last member must open too
                pass
        except (PieceDamaged, tarfile.TarError, gzip.BadGzipFile, EOFError, ValueError) as error:
            raise Damaged(file, at) from error
    if manifest is None:
        raise Damaged(file, MANIFEST)
    for name in sorted(manifest.members.keys() | found.keys()):
        if manifest.members.get(name) != found.get(name):
            raise Damaged(file, name)
    return manifest


def _members(plain: Reader) -> Iterator[tuple[str, IO[bytes]]]:
    with gzip.GzipFile(fileobj=plain) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
        for info in tar:
            content = tar.extractfile(info)
            if content is None:
                raise ValueError(f"{info.name} is no file.")
            yield info.name, content


def _target(folder: Path | None, name: str) -> Path | None:
    parts = PurePosixPath(name).parts
    if parts[0] not in FOLDERS or ".." in parts:
        raise ValueError(f"{name} lies outside of the backup.")
    return folder.joinpath(*parts) if folder else None


def _take(member: IO[bytes], target: Path | None) -> dict[str, str | int]:
    hashing = Hashing(member)
    if target is None:
        while hashing.read(PIECE):
            pass
        return hashing.facts()
    target.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        shutil.copyfileobj(hashing, out, PIECE)
    return hashing.facts()
