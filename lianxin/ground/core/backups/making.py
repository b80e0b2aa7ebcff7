"""How a backup is made, while the platform runs, and how old ones go."""

import errno
import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, OperationalError
from django.utils import timezone

import lianxin
from lianxin.ground.core import keys
from lianxin.ground.core.backups import engines, erasures
from lianxin.ground.core.backups.archive import Manifest, pack, unpack
from lianxin.ground.core.backups.errors import (
    AlreadyMaking,
    Damaged,
    DatabaseDamaged,
    NoAnswer,
    NoPermission,
    NoSpace,
    NothingToKeep,
    NotReadBack,
    NotWritten,
)
from lianxin.ground.core.models import Platform

MOMENT = "%Y%m%dT%H%M%S%fZ"  # in UTC, so that names sort in the order they were made
NAME = "lianxin-{}.backup"
OURS = NAME.format("[0-9]" * 8 + "T" + "[0-9]" * 12 + "Z")  # as MOMENT writes it, and no copy that somebody named
PLAIN = "making-"  # folder of the snapshot before it is encrypted: in HOME, never where backups go


def folder() -> Path:
    """Where backups lie when nothing else is said."""
    return Path(settings.HOME) / "backups"


def make(to: Path | None = None) -> Path:
    """Write one encrypted file with database, files and manifest, read it back, and return it.

    Others may write meanwhile: the file holds everything committed before the start, and nothing half. Nothing is left
    behind when it fails. Raises NotMade, whose subclasses say why.
    """
    to = to or folder()
    engine = engines.in_use()
    if not engine.holds():
        raise NothingToKeep
    with telling(to), alone_at_it(to):
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        erasures.gather()
        stamp = datetime.now(UTC).strftime(MOMENT)
        plain, draft = Path(settings.HOME) / f"{PLAIN}{stamp}", to / f"{draft_name()}{stamp}"
        try:
            with telling(Path(settings.HOME)):
                plain.mkdir(mode=0o700)
                manifest = snapshot(engine, plain)
            write(draft, plain, manifest)
            return settle(draft, to / NAME.format(stamp))
        finally:
            shutil.rmtree(plain, ignore_errors=True)
            draft.unlink(missing_ok=True)


def snapshot(engine: engines.Engine, plain: Path) -> Manifest:
    """The database as it is now, below `plain`, and what is to be said of it."""
    dump = engine.dump(plain)
    platform = Platform.objects.order_by("id").first()
    known = engines.known_migrations()
    return Manifest(
        version=lianxin.__version__,
        made_at=timezone.now().isoformat(),
        platform=platform.name if platform else "",
        engine=engine.name,
        migrations=[name for name in dump.migrations if name in known],
        tables=dump.tables,
    )


def write(draft: Path, plain: Path, manifest: Manifest) -> None:
    """Encrypt the snapshot and the files into `draft`, bring it to the disk, and read it back."""
    key = keys.find("BACKUP_KEY") or keys.make(keys.place("BACKUP_KEY"))
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        pack(out, key, [*below(plain), *below(Path(settings.MEDIA_ROOT), "files")], manifest)
        out.flush()
        os.fsync(out.fileno())
    try:
        unpack(draft, key)
    except Damaged as error:
        raise NotReadBack(draft.parent) from error


def below(root: Path, name: str = "") -> Iterator[tuple[str, Path]]:
    """Every file below `root`, with its name in the backup."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield (Path(name) / path.relative_to(root)).as_posix(), path


def settle(draft: Path, file: Path) -> Path:
    """Give the draft its name: from here on it counts."""
    draft.rename(file)
    handle = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return file


def made() -> list[Path]:
    """The backups in HOME/backups, the oldest first: only what is named as ours are, whatever else lies there."""
    return sorted(folder().glob(OURS))


def made_at(file: Path) -> datetime:
    """The moment that the name of a backup tells."""
    return datetime.strptime(file.name, NAME.format(MOMENT)).replace(tzinfo=UTC)


def expire(now: datetime, days: int | None = None) -> list[Path]:
    """Delete backups in HOME/backups that are older than `days` (LIANXIN_BACKUP_DAYS), never the newest one."""
    before = NAME.format((now - timedelta(days=days or settings.BACKUP_DAYS)).astimezone(UTC).strftime(MOMENT))
    old = [file for file in made()[:-1] if file.name < before]
    for file in old:
        file.unlink()
    return old


def draft_name() -> str:
    """How drafts of this home begin: another platform may write into the same folder."""
    return f".draft-{hashlib.sha256(os.fsencode(settings.HOME)).hexdigest()[:8]}-"


@contextmanager
def alone_at_it(to: Path) -> Iterator[None]:
    """Inside the block nobody else makes a backup of this home; what a killed one left behind is swept away."""
    with (Path(settings.HOME) / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyMaking from None
        for left in Path(settings.HOME).glob(f"{PLAIN}*"):
            shutil.rmtree(left)
        for left in to.glob(f"{draft_name()}*"):
            left.unlink()
        yield


@contextmanager
def telling(to: Path) -> Iterator[None]:
    """What the system refuses inside the block is told as NotMade."""
    try:
        yield
    except OSError as error:
        where = Path(error.filename).parent if error.filename else to
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpace(where) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise NoPermission(where) from error
        raise NotWritten(where, error.strerror or str(error)) from error
    except (sqlite3.OperationalError, OperationalError) as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
            raise NoSpace(to) from error
        raise NoAnswer(str(error).strip()) from error
    except DatabaseError as error:
        raise DatabaseDamaged(str(error).strip()) from error
