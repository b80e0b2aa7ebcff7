"""Snapshots of PostgreSQL: COPY of every table inside one repeatable-read transaction; nothing but the connection is needed.

The snapshot is loaded into a schema of its own, which the migrations make as they stood; the names of the two schemas
are changed at the end, in one transaction.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg.errors
from django.db import ProgrammingError, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from lianxin.ground.core.backups.archive import PIECE, Manifest
from lianxin.ground.core.backups.engines import Dump, pointed
from lianxin.ground.core.backups.errors import InUse, NotAllowedHere
from lianxin.ground.core.backups.sqlite import compare

TABLES = """SELECT relname FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' ORDER BY relname"""
COLUMNS = """SELECT attname FROM pg_attribute
             WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1"
FOREIGN_KEYS = """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
                  WHERE connamespace = current_schema()::regnamespace AND contype = 'f'"""
LEFT_OVER = "SELECT nspname FROM pg_namespace WHERE nspname ~ '^restoring_[0-9]'"
REPLACED = "replaced_"
PUT_ASIDE = "SELECT nspname FROM pg_namespace WHERE nspname ~ '^replaced_[0-9]+t[0-9]+z$'"
OTHERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user
            AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""


class Postgres:
    """One schema of a database."""

    name = "postgresql"

    def holds(self) -> str:
        """Database and schema, where the schema has tables."""
        with connections["default"].cursor() as cursor:
            return self._where() if _column(cursor, TABLES) else ""

    def dump(self, folder: Path) -> Dump:
        """One file for each table, and a list of columns and sequences, all as of one moment."""
        (folder / "database").mkdir(parents=True)
        columns, rows = {}, {}
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for table in _column(cursor, TABLES):
                columns[table] = _column(cursor, COLUMNS, [_quoted(table)])
                rows[table] = _copy_out(cursor, table, columns[table], _file(folder, table))
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
            applied = [".".join(row) for row in cursor.fetchall()]
            cursor.execute(SEQUENCES)  # they move outside of transactions: read last, they are never behind the rows
            sequences = {name: value for name, value in cursor.fetchall() if value is not None}
        described = {"columns": columns, "sequences": sequences}
        (folder / "database" / "tables.json").write_text(json.dumps(described, indent=1))
        return Dump(rows, applied)

    def refuse_if_open(self) -> None:
        """Raise InUse where the platform's database user is signed in elsewhere."""
        with connections["default"].cursor() as cursor:
            cursor.execute(OTHERS)
            if cursor.fetchone()[0]:
                raise InUse(self._where())

    @contextmanager
    def staged(self, folder: Path, stamp: str, manifest: Manifest) -> Iterator[list[str]]:
        """A schema of its own is made, filled, and in use; it goes away again if anything fails inside the block."""
        schema, connection = f"restoring_{stamp.lower()}", connections["default"]
        with connection.cursor() as cursor:
            for left in _column(cursor, LEFT_OVER):
                cursor.execute(f"DROP SCHEMA {_quoted(left)} CASCADE")
            _or_refuse(cursor, schema, f"CREATE SCHEMA {schema}")
        options = {**connection.settings_dict["OPTIONS"], "options": f"-c search_path={schema}"}
        try:
            with pointed(OPTIONS=options):
                _migrate_to(manifest.migrations)
                with transaction.atomic(), connection.cursor() as cursor:
                    left_out = _fill(cursor, folder, manifest)
                yield left_out
        except BaseException:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA {schema} CASCADE")
            raise

    def swap(self, folder: Path, stamp: str) -> str:
        """Change the names of the two schemas in one transaction; nothing where it was done before."""
        aside, staged = f"{REPLACED}{stamp.lower()}", f"restoring_{stamp.lower()}"
        with transaction.atomic(), connections["default"].cursor() as cursor:
            if staged in _column(cursor, LEFT_OVER):
                (live,) = _column(cursor, "SELECT current_schema()")
                _or_refuse(cursor, live, f"ALTER SCHEMA {_quoted(live)} RENAME TO {aside}")
                cursor.execute(f"ALTER SCHEMA {staged} RENAME TO {_quoted(live)}")
        connections["default"].close()
        return aside

    def replaced(self) -> dict[str, str]:
        """Schemas that were put aside, by stamp."""
        with connections["default"].cursor() as cursor:
            found = _column(cursor, PUT_ASIDE)
        return {schema.removeprefix(REPLACED).upper(): _("数据库模式%(name)s") % {"name": schema} for schema in found}

    def drop_replaced(self, stamp: str) -> None:
        """Drop the schema."""
        with connections["default"].cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {_quoted(REPLACED + stamp.lower())} CASCADE")

    def _where(self) -> str:
        return f"PostgreSQL, {connections['default'].settings_dict['NAME']}"


def _migrate_to(migrations: list[str]) -> None:
    """Make the tables as they stood when the snapshot was taken."""
    executor = MigrationExecutor(connections["default"])
    graph = executor.loader.graph
    applied = {(app, name) for app, _dot, name in (full.partition(".") for full in migrations)} & graph.nodes.keys()
    followed = {parent.key for step in applied for parent in graph.node_map[step].parents if parent.key[0] == step[0]}
    executor.migrate(sorted(applied - followed))  # the last of each app: Django takes any other as one to go back to


def _fill(cursor: CursorWrapper, folder: Path, manifest: Manifest) -> list[str]:
    """Replace what the migrations wrote by what the snapshot holds; foreign keys are checked at the end, all at once.

    Returns the tables of the snapshot that the migrations do not make.
    """
    described = json.loads((folder / "database" / "tables.json").read_text())
    here, counters = set(_column(cursor, TABLES)), set(_column(cursor, SEQUENCES))
    cursor.execute(FOREIGN_KEYS)
    foreign = cursor.fetchall()
    for table, name, _definition in foreign:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for table in described["columns"].keys() & here:
        cursor.execute(f"ALTER TABLE {_quoted(table)} DISABLE TRIGGER USER")
        cursor.execute(f"DELETE FROM {_quoted(table)}")
        _copy_in(cursor, table, described["columns"][table], _file(folder, table))
        cursor.execute(f"ALTER TABLE {_quoted(table)} ENABLE TRIGGER USER")
    for table, name, definition in foreign:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for sequence in described["sequences"].keys() & counters:
        cursor.execute("SELECT setval(%s::regclass, %s)", [_quoted(sequence), described["sequences"][sequence]])
    kept = {table: count for table, count in manifest.tables.items() if table in here}
    compare(kept, {table: _count(cursor, table) for table in kept})
    return sorted(manifest.tables.keys() - here)


def _copy_out(cursor: CursorWrapper, table: str, columns: list[str], file: Path) -> int:
    with file.open("wb") as out, cursor.copy(f"COPY {_quoted(table)} ({_list(columns)}) TO STDOUT") as copy:
        for piece in copy:
            out.write(piece)
    return cursor.rowcount


def _copy_in(cursor: CursorWrapper, table: str, columns: list[str], file: Path) -> None:
    with file.open("rb") as source, cursor.copy(f"COPY {_quoted(table)} ({_list(columns)}) FROM STDIN") as copy:
        while piece := source.read(PIECE):
            copy.write(piece)


def _or_refuse(cursor: CursorWrapper, schema: str, sql: str) -> None:
    try:
        cursor.execute(sql)
    except ProgrammingError as error:
        if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise NotAllowedHere(schema, str(error).strip()) from error
        raise


def _column(cursor: CursorWrapper, sql: str, values: list[Any] | None = None) -> list[Any]:
    cursor.execute(sql, values)
    return [row[0] for row in cursor.fetchall()]


def _count(cursor: CursorWrapper, table: str) -> int:
    return _column(cursor, f"SELECT count(*) FROM {_quoted(table)}")[0]


def _file(folder: Path, table: str) -> Path:
    return folder / "database" / f"{table}.copy"


def _quoted(name: str) -> str:
    return connections["default"].ops.quote_name(name)


def _list(columns: list[str]) -> str:
    return ", ".join(map(_quoted, columns))
