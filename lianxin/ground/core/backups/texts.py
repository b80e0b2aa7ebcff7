"""Texts of events that were taken away stay away, though an older backup still holds them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from lianxin.ground.core.backups.erasures import Eraser, Erasure
from lianxin.ground.core.models import Effect, Event, EventText

KIND = "core.text"


def known() -> Iterable[Erasure]:
    """Every text that was taken away, by its event and its name."""
    redactions = Event.objects.filter(kind="core.redacted", effect=Effect.REDACTS)
    for event_id, facts, at in redactions.values_list("of_id", "facts", "happened_at").iterator():
        yield Erasure(KIND, event_id, at, facts["text"])


def again(erased: Erasure) -> bool:
    """Take a text away that an older backup brought back; whether there was one."""
    from lianxin.ground.core.events import redact  # which notes what it takes away by this module

    if not EventText.objects.filter(event=erased.id, name=erased.part).exists():
        return False
    event = Event.objects.get(pk=erased.id)
    redact(event, erased.part, by=None, at=erased.at, reason=_("恢复备份后重新删去"))
    return True


ERASER = Eraser(KIND, known, again)
