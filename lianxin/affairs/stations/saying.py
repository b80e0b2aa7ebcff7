"""What deputies are told of their turns: one line each, when a reception is made public and when that changes.

The lines go into the outbox inside the transaction of the verb, and leave it a minute later. What is not public yet
nobody was told, so a change of it is not told either.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.events import Ref
from lianxin.ground.messages import actions as messages
from lianxin.ground.people.models import Mandate

if TYPE_CHECKING:
    from lianxin.affairs.stations.models import Shift

NOTICE = "stations.shift_noticed"


def of(
    shift: "Shift", kind: str, mandates: Sequence[Mandate], gone: Iterable[UUID], *, was_public: bool, at: datetime
) -> None:
    """Tell of what was done whom it concerns: those who sit there, and those who were taken off (`gone`)."""
    if (words := WORDS.get(kind)) is None or not (was_public or kind == NOTICE):
        return
    with translation.override(settings.LANGUAGE_CODE):
        _say(shift, kind, [one.pk for one in mandates], words(shift), at)
        _say(shift, kind, gone, _("%(when)s的接待换了别人，您不用来了。") % {"when": _when(shift)}, at)


def _say(shift: "Shift", kind: str, mandate_ids: Iterable[UUID], text: str, at: datetime) -> None:
    ids = list(mandate_ids)
    for mandate in Mandate.objects.filter(pk__in=ids).select_related("person__user") if ids else ():
        key = f"{kind}.{shift.pk.hex}.{shift.edition}.{mandate.pk.hex}"
        messages.say_to_person(
            mandate.person, Ref("shift", shift.pk), text, reverse("stations:own_shifts"), key=key, at=at
        )


def _when(shift: "Shift") -> str:
    day = date_format(shift.held_on, _("n月j日（l）"))
    return _("%(day)s%(hours)s在%(station)s") % {
        "day": day,
        "hours": shift.hours,
        "station": shift.station.name,
    }


def _noticed(shift: "Shift") -> str:
    return _("%(when)s接待群众，轮到您值班。来不了，请早一点说。") % {"when": _when(shift)}


def _moved(shift: "Shift") -> str:
    return _("您值班的接待改了日子：%(when)s。") % {"when": _when(shift)}


def _cancelled(shift: "Shift") -> str:
    return _("%(when)s的接待取消了，您不用来了。") % {"when": _when(shift)}


def _excused(shift: "Shift") -> str:
    return _("%(when)s的接待准了您的假。") % {"when": _when(shift)}


WORDS: dict[str, Callable[["Shift"], str]] = {
    NOTICE: _noticed,
    "stations.rostered": _noticed,
    "stations.swapped": _noticed,
    "stations.shift_moved": _moved,
    "stations.shift_cancelled": _cancelled,
    "stations.excused": _excused,
}
