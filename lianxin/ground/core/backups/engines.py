"""What backup and restore ask of a kind of database."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.db import connections
from django.db.migrations.loader import MigrationLoader

from lianxin.ground.core.backups.archive import Manifest


@dataclass(frozen=True)
class Dump:
    """What a snapshot holds: rows of every table, migrations in the order they were applied."""

    tables: dict[str, int]
    migrations: list[str]


class Engine(Protocol):
    """A kind of database. Everything of one snapshot lies below `folder`, and is of one moment."""

    name: str

    def holds(self) -> str:
        """Where a platform lies already; nothing where there is none."""

    def dump(self, folder: Path) -> Dump:
        """Write a snapshot, while others go on writing to the database."""

    def refuse_if_open(self) -> None:
        """Raise InUse where another program has the database open."""

    def staged(self, folder: Path, stamp: str, manifest: Manifest) -> AbstractContextManager[list[str]]:
        """Inside the block the snapshot is loaded beside the present database, and is the one in use.

        Gives the tables that no migration of this version makes, which were left out. Raises CountsDiffer.
        """

    def swap(self, folder: Path, stamp: str) -> str:
        """Put the staged database in place of the present one, or do what is left of that; where that one lies now."""

    def replaced(self) -> dict[str, str]:
        """What `swap` has put aside, by stamp, and where it lies."""

    def drop_replaced(self, stamp: str) -> None:
        """Delete what `swap` has put aside."""


def in_use() -> Engine:
    """The kind of database that the settings name."""
    if connections["default"].vendor == "sqlite":
        from lianxin.ground.core.backups.sqlite import Sqlite

        return Sqlite()
    from lianxin.ground.core.backups.postgres import Postgres  # with a driver of 10 MB, which SQLite never needs

    return Postgres()


def replaced_in(folder: Path, stamp: str) -> Path:
    """Where in a folder a platform lies that was replaced."""
    return folder / f"replaced-{stamp}"


def replaced_below(folder: Path) -> dict[str, str]:
    """The platforms in a folder that were replaced, by stamp."""
    return {path.name.removeprefix("replaced-"): str(path) for path in folder.glob("replaced-*") if path.is_dir()}


@contextmanager
def pointed(**changed: Any) -> Iterator[None]:
    """Inside the block the connection leads to another database."""
    connection = connections["default"]
    before = connection.settings_dict
    connection.close()
    connection.settings_dict = {**before, **changed}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before


def known_migrations() -> set[str]:
    """Every migration that this version has, or has put together with others."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return {".".join(key) for key in replaced | loader.disk_migrations.keys()}
