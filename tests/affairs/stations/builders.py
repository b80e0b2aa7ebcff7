"""Builds stations for tests."""

from datetime import date
from itertools import count
from typing import Any

from lianxin.affairs.stations.models import Station
from lianxin.ground.core.clock import now
from lianxin.ground.people.models import Body, Region

OPENED_ON = date(2022, 3, 1)
DAY = date(2026, 11, 3)
_number = count(1)


def make_station(region: Region, body: Body, **facts: Any) -> Station:
    told = {"kind": "point", "name": f"第{next(_number)}联系点", "starts_on": OPENED_ON, "phone": "000-5550001"}
    return Station.open(by=None, at=now(), region=region, body=body, **told | facts)
