"""The office in which opinions are told."""

import pytest

from lianxin.affairs.stations.models import Station
from lianxin.ground.access.models import Grant, User
from lianxin.ground.people.models import Body
from tests.affairs.opinions.builders import Office
from tests.affairs.stations.builders import make_station
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.people.builders import make_congress, make_county
from tests.ground.vault import whole as whole_


@pytest.fixture
def office(db):
    return Office()


@pytest.fixture
def congress(db: None) -> Body:
    """A congress on a platform, for tests that need no more of an office."""
    make_platform()
    return make_congress(make_county())


@pytest.fixture
def station(congress: Body) -> Station:
    """A station of one village."""
    return make_station(congress.region.parts.get(name="石桥镇").parts.get(name="柳溪村"), congress)


@pytest.fixture
def keeper(station: Station) -> User:
    """Who keeps it."""
    user = make_user("易南乔")
    make_grant(user, "station_keeper", Grant.Scope.STATION, station.pk)
    return user


@pytest.fixture(scope="session")
def office_apart(empty_whole, tmp_path_factory):
    with whole_.copy(empty_whole, tmp_path_factory.mktemp("office") / "platform") as made:
        made.python("from tests.affairs.opinions.builders import Office\nOffice()\nprint(json.dumps(1))")
        yield made


@pytest.fixture
def whole(office_apart, tmp_path):
    with whole_.copy(office_apart, tmp_path / "copy") as made:
        yield made
