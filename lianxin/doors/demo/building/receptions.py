"""Made-up receptions of the last months: who sat there, who came; and the rota of the months to come."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from random import Random
from uuid import UUID

from lianxin.affairs.stations import rota
from lianxin.affairs.stations.kinds import CameBy
from lianxin.affairs.stations.models import Duty, Shift
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now, start_of, today, travel
from lianxin.ground.people.models import Region

BACK = timedelta(days=90)
ONE_DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BUSY = ("外出开会", "家里有事", "在外地务工")


def hold(home: Region) -> None:
    """The rota from some months ago to two months ahead; what is over was public, held and closed."""
    random, clerk, day = Random(f"receptions of {home.code}"), User.objects.get(username="bangong").pk, today()
    with travel(start_of(day - BACK - ONE_DAY)):
        rota.plan(day - BACK, day - ONE_DAY, at=now())
    with travel(start_of(day)):
        rota.plan(day, day + rota.AHEAD, at=now())
    for shift in Shift.objects.filter(held_on__lt=day).with_station().order_by("held_on", "pk"):
        _held(shift, random, clerk)


def _held(shift: Shift, random: Random, clerk: UUID) -> None:
    """Public two days before; most came, a few were excused; closed at noon."""
    _at(shift.held_on - 2 * ONE_DAY, 9, partial(shift.give_notice, by=None))
    for duty in shift.duties.filter(state=Duty.State.ON).select_related("mandate__person").order_by("pk"):
        chance = random.random()
        if chance < 0.06:
            why = random.choice(BUSY)
            _at(shift.held_on - ONE_DAY, 10, partial(shift.excuse, duty, why, by=clerk))
        elif chance < 0.97:
            way = CameBy.CODE if chance < 0.7 else CameBy.KEEPER
            _at(shift.held_on, 9, partial(shift.come, duty, way=way, by=clerk))
    _at(shift.held_on, 12, partial(shift.close, by=clerk))


def _at(day: date, hour: int, act: Callable[..., object]) -> None:
    at = start_of(day) + hour * HOUR
    with travel(at):
        act(at=at)
