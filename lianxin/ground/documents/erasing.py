"""A file that was discarded stays so, though a backup brings it back: the record tells which were."""

from collections.abc import Iterable

from lianxin.ground.core.backups.erasures import Eraser, Erasure
from lianxin.ground.core.models import Event
from lianxin.ground.documents.actions import ERASED, discard
from lianxin.ground.documents.models import File


def known() -> Iterable[Erasure]:
    """Every file that was discarded."""
    discarded = Event.objects.filter(kind="documents.discarded")
    for file_id, at in discarded.values_list("subject_id", "happened_at").iterator():
        yield Erasure(ERASED, file_id, at)


def again(erased: Erasure) -> bool:
    """Discard what an older backup brought back; whether there was something."""
    if (file := File.objects.filter(pk=erased.id).first()) is None:
        return False
    discard(file, by=None, at=erased.at)
    return True


ERASER = Eraser(ERASED, known, again)
