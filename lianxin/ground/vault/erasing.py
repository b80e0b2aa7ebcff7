"""How an identity goes for good: from the tables, from the files below them, and from every backup that is restored."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from lianxin.ground.core import erasing as core_erasing
from lianxin.ground.core.backups import erasures
from lianxin.ground.core.events import Ref, record
from lianxin.ground.vault.errors import AlreadyErased
from lianxin.ground.vault.models import Cause, Erasure, Identity, Opening, Remains, wrapped_models

if TYPE_CHECKING:
    import psycopg

IDENTITY, WORDS = "vault.identity", "vault.words"
TEXTS = "core_eventtext"


def destroy(voice_id: UUID, *, by: UUID | None, at: datetime, cause: Cause) -> None:
    """Take key and identity away, tell the record, and note it where no restore rolls it back. Raises AlreadyErased."""
    with transaction.atomic():
        identity = Identity.objects.select_for_update().filter(voice_id=voice_id).first()
        if identity is None:
            raise AlreadyErased
        identity.delete()
        Erasure.objects.update_or_create(voice_id=voice_id, defaults={"erased_at": at})
        subject = Ref("voice", voice_id)
        record("vault.erased", subject=subject, by=by, at=at, body=identity.body_id, facts={"cause": cause})
        of_voice = Opening.objects.filter(voice_id=voice_id)
        held = [opening.pk for opening in of_voice.select_for_update() if opening.reviewed_at]  # waits for who judges
        erase_words(of_voice.filter(pk__in=held), by=by, at=at)
        erasures.note_after_commit(erasures.Erasure(IDENTITY, voice_id, at))
        leave_remains(at)


def erase_words(openings: Iterable[Opening], *, by: UUID | None, at: datetime) -> int:
    """Take away for good what openers and reviewers wrote; of how many openings there was something to take."""
    erased = 0
    for opening in openings:
        with transaction.atomic():
            here = Opening.objects.with_words().filter(pk=opening.pk)
            if not here.update(reason="", note="", words_erased_at=at):
                continue
            subject, facts = Ref("voice", opening.voice_id), {"opening": opening.pk}
            record("vault.words_erased", subject=subject, by=by, at=at, body=opening.body_id, facts=facts)
            erasures.note_after_commit(erasures.Erasure(WORDS, opening.pk, at))
            leave_remains(at)
            erased += 1
    return erased


def known() -> Iterable[erasures.Erasure]:
    """Every identity that was destroyed, for the list that outlives restores."""
    for voice_id, at in Erasure.objects.values_list("voice_id", "erased_at").iterator():
        yield erasures.Erasure(IDENTITY, voice_id, at)


def again(erased: erasures.Erasure) -> bool:
    """Destroy what an older backup brought back; whether there was something."""
    with transaction.atomic():
        if not Identity.objects.filter(voice_id=erased.id).exists():
            return False
        destroy(erased.id, by=None, at=erased.at, cause=Cause.RESTORED)
    return True


def known_words() -> Iterable[erasures.Erasure]:
    """Every opening whose words were taken away."""
    gone = Opening.objects.filter(words_erased_at__isnull=False)
    for pk, at in gone.values_list("pk", "words_erased_at").iterator():
        assert at
        yield erasures.Erasure(WORDS, pk, at)


def words_again(erased: erasures.Erasure) -> bool:
    """Take away the words that an older backup brought back; whether there were any."""
    return bool(erase_words(Opening.objects.with_words().filter(pk=erased.id), by=None, at=erased.at))


ERASERS = (erasures.Eraser(IDENTITY, known, again), erasures.Eraser(WORDS, known_words, words_again))


def leave_remains(at: datetime) -> None:
    """Note that something was deleted or overwritten and is to be wiped from below; SQLite's log is emptied at once."""
    Remains.objects.create(left_at=at)
    core_erasing.forget_after_commit()


def wipe_remains() -> int | None:
    """Wipe, where anything was left since the last time; how often something was left, or None where others are in the way."""
    left = list(Remains.objects.values_list("pk", flat=True))  # what comes meanwhile waits for the next time
    if left and not wipe():
        return None
    Remains.objects.filter(pk__in=left).delete()
    return len(left)


def wipe(*, texts: bool = False) -> bool:
    """Take the remains of what was deleted out of the database's files; False where others are in the way just now.

    SQLite: empties the write-ahead log. PostgreSQL: writes the tables with data keys anew (VACUUM FULL), which makes
    others wait for them; with `texts` those of events too, which takes long. What its own log still holds, see
    docs/operations.md.
    """
    if connection.vendor == "sqlite":
        return core_erasing.empty_log()
    return not sum(_written_anew(table) for table in (*tables(), *([TEXTS] if texts else [])))


def tables() -> list[str]:
    """What may hold something of a resident: data keys, what is sealed beside them, and words of openings."""
    models: list[type[Model]] = [*wrapped_models(), Opening]
    return [model._meta.db_table for model in models]


def _written_anew(table: str) -> int:
    """Write a table of PostgreSQL anew; how many dead rows had to be taken along, because a transaction may yet read them."""
    told: list[str] = []

    def hear(notice: "psycopg.errors.Diagnostic") -> None:
        told.append(notice.message_detail or "")

    with connection.cursor() as cursor:
        raw = connection.connection
        raw.add_notice_handler(hear)
        try:
            cursor.execute(f"VACUUM (FULL, VERBOSE) {table}")
        finally:
            raw.remove_notice_handler(hear)
    counts = [int(number[0]) for detail in told if (number := re.search(r"\d+", detail))]
    return counts[0]  # the first detail, in whatever language: "%d dead row versions cannot be removed yet"
