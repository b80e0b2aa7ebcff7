"""A whole platform on a database of its own, with every app: for what lies in its files."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.ground.core import apart


@dataclass
class Whole(apart.Apart):
    """As apart.Apart, with the settings of the product."""

    @property
    def environ(self) -> dict[str, str]:
        """What its processes find in their environment."""
        return super().environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}


@contextmanager
def shared(root: Path) -> Iterator[Whole]:
    """A platform with nothing in it, to copy: made by the first process of a run that needs one, taken away by the last."""
    home, name = root / "empty", f"empty_{sha256(str(root).encode()).hexdigest()[:24]}"
    empty = Whole(home, apart.url_of(home, name))
    with _counted(root, 1) as before:
        if not before:
            home.mkdir()
            apart.create(name)
            empty.lianxin("vault", "key", "--save")
            empty.lianxin("migrate", "-v0")
    try:
        yield empty
    finally:
        with _counted(root, -1) as before:
            if before == 1:
                apart.drop(name)
                shutil.rmtree(home)


@contextmanager
def _counted(root: Path, more: int) -> Iterator[int]:
    """How many processes used it before this one came or went; others wait meanwhile."""
    root.mkdir(exist_ok=True)
    with (root / "users").open("a+") as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        users.seek(0)
        before = int(users.read() or 0)
        yield before
        users.truncate(0)
        users.write(str(before + more))
        users.flush()


@contextmanager
def copy(empty: Whole, home: Path) -> Iterator[Whole]:
    """A platform of its own."""
    with apart.copy(empty, home) as made:
        yield Whole(made.home, made.url)
