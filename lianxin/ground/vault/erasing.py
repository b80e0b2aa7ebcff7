"""How an identity goes for good: from the tables, from the files below them, and from every backup that is restored."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from lianxin.ground.core import erasing as core_erasing
from lianxin.ground.core.backups import erasures
from lianxin.ground.core.events import Ref, record, redact
from lianxin.ground.core.models import EventText
from lianxin.ground.vault.errors import AlreadyErased
from lianxin.ground.vault.models import Erasure, Identity, Opening
from lianxin.ground.vault.models.opening import NOTE, REASON

KIND = "vault.identity"


def destroy(voice_id: UUID, *, by: UUID | None, at: datetime, reason: str) -> None:
    """Take key and identity away, tell the record, and note it where no restore rolls it back. Raises AlreadyErased."""
    with transaction.atomic():
        identity = Identity.objects.select_for_update().filter(voice_id=voice_id).first()
        if identity is None:
            raise AlreadyErased
        identity.delete()
        Erasure.objects.update_or_create(voice_id=voice_id, defaults={"erased_at": at})
        record(
            "vault.erased", subject=Ref("voice", voice_id), by=by, at=at, body=identity.body_id, texts={REASON: reason}
        )
        forget_words(voice_id, by=by, at=at)
        erasures.note_after_commit(erasures.Erasure(KIND, voice_id, at))
        core_erasing.forget_after_commit()


def forget_words(voice_id: UUID, *, by: UUID | None, at: datetime) -> None:
    """Redact what openers and reviewers wrote of an identity that is destroyed; a reason stays until it was judged."""
    for opening in (
        Opening.objects.of_voice(voice_id).filter(reviewed_at__isnull=False).select_related("event", "review")
    ):
        for event, name in ((opening.event, REASON), (opening.review, NOTE)):
            if event and EventText.objects.filter(event=event, name=name).exists():
                redact(event, name, by=by, at=at, reason=_("身份信息已销毁"))


def known() -> Iterable[erasures.Erasure]:
    """Every identity that was destroyed, for the list that outlives restores."""
    for voice_id, at in Erasure.objects.values_list("voice_id", "erased_at").iterator():
        yield erasures.Erasure(KIND, voice_id, at)


def again(erased: erasures.Erasure) -> bool:
    """Destroy what an older backup brought back; whether there was something."""
    with transaction.atomic():
        if not Identity.objects.filter(voice_id=erased.id).exists():
            return False
        destroy(erased.id, by=None, at=erased.at, reason=_("恢复备份后重新销毁"))
    return True


ERASER = erasures.Eraser(KIND, known, again)


def wipe() -> bool:
    """Take the remains of what was deleted out of the database's files; False where others are in the way just now.

    SQLite: empties the write-ahead log. PostgreSQL: writes the table of identities anew (VACUUM FULL), which makes
    others wait for it; what its own log still holds, see docs/operations.md.
    """
    if connection.vendor == "sqlite":
        return core_erasing.empty_log()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (FULL) vault_identity")
        cursor.execute("VACUUM (FULL) core_eventtext")
    return True
