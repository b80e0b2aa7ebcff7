"""Who sits where on which day, as it was made public."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from lianxin.affairs.stations.models import Duty, Shift, Station
from lianxin.ground.people.models import Person


def sitting_at(stations: Iterable[Station], after: date) -> dict[tuple[UUID, date], list[Person]]:
    """The deputies of every reception from `after` on that was made public, by station and day. One query."""
    public = Duty.objects.announced().filter(shift__station__in=list(stations), shift__held_on__gte=after)
    public = public.exclude(shift__state=Shift.State.PLANNED).select_related("shift", "mandate__person")
    found: dict[tuple[UUID, date], list[Person]] = {}
    for duty in public.order_by("mandate__person__pinyin", "pk"):
        found.setdefault((duty.shift.station_id, duty.shift.held_on), []).append(duty.mandate.person)
    return found
