"""How a platform is brought back: everything is checked, loaded beside the present one and made current; only then they change places."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from lianxin.ground.core import keys, running
from lianxin.ground.core.backups import engines, erasures
from lianxin.ground.core.backups.archive import Manifest, unpack
from lianxin.ground.core.backups.errors import (
    AnotherEngine,
    AnotherVersion,
    NoBackupKey,
    NoSuchFile,
    NotEmpty,
    SystemRefused,
)
from lianxin.ground.core.backups.making import MOMENT
from lianxin.ground.core.backups.present import bring_up_to_date
from lianxin.ground.core.backups.upgrading import marker
from lianxin.ground.core.models import Platform

STAGING = "restoring-"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Restored:
    """What was done: the backup's manifest, where the replaced platform lies now, how much was erased again."""

    manifest: Manifest
    aside: list[str]
    erased_again: int
    left_out: list[str]


def restore(file: Path, *, replace: bool = False, say: Callable[[str], None] = lambda text: None) -> Restored:
    """Bring the platform of a backup back, and erase again what was erased since.

    Until everything is checked and loaded, nothing that stands there is touched. With `replace`, what stands there is
    moved aside, never deleted. Raises StillRunning, NotRestored, whose subclasses say why.
    """
    if not file.is_file():
        raise NoSuchFile(file)
    with running.alone():
        engine = engines.in_use()
        key = keys.find("BACKUP_KEY")
        if key is None:
            raise NoBackupKey(keys.place("BACKUP_KEY"))
        refuse_to_overwrite(engine, replace, say)
        stamp = datetime.now(UTC).strftime(MOMENT)
        for left in Path(settings.HOME).glob(f"{STAGING}*"):
            shutil.rmtree(left)  # of a restore that was killed
        folder = Path(settings.HOME) / f"{STAGING}{stamp}"
        try:
            folder.mkdir(mode=0o700)
            done = load(engine, file, key, folder, stamp, say)
            marker().unlink(missing_ok=True)  # an upgrade that stopped is undone by this
            return done
        except OSError as error:
            raise SystemRefused(error) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            Platform.forget()


def refuse_to_overwrite(engine: engines.Engine, replace: bool, say: Callable[[str], None]) -> None:
    """Raise NotEmpty without `replace`, InUse; note erasures that only the present database tells of."""
    files = Path(settings.MEDIA_ROOT)
    there = engine.holds() or (str(files) if files.exists() and any(files.iterdir()) else "")
    if there and not replace:
        raise NotEmpty(there)
    if not there:
        return
    try:
        erasures.gather()
    except DatabaseError as error:
        say(
            _("现有的数据库读不出销毁记录（%(why)s），只按 %(file)s 重做销毁。")
            % {"why": error, "file": erasures.list_file()}
        )
    engine.refuse_if_open()


def load(
    engine: engines.Engine, file: Path, key: bytes, folder: Path, stamp: str, say: Callable[[str], None]
) -> Restored:
    """Check, load beside, bring up to date, erase again, and change places."""
    say(_("检查备份……"))
    manifest = unpack(file, key, folder)
    refuse_foreign(engine, manifest)
    say(_("载入 %(made_at)s 的备份……") % {"made_at": manifest.made_at})
    with engine.staged(folder, stamp, manifest) as left_out:
        bring_up_to_date()
        erased_again = erasures.replay()
    os.sync()
    aside = {engine.swap(folder, stamp), swap_files(folder, stamp)} - {""}
    return Restored(manifest, sorted(aside), erased_again, left_out)


def refuse_foreign(engine: engines.Engine, manifest: Manifest) -> None:
    """Raise AnotherEngine, AnotherVersion."""
    if manifest.engine != engine.name:
        raise AnotherEngine(NAMES[manifest.engine], NAMES[engine.name])
    if unknown := sorted(set(manifest.migrations) - engines.known_migrations()):
        raise AnotherVersion(manifest.version, unknown[0])


def swap_files(folder: Path, stamp: str) -> str:
    """Move the present files aside and those of the backup into their place; where they lie now."""
    files, aside = Path(settings.MEDIA_ROOT), Path(settings.HOME) / f"replaced-{stamp}"
    moved = ""
    if files.exists() and any(files.iterdir()):
        aside.mkdir(exist_ok=True, mode=0o700)
        files.rename(aside / "files")
        moved = str(aside)
    if (folder / "files").exists():
        if files.exists():
            files.rmdir()
        (folder / "files").rename(files)
    return moved
