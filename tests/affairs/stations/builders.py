"""Builds stations for tests."""

from datetime import date, time
from itertools import count
from typing import Any

from lianxin.affairs.stations.models import Shift, Station
from lianxin.ground.core.clock import now, today
from lianxin.ground.people.models import Body, Mandate, Region

OPENED_ON = date(2022, 3, 1)
DAY = date(2026, 11, 3)
_number = count(1)


def make_station(region: Region, body: Body, **facts: Any) -> Station:
    told = {"kind": "point", "name": f"第{next(_number)}联系点", "starts_on": OPENED_ON, "phone": "000-5550001"}
    return Station.open(by=None, at=now(), region=region, body=body, **told | facts)


def make_shift(station: Station, *mandates: Mandate, on: date | None = None, **facts: Any) -> Shift:
    day = on or today()
    told = {"reception": "monthly", "planned_on": day, "held_on": day, "wanted": 2, "hours": (time(9), time(11))}
    return Shift.plan(station, list(mandates), by=None, at=now(), **told | facts)
