"""What of the rota is a deputy's own."""

from datetime import date
from typing import Any

from lianxin.affairs.stations.models import Duty, Shift
from lianxin.affairs.stations.models.duty import DutyQuerySet


def own_duties(user: Any) -> DutyQuerySet:
    """The deputy's turns, as far as the deputy is or was expected and the reception stands, with station and place."""
    own = Duty.objects.visible_to(user).exclude(state=Duty.State.SWAPPED)
    own = own.exclude(shift__state=Shift.State.CANCELLED)
    return own.select_related("shift__station__region__parent", "shift__station__body__region", "mandate__person")


def next_duty(user: Any, day: date) -> Duty | None:
    """The deputy's next turn, today's among them. One query."""
    coming = own_duties(user).filter(state__in=Duty.COUNTED, shift__held_on__gte=day)
    return coming.order_by("shift__held_on", "pk").first()
