"""Finding opinions by words: an index of neighbouring characters over what staff may read, newest first.

SQLite keeps it in a table of FTS5, PostgreSQL in a column of its own with a GIN index: both hold the tokens of
`lib.text.bigrams`, of the redacted text and never of the words as told. What the index offers is a candidate; `holds`
decides. The index is derived: `rebuild` makes it anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import connection, transaction

from lianxin.affairs.opinions.models import Addition, IndexEntry, Opinion
from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.ground.core import erasing
from lianxin.lib.text import bigrams

TABLE = "opinions_words"
ENTRIES = IndexEntry._meta.db_table
PAGE = 30
MOST_AT_ONCE = 400  # candidates that are looked at together
MOST_ROUNDS = 12  # for one page: what lies behind is asked for by its link
SALT = "lianxin.opinions.search"


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
        added = _added(Addition.objects.filter(opinion__in=opinions).values_list("opinion", "text"))
        _write([(known[opinion.pk], _tokens(opinion, added.get(opinion.pk, ()))) for opinion in opinions])


def _tokens(opinion: Opinion, added: Iterable[str] = ()) -> str:
    return " ".join(dict.fromkeys(bigrams.tokens(readable(opinion, added))))


def readable(opinion: Opinion, added: Iterable[str] = ()) -> str:
    """What can be found of an opinion: number, title, text and spot, and what was `added`, as staff read them.

    Of one whose words are gone, its number.
    """
    if opinion.erased_at:
        return opinion.case.number
    return "\n".join((opinion.case.number, opinion.title, opinion.text, opinion.spot, *added))


def _added(rows: Iterable[tuple[Any, str]]) -> dict[Any, list[str]]:
    """What was added, by the opinion or its number in the index."""
    found: dict[Any, list[str]] = {}
    for key, text in rows:
        found.setdefault(key, []).append(text)
    return found


def _write(rows: Sequence[tuple[int, str]], *, has_new_only: bool = False) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if not has_new_only:
                cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(id,) for id, _tokens in rows])
            cursor.executemany(f"INSERT INTO {TABLE}(rowid, tokens) VALUES (%s, %s)", rows)
        else:
            told = "unnest(%s::bigint[], %s::text[]) AS told(id, words)"
            vector = (
                f"UPDATE {ENTRIES} SET tokens = to_tsvector('simple', words) FROM {told} WHERE {ENTRIES}.id = told.id"
            )
            cursor.execute(vector, [[id for id, _tokens in rows], [tokens for _id, tokens in rows]])


def rebuild() -> int:
    """Make the whole index anew, in the order in which opinions came in; how many there are."""
    with transaction.atomic():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {TABLE}")
        IndexEntry.objects.all().delete()
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

    rows: list[Any]
    older: str = ""
    newer: str = ""
    is_idle: bool = False


def find(
    words: str,
    among: OpinionQuerySet,
    cursor: str = "",
    *,
    size: int = PAGE,
    read: Sequence[str] = (),
    is_public: bool = False,
) -> Found:
    """The newest of the opinions `among` that contain each of the words, `size` at a time; of each what is to be `read`, or all.

    Where it `is_public` the words are looked for in what stands in public alone: else who guesses learns the spot.
    A handful of queries: candidates come from the index, few at first and then more at a time, are filtered by `among`
    and looked at; only those of the page are read whole.
    """
    asked = bigrams.query(words)
    if not any(asked):
        return Found([], is_idle=True)
    numbers: list[int] = []
    before, batch = _read(cursor), size + 1
    for _round in range(MOST_ROUNDS):
        ids = _candidates(asked, before, batch)
        numbers += _looked_at(ids, among, words, is_public)
        if len(numbers) > size:
            return Found(_whole(numbers[:size], read), _sign(numbers[size - 1]))
        if len(ids) < batch:
            return Found(_whole(numbers, read))
        before, batch = ids[-1], min(batch * 2, MOST_AT_ONCE)
    return Found(_whole(numbers, read), _sign(before))


def _whole(numbers: Sequence[int], read: Sequence[str]) -> list[Any]:
    """The opinions under these numbers, in their order; one query."""
    found = Opinion.objects.filter(entry__in=numbers)
    if read:
        told = {row.entry: row for row in found.values_list("entry", *read, named=True)}
    else:
        told = {row.entry.pk: row for row in found.select_related("entry", "case__region__parent", "station")}
    return [told[number] for number in numbers]


def _candidates(asked: list[list[bigrams.Term]], before: int | None, count: int) -> list[int]:
    """The numbers of the next candidates, newest first."""
    values: list[str | int] = []
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
        cursor.execute(f"{sql} ORDER BY {key} DESC LIMIT {count}", values)
        return [row[0] for row in cursor.fetchall()]


def _looked_at(ids: Sequence[int], among: OpinionQuerySet, words: str, is_public: bool) -> list[int]:
    """Those of the candidates that may be seen and do contain the words, newest first.

    One query; a second where the words may stand in what was added to one.
    """
    parts = ("case__number", "title", "text") if is_public else ("case__number", "title", "text", "spot")
    texts = {id: "\n".join(told) for id, *told in among.filter(entry__in=ids).order_by().values_list("entry", *parts)}
    holding = {id for id, text in texts.items() if bigrams.holds(text, words)}
    if (rest := texts.keys() - holding) and not is_public:
        rows = Addition.objects.filter(opinion__entry__in=rest).values_list("opinion__entry", "text")
        more = _added(rows)
        holding |= {id for id, parts in more.items() if bigrams.holds("\n".join((texts[id], *parts)), words)}
    return [id for id in ids if id in holding]


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
