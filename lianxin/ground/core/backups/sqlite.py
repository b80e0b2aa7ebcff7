"""Snapshots of SQLite: the online backup of SQLite itself, which copies one moment while others write."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections

from lianxin.ground.core.backups.archive import Manifest
from lianxin.ground.core.backups.engines import Dump, pointed, replaced_below, replaced_in
from lianxin.ground.core.backups.errors import CountsDiffer, DatabaseDamaged, InUse

FILE = "database/lianxin.sqlite3"
# Not VACUUM INTO: it may renumber rowids, by which full-text tables point at their rows.


class Sqlite:
    """One file, in write-ahead mode."""

    name = "sqlite"

    @property
    def file(self) -> Path:
        """The file of the platform."""
        return Path(connections["default"].settings_dict["NAME"])

    def holds(self) -> str:
        """The file, where it holds anything."""
        return str(self.file) if self.file.exists() and self.file.stat().st_size else ""

    def dump(self, folder: Path) -> Dump:
        """Copy the database, look whether the copy is whole, and count its rows. Raises DatabaseDamaged."""
        target = folder / FILE
        target.parent.mkdir(parents=True)
        connection = connections["default"]
        connection.ensure_connection()
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            try:
                connection.connection.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, without -wal beside it
                return examine(copy)
            except sqlite3.OperationalError:
                raise  # disk full, no permission: the caller's to tell
            except sqlite3.DatabaseError as error:
                raise DatabaseDamaged(str(error)) from error

    def refuse_if_open(self) -> None:
        """SQLite leaves write-ahead mode only for the one connection that is alone: any other one shows that way."""
        connections["default"].close()
        if not self.holds():
            return
        with closing(sqlite3.connect(self.file, timeout=0, isolation_level=None)) as alone:
            try:
                alone.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname in ("SQLITE_BUSY", "SQLITE_LOCKED"):
                    raise InUse(str(self.file)) from error
                raise
            except sqlite3.DatabaseError:
                return  # too damaged to ask: that is why somebody restores

    @contextmanager
    def staged(self, folder: Path, stamp: str, manifest: Manifest) -> Iterator[list[str]]:
        """The copy, checked, is the database in use. It is one file again at the end."""
        with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as copy:
            compare(manifest.tables, examine(copy, "integrity_check").tables)
        with pointed(NAME=str(folder / FILE)):
            yield []
        with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")

    def swap(self, folder: Path, stamp: str) -> str:
        """Move the present files aside and the staged one into their place: what of this is still to be done."""
        connections["default"].close()
        aside, beside = replaced_in(self.file.parent, stamp), self.file.with_name(f".{self.file.name}.{stamp}")
        if (folder / FILE).exists():
            for end in ("", "-wal", "-shm", "-journal"):
                if (part := self.file.with_name(self.file.name + end)).exists():
                    aside.mkdir(exist_ok=True, mode=0o700)
                    stray = "-stray" if (aside / part.name).exists() else ""  # made meanwhile by whoever looked for it
                    part.rename(aside / f"{part.name}{stray}")
            self.file.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(folder / FILE, beside)  # which copies where the database lies on another disk
        if beside.exists():
            beside.rename(self.file)
        return str(aside) if aside.exists() else ""

    def replaced(self) -> dict[str, str]:
        """Folders beside the database."""
        return replaced_below(self.file.parent)

    def drop_replaced(self, stamp: str) -> None:
        """Delete the folder."""
        shutil.rmtree(replaced_in(self.file.parent, stamp), ignore_errors=True)


def examine(database: sqlite3.Connection, check: str = "quick_check") -> Dump:
    """Rows of every table, and applied migrations. Raises DatabaseDamaged where the database is not whole."""
    (found,) = database.execute(f"PRAGMA {check}(1)").fetchone()
    if found != "ok":
        raise DatabaseDamaged(found)
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    tables = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names.fetchall()}
    applied = (
        database.execute("SELECT app, name FROM django_migrations ORDER BY id") if "django_migrations" in tables else ()
    )
    return Dump(tables, [f"{app}.{name}" for app, name in applied])


def compare(written: dict[str, int], found: dict[str, int]) -> None:
    """Raise CountsDiffer for the first table that has not the rows it should have."""
    for table, count in written.items():
        if found.get(table, 0) != count:
            raise CountsDiffer(table, count, found.get(table, 0))
