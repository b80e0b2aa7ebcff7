"""How a platform is brought back: everything is checked, loaded beside the present one and made current; only then they change places."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from lianxin.ground.core import keys, running
from lianxin.ground.core.backups import changing, engines, erasures
from lianxin.ground.core.backups.archive import Manifest, unpack
from lianxin.ground.core.backups.errors import (
    AnotherEngine,
    AnotherVersion,
    NoBackupKey,
    NoSuchFile,
    NotEmpty,
    SystemRefused,
    local_minute,
)
from lianxin.ground.core.backups.making import MOMENT
from lianxin.ground.core.backups.present import bring_up_to_date
from lianxin.ground.core.backups.upgrading import marker
from lianxin.ground.core.models import Platform

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Restored:
    """What was done: when the backup was made, where the replaced platform lies now, how much was erased again, if known."""

    made_at: str
    aside: list[str]
    erased_again: int | None
    left_out: list[str]


def finish() -> Restored | None:
    """End a restore that was killed while the two platforms changed places; None where there is none.

    Raises StillRunning, NotRestored.
    """
    with running.alone():
        return _finish()


def _finish() -> Restored | None:
    if (change := changing.under_way()) is None:
        return None
    try:
        aside = changing.finish(change)
        marker().unlink(missing_ok=True)
        shutil.rmtree(change.folder, ignore_errors=True)
    except OSError as error:
        raise SystemRefused(error) from error
    Platform.forget()
    return Restored(change.made_at, aside, None, [])


def restore(file: Path, *, replace: bool = False, say: Callable[[str], None] = lambda text: None) -> Restored:
    """Bring the platform of a backup back, and erase again what was erased since.

    Until everything is checked and loaded, nothing that stands there is touched. With `replace`, what stands there is
    moved aside, never deleted. Raises StillRunning, NotRestored, whose subclasses say why.
    """
    if not file.is_file():
        raise NoSuchFile(file)
    with running.alone():
        _finish()  # of a restore that was killed at its last step
        engine = engines.in_use()
        key = keys.find("BACKUP_KEY")
        if key is None:
            raise NoBackupKey(keys.place("BACKUP_KEY"))
        refuse_to_overwrite(engine, replace, say)
        stamp = datetime.now(UTC).strftime(MOMENT)
        for left in Path(settings.HOME).glob(f"{changing.STAGING}*"):
            shutil.rmtree(left)  # of a restore that was killed
        folder = Path(settings.HOME) / f"{changing.STAGING}{stamp}"
        try:
            folder.mkdir(mode=0o700)
            done = load(engine, file, key, folder, stamp, say)
            marker().unlink(missing_ok=True)  # an upgrade that stopped is undone by this
            return done
        except OSError as error:
            raise SystemRefused(error) from error
        finally:
            if not changing.under_way():  # else the rest of the platform lies there
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
    say(_("载入%(made_at)s的备份……") % {"made_at": local_minute(manifest.made_at)})
    with engine.staged(folder, stamp, manifest) as left_out:
        bring_up_to_date()
        erased_again = erasures.replay()
    aside = changing.begin(changing.Change(stamp, manifest.made_at))
    return Restored(manifest.made_at, aside, erased_again, left_out)


def refuse_foreign(engine: engines.Engine, manifest: Manifest) -> None:
    """Raise AnotherEngine, AnotherVersion."""
    if manifest.engine != engine.name:
        raise AnotherEngine(NAMES[manifest.engine], NAMES[engine.name])
    if unknown := sorted(set(manifest.migrations) - engines.known_migrations()):
        raise AnotherVersion(manifest.version, unknown[0])
