"""Finding opinions by words: an index of neighbouring characters over what staff may read, newest first.

SQLite keeps it in a table of FTS5, PostgreSQL in a column of its own with a GIN index: both hold the tokens of
`lib.text.bigrams`, of the redacted text and never of the words as told. What the index offers is a candidate; `holds`
decides. The index is derived: `rebuild` makes it anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.db import connection, transaction

from lianxin.affairs.opinions.models import IndexEntry, Opinion
from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.ground.core import erasing
from lianxin.lib.text import bigrams

TABLE = "opinions_words"
ENTRIES = IndexEntry._meta.db_table
BATCH = 200  # candidates that are read at once
MOST_BATCHES = 25  # of one page: what lies behind is asked for by its link
PAGE = 50
SALT = "lianxin.opinions.search"


def prepare(*_args: object, **_kwargs: object) -> None:
    """Make the index where there is none."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE}"
                " USING fts5(tokens, detail=none, tokenize='unicode61 remove_diacritics 0')"
            )
        else:
            cursor.execute(f"ALTER TABLE {ENTRIES} ADD COLUMN IF NOT EXISTS tokens tsvector")
            cursor.execute(f"CREATE INDEX IF NOT EXISTS opinion_words ON {ENTRIES} USING gin (tokens)")


def add(opinion: Opinion) -> None:
    """Index an opinion that has just come in. Inside the transaction in which it does."""
    entry = IndexEntry.objects.create(opinion=opinion)
    _write([(entry.pk, _tokens(opinion))], has_new_only=True)


def put_in(opinions: Iterable[Opinion]) -> None:
    """Index these opinions as they read now, in place of how they read before; erased ones leave the index."""
    opinions = list(opinions)
    with transaction.atomic():
        known = dict(IndexEntry.objects.filter(opinion__in=opinions).values_list("opinion_id", "id"))
        new = [IndexEntry(opinion=opinion) for opinion in opinions if opinion.pk not in known]
        IndexEntry.objects.bulk_create(new, batch_size=500)
        known |= {entry.opinion_id: entry.pk for entry in new}
        _write([(known[opinion.pk], _tokens(opinion)) for opinion in opinions])


def _tokens(opinion: Opinion) -> str:
    if opinion.erased_at:
        return ""
    return " ".join(dict.fromkeys(bigrams.tokens(readable(opinion))))


def readable(opinion: Opinion) -> str:
    """What can be found of an opinion: number, title, text and spot, as staff read them."""
    return "\n".join((opinion.case.number, opinion.title, opinion.text, opinion.spot))


def _write(rows: Sequence[tuple[int, str]], *, has_new_only: bool = False) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if not has_new_only:
                cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(id,) for id, _tokens in rows])
            cursor.executemany(f"INSERT INTO {TABLE}(rowid, tokens) VALUES (%s, %s)", rows)
        else:
            vector = f"UPDATE {ENTRIES} SET tokens = to_tsvector('simple', %s) WHERE id = %s"
            cursor.executemany(vector, [(tokens, id) for id, tokens in rows])


def rebuild() -> int:
    """Make the whole index anew, in the order in which opinions came in; how many there are."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        IndexEntry.objects.all().delete()
        prepare()
        count, batch = 0, []
        everything = Opinion.objects.select_related("case").order_by("case__opened_at", "pk")
        for opinion in everything.iterator(chunk_size=1000):
            batch.append(opinion)
            if len(batch) == 1000:
                put_in(batch)
                count, batch = count + len(batch), []
        put_in(batch)
    return count + len(batch)


def forget() -> None:
    """Take what was erased out of the files of the index, which keep it until they are put together anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")
        else:
            cursor.execute(f"VACUUM {ENTRIES}")
    erasing.empty_log()


@dataclass(frozen=True)
class Found:
    """One page of what was found, newest first. `older` is the cursor of the next; `is_idle`: the words say nothing."""

    opinions: list[Opinion]
    older: str = ""
    is_idle: bool = False


def find(words: str, among: OpinionQuerySet, cursor: str = "", *, size: int = PAGE) -> Found:
    """The newest of the opinions `among` that contain each of the words, `size` at a time.

    A handful of queries: candidates come from the index in batches, are filtered by `among`, and looked at.
    """
    asked = bigrams.query(words)
    if not any(asked):
        return Found([], is_idle=True)
    found: list[Opinion] = []
    before = _read(cursor)
    for _number in range(MOST_BATCHES):
        ids = _candidates(asked, before)
        for id, opinion in _looked_at(ids, among, words):
            if len(found) == size:
                return Found(found, _sign(before_of(found[-1])))
            found.append(opinion)
            before = id
        if len(ids) < BATCH:
            return Found(found)
        before = ids[-1]
    return Found(found, _sign(before))


def before_of(opinion: Opinion) -> int:
    """The number of an opinion in the index."""
    return opinion.entry.pk


def _candidates(asked: list[list[bigrams.Term]], before: int | None) -> list[int]:
    """The numbers of the next candidates, newest first."""
    values: list[object] = []
    if connection.vendor == "sqlite":
        sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s"
        values.append(bigrams.as_fts5(asked))
        key = "rowid"
    else:
        sql = f"SELECT id FROM {ENTRIES} WHERE tokens @@ to_tsquery('simple', %s)"
        values.append(bigrams.as_tsquery(asked))
        key = "id"
    if before is not None:
        sql += f" AND {key} < %s"
        values.append(before)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY {key} DESC LIMIT {BATCH}", values)
        return [row[0] for row in cursor.fetchall()]


def _looked_at(ids: Sequence[int], among: OpinionQuerySet, words: str) -> Iterator[tuple[int, Opinion]]:
    """Those of the candidates that may be seen and do contain the words, newest first."""
    seen: Mapping[int, Opinion] = {
        opinion.entry.pk: opinion
        for opinion in among.filter(entry__in=ids).select_related("entry", "case__region__parent", "station")
    }
    for id in ids:
        if (opinion := seen.get(id)) and bigrams.holds(readable(opinion), words):
            yield id, opinion


def _sign(before: int | None) -> str:
    return signing.dumps(before, salt=SALT) if before is not None else ""


def _read(cursor: str) -> int | None:
    """A cursor of ours; from the beginning where it is none."""
    try:
        return int(signing.loads(cursor, salt=SALT)) if cursor else None
    except signing.BadSignature:
        return None


def reindex(opinion_id: UUID) -> None:
    """An opinion reads differently now. Inside the transaction that changes it."""
    put_in(Opinion.objects.select_related("case").filter(pk=opinion_id))
