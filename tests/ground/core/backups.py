"""A platform that is backed up: what is in it, what lies in its home, and another one that begins with its keys."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.ground.core import apart as apart_
from tests.ground.core.apart import Apart

EVENTS = "print(json.dumps(sorted(str(id) for id in Event.objects.values_list('id', flat=True))))"


def backups(platform: Apart) -> list[Path]:
    """Those in its home, the oldest first."""
    return sorted((platform.home / "backups").glob("*.backup"))


def left_behind(platform: Apart) -> list[str]:
    """What an unfinished backup or restore would leave."""
    names = [path.name for folder in (platform.home, platform.home / "backups") for path in folder.glob("*")]
    return [name for name in names if name.startswith(("making-", ".draft-", "restoring-"))]


def fill(platform: Apart, megabytes: int = 0) -> None:
    """Two visits, a scan and, to give a process something to do, a large file."""
    platform.python("make_visits(visit(), visit())")
    (platform.home / "files" / "scans").mkdir(parents=True)
    (platform.home / "files" / "scans" / "来信.jpg").write_bytes(b"a scan")
    if megabytes:
        (platform.home / "files" / "sound.wav").write_bytes(os.urandom(1024 * 1024) * megabytes)


@contextmanager
def fresh(home: Path, keys_of: Apart) -> Iterator[Apart]:
    """A home with nothing but the keys of another."""
    home.mkdir()
    shutil.copytree(keys_of.home / "keys", home / "keys")
    with apart_._database(home, None) as url:
        yield Apart(home, url)


def events_aside(platform: Apart, aside: Path) -> int:
    """How many events the platform has that a restore moved aside."""
    if platform.url.startswith("sqlite"):
        return sqlite3.connect(aside / "lianxin.sqlite3").execute("SELECT count(*) FROM core_event").fetchone()[0]
    with psycopg.connect(platform.url) as connection:
        (schema,) = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^replaced_'").fetchone()
        return connection.execute(f"SELECT count(*) FROM {schema}.core_event").fetchone()[0]
