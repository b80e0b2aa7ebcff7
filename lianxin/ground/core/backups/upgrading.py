"""How a platform comes to a new version: backup, migrate, verify. What stops half-way goes on, or goes back."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

import lianxin
from lianxin.ground.core import running
from lianxin.ground.core.backups import engines, making
from lianxin.ground.core.backups.errors import NotUpgraded, UpgradeUnfinished
from lianxin.ground.core.backups.present import bring_up_to_date


@dataclass(frozen=True)
class Unfinished:
    """An upgrade that has begun and not ended: the backup made before it, to which version, since when."""

    backup: str
    version: str
    begun_at: str


def marker() -> Path:
    """The file that stands while an upgrade is under way."""
    return Path(settings.HOME) / "upgrading.json"


def unfinished() -> Unfinished | None:
    """The upgrade that was begun and not ended, if there is one: until it ends, the platform should not be started."""
    return Unfinished(**json.loads(marker().read_text())) if marker().exists() else None


def refuse_unfinished() -> None:
    """Raise UpgradeUnfinished where one was begun and not ended."""
    if begun := unfinished():
        raise UpgradeUnfinished(begun.begun_at, begun.backup)


def upgrade(say: Callable[[str], None] = lambda text: None) -> Path | None:
    """Back up, migrate, verify; the backup, or None where there was nothing to keep.

    An upgrade that was killed goes on, with the backup it had made. Raises StillRunning, NotMade, and NotUpgraded, which
    says how to go on and how to go back.
    """
    with running.alone():
        begun = unfinished() or begin(say)
        step = _("迁移数据库")
        try:
            say(f"{step}……")
            bring_up_to_date()
            step = _("核对记录")
            say(f"{step}……")
            call_command("verify")
        except (Exception, SystemExit) as error:
            why = "" if isinstance(error, SystemExit) else f"（{error}）"  # verify has told what it found
            raise NotUpgraded(step + why, begun.backup if begun else "") from error
        marker().unlink(missing_ok=True)
        return Path(begun.backup) if begun else None


def begin(say: Callable[[str], None]) -> Unfinished | None:
    """Make the backup and note that an upgrade is under way; nothing where there is no platform yet."""
    if not engines.in_use().holds():
        return None
    say(_("备份……"))
    new = Unfinished(str(making.make()), lianxin.__version__, timezone.now().isoformat())
    draft = marker().with_suffix(".new")
    with draft.open("w") as out:
        json.dump(asdict(new), out)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(marker())
    return new
