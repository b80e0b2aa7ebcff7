"""Deputies belong to a station from one day to another."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from lianxin.affairs.stations.errors import (
    AlreadyPosted,
    NotPosted,
)
from lianxin.affairs.stations.models import Posting, Station
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now, travel
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body
from tests.affairs.stations.builders import DAY
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_district, make_mandate, make_person

pytestmark = pytest.mark.django_db


def test_a_deputy_belongs_once_and_leaves_once(station: Station, congress: Body) -> None:
    mandate = make_mandate(congress)
    station.post(mandate, on=DAY, by=None, at=now())
    with pytest.raises(AlreadyPosted, match="罗青禾"):
        station.post(mandate, on=DAY, by=None, at=now())

    station.release(mandate, on=date(2026, 11, 20), by=None, at=now())

    assert Posting.objects.get().ends_on == date(2026, 11, 20)
    with pytest.raises(NotPosted):
        station.release(mandate, on=DAY, by=None, at=now())
    told = Event.objects.get(kind="stations.released")
    assert {party.kind for party in told.parties.all()} == {"station", "mandate"}


def test_everybody_sees_a_station_and_who_belongs_to_it(
    client: Client, station: Station, congress: Body, django_assert_max_num_queries
) -> None:
    for name in ("罗青禾", "谭秋实", "向晚亭"):
        station.post(make_mandate(congress, make_person(name)), on=DAY, by=None, at=now())

    with travel(datetime(2026, 11, 21, 9, tzinfo=timezone.get_current_timezone())):
        client.get("/")  # the platform and its rules are read once in a process
        with django_assert_max_num_queries(7):
            page = client.get(f"/stations/{station.pk}/").content.decode()

    assert all(word in page for word in ("谭秋实", "5号见", "000-5550001"))
    assert "/desk/stations/" not in page


def test_many_deputies_are_posted_at_once_or_none(
    station: Station, congress: Body, django_assert_max_num_queries
) -> None:
    many = [make_mandate(congress, make_person(f"向晚亭{number}")) for number in range(40)]

    with django_assert_max_num_queries(9):
        station.post_all(many, on=DAY, by=None, at=now())

    assert Event.objects.filter(kind="stations.posted").count() == 40
    new = make_mandate(congress, make_person("罗青禾"))
    with pytest.raises(AlreadyPosted, match="向晚亭7"):
        station.post_all([new, many[7]], on=DAY, by=None, at=now())
    assert not new.postings.exists()


def test_who_belonged_to_a_station_from_when_to_when(client: Client, station: Station, congress: Body) -> None:
    clerk, first = make_user("章谷雨"), make_mandate(congress, make_person("谭秋实"))
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    station.post(first, on=date(2024, 3, 1), by=None, at=now())
    station.release(first, on=date(2025, 2, 28), by=None, at=now())
    station.post(make_mandate(congress), on=date(2025, 3, 1), by=None, at=now())
    client.force_login(clerk)

    page = client.get(f"/desk/stations/{station.pk}/history/").content.decode()

    assert page.index("2025年3月1日起") < page.index("2024年3月1日至2025年2月28日")
    assert page.index("罗青禾") < page.index("谭秋实")
    assert "谭秋实" not in client.get(f"/stations/{station.pk}/").content.decode().partition('id="timeline"')[0]


def test_deputies_of_the_place_itself_are_offered_first(client: Client, station: Station, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    make_mandate(congress, make_person("安外地"))
    make_mandate(congress, make_person("周本村"), district=make_district(congress, station.region))

    page = client.get(f"/desk/stations/{station.pk}/deputies/").content.decode()

    assert page.index("周本村") < page.index("本地代表") < page.index("安外地")
    assert page.count("本地代表") == 1
