"""Makes long histories quickly: the rows that the verbs would write, poured into the tables past the ORM."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from lianxin.ground.core.events import Entry
from lianxin.ground.core.events.writing import Rows, rows_of
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event


def pour(entries: Iterable[Entry], size: int = 10_000) -> int:
    """Write entries as if they were recorded now, so many in a transaction; how many they were."""
    waiting, written = iter(entries), 0
    while some := list(islice(waiting, size)):
        with transaction.atomic():
            for model, rows in _tables(rows_of(some)):
                insert(model, rows)
        written += len(some)
    return written


def pour_again(entries: Iterable[Entry], times: int) -> int:
    """Write entries so often, each time as new events about new things; how many events that were.

    What an entry says is checked and prepared once, so that a long history takes little more than its statements.
    """
    tables = _tables(rows_of(list(entries)))
    events = tables[0][1]
    id, subject = (_columns(Event).index(name) for name in ("id", "subject_id"))
    for _time in range(times):
        renamed = {event[id]: _kept(new_id()) for event in events}
        with transaction.atomic():
            for model, rows in tables:
                at = _columns(model).index("id" if model is Event else "event_id")
                others = [[*row[:at], renamed[row[at]], *row[at + 1 :]] for row in rows]
                if model is Event:
                    for other in others:
                        other[subject] = _kept(new_id())
                insert(model, others)
    return len(events) * times


def _tables(rows: Rows) -> list[tuple[type[models.Model], list[list[Any]]]]:
    """The tables that have rows, each with what the database takes for every row."""
    found: list[tuple[type[models.Model], list[list[Any]]]] = []
    for table in (rows.events, rows.parties, rows.measures, rows.texts):
        if table:
            fields = fields_of(type(table[0]))
            prepared = [
                [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in table
            ]
            found.append((type(table[0]), prepared))
    return found


def fields_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.CompositePrimaryKey)]


def _columns(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in fields_of(model)]


def _kept(id: Any) -> Any:
    return Event._meta.pk.get_db_prep_save(id, connection)


def insert(model: type[models.Model], rows: Sequence[Sequence[Any]]) -> None:
    """Put prepared rows into the database: by COPY into PostgreSQL, by one prepared statement into SQLite."""
    table, names = model._meta.db_table, _columns(model)
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["?"] * len(names))
            cursor.cursor.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
