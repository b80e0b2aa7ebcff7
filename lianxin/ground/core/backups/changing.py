"""How a staged platform and the present one change places, so that a crash in between loses neither.

A note in HOME says that it has begun. Each step looks at what is still to be done, so that whoever comes next can do the
rest: what is staged still lies where it was staged, or has taken its place.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from lianxin.ground.core.backups import engines
from lianxin.ground.core.running import half_replaced

STAGING = "restoring-"


@dataclass(frozen=True)
class Change:
    """A restore that has loaded and checked everything: its stamp, and when the backup was made."""

    stamp: str
    made_at: str

    @property
    def folder(self) -> Path:
        """Where what is to come in was staged."""
        return Path(settings.HOME) / f"{STAGING}{self.stamp}"


def under_way() -> Change | None:
    """The change that was begun and not ended, if there is one."""
    return Change(**json.loads(half_replaced().read_text())) if half_replaced().exists() else None


def begin(change: Change) -> list[str]:
    """Note that it begins, and carry it out; where the replaced platform lies now. Killed at any moment, `finish` ends it."""
    (change.folder / "files").mkdir(exist_ok=True)  # as long as it lies there, files have not changed places
    draft = half_replaced().with_suffix(".new")
    with draft.open("w") as out:
        json.dump(asdict(change), out)
        out.flush()
        os.fsync(out.fileno())
    os.sync()  # what was staged is on the disk before anything is moved
    draft.rename(half_replaced())
    return finish(change)


def finish(change: Change) -> list[str]:
    """Do what is left of it; where the replaced platform lies now."""
    aside = {engines.in_use().swap(change.folder, change.stamp), _swap_files(change)}
    os.sync()
    half_replaced().unlink()
    return sorted(aside - {""})


def _swap_files(change: Change) -> str:
    """Move the present files aside and the staged ones into their place; where they lie now."""
    files, staged, aside = (
        Path(settings.MEDIA_ROOT),
        change.folder / "files",
        engines.replaced_in(Path(settings.HOME), change.stamp),
    )
    if staged.exists():
        if files.exists() and any(files.iterdir()):
            aside.mkdir(exist_ok=True, mode=0o700)
            files.rename(aside / "files")
        elif files.exists():
            files.rmdir()
        staged.rename(files)
    return str(aside) if aside.exists() else ""
