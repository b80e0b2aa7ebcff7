"""Makes long histories quickly: the rows that the verbs would write, poured into the tables past the ORM."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import connection, models, transaction

from lianxin.ground.core.events import Entry
from lianxin.ground.core.events.writing import rows_of


def pour(entries: Iterable[Entry], size: int = 10_000) -> int:
    """Write entries as if they were recorded now, so many in a transaction; how many they were."""
    waiting, written = iter(entries), 0
    while some := list(islice(waiting, size)):
        rows = rows_of(some)
        with transaction.atomic():
            for table in (rows.events, rows.parties, rows.measures, rows.texts):
                insert(table)
        written += len(some)
    return written


def insert(rows: Sequence[models.Model]) -> None:
    """Put unsaved rows of one table into the database: by COPY into PostgreSQL, by one prepared statement into SQLite."""
    if not rows:
        return
    table = type(rows[0])._meta
    fields = [field for field in table.concrete_fields if not isinstance(field, models.CompositePrimaryKey)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table.db_table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["?"] * len(fields))
            cursor.cursor.connection.executemany(f"INSERT INTO {table.db_table} ({columns}) VALUES ({marks})", values)
