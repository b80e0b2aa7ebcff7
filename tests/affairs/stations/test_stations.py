"""What a station is: recorded where it opens, under the rules of its body, and everybody may see it."""

import pytest
from django.test import Client

from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body
from lianxin.ground.rulebook import adopt
from tests.affairs.stations.builders import DAY, make_station
from tests.ground.people.builders import make_mandate

pytestmark = pytest.mark.django_db


def test_opening_tells_where(station: Station) -> None:
    event = Event.objects.get(kind="stations.opened")

    assert (event.subject_id, event.village) == (station.pk, station.region.code)
    assert event.parties.get().party_id == station.pk


def test_its_staff_see_what_happened_at_a_station_and_nobody_else(
    client: Client, station: Station, keeper: User, congress: Body
) -> None:
    station.post(make_mandate(congress), on=DAY, by=keeper.pk, at=now())
    address = f"/stations/{station.pk}/"
    assert "易南乔" not in client.get(address).content.decode()

    client.force_login(keeper)

    page = client.get(address).content.decode()
    assert all(word in page for word in ('id="timeline"', "易南乔", "编入"))
    alone = client.get(address, headers={"HX-Request": "true", "HX-Target": "timeline-more"}).content.decode()
    assert alone.lstrip().startswith("<section")


def test_a_station_stands_under_the_rules_of_the_body_that_runs_it(client: Client, congress: Body) -> None:
    adopt("yanhe", body_id=congress.id, by=None, at=now())

    own = make_station(congress.region, congress, kind="window")

    assert own.rules_on(DAY).section(StationRules).name("window") == "人大代表接待窗口"
    assert "人大代表接待窗口" in client.get(f"/stations/{own.pk}/").content.decode()


def test_calling_is_offered_only_where_there_is_a_number(client: Client, congress: Body) -> None:
    village = congress.region.parts.get(name="石桥镇").parts.get(name="柳溪村")
    household = make_station(village, congress, kind="residence_household", phone="")
    page = client.get(household.get_absolute_url()).content.decode()
    assert "可以打电话问" not in page
    assert "可以看看别的站点" in page

    make_station(village.parent.parts.get(name="渡口村"), congress, name="渡口村联系点")
    make_station(village.parent, congress, kind="station", name="石桥镇联络站", phone="07176000000")

    page = client.get(household.get_absolute_url()).content.decode()
    assert "石桥镇联络站</a>转达：0717-6000000" in page
    called = make_station(village, congress, kind="residence_household", phone="07176000000")
    assert "可以打电话问" in client.get(called.get_absolute_url()).content.decode()
