"""Seeing to it that what was deleted is gone from the files too.

SQLite overwrites deleted rows with zeros (`secure_delete`), but its write-ahead log keeps the old pages until it is
emptied. PostgreSQL keeps dead rows until VACUUM, and its own log until it is recycled: docs/operations.md says how long.
What tells of residents lies in the vault, whose tables are written anew after each erasure (vault/erasing.py).
"""

from django.db import connection, transaction


def forget_after_commit() -> None:
    """Empty SQLite's write-ahead log once this transaction is committed, so that it keeps nothing of what was deleted."""
    transaction.on_commit(empty_log)


def empty_log() -> bool:
    """Empty SQLite's write-ahead log; False where a reader holds it open, and the nightly job has to try again."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _frames, _moved = cursor.fetchone()
    return not busy


def free_redacted() -> None:
    """Let PostgreSQL give the room of texts that were taken away to others (VACUUM); nobody waits for it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM core_eventtext")
