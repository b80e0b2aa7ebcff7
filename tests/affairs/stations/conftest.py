"""The cast: a congress, a station of it in a village, and who keeps that station."""

import pytest

from lianxin.affairs.stations.models import Station
from lianxin.ground.access.models import Grant, User
from lianxin.ground.people.models import Body
from tests.affairs.stations.builders import make_station
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.people.builders import make_congress, make_county


@pytest.fixture
def congress() -> Body:
    make_platform()
    return make_congress(make_county())


@pytest.fixture
def station(congress: Body) -> Station:
    return make_station(congress.region.parts.get(name="石桥镇").parts.get(name="柳溪村"), congress)


@pytest.fixture
def keeper(station: Station) -> User:
    user = make_user("易南乔")
    make_grant(user, "station_keeper", Grant.Scope.STATION, station.pk)
    return user
