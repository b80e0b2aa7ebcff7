"""A station closes with its last day, and comes back where that was a mistake."""

from datetime import date, timedelta

import pytest
from django.test import Client

from lianxin.affairs.stations.errors import (
    ClosingAhead,
    StationClosed,
    StationRuns,
    StationThere,
)
from lianxin.affairs.stations.models import Posting, Station
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.models import Event
from lianxin.ground.people.errors.dated import DaysReversed
from lianxin.ground.people.models import Body
from tests.affairs.stations.builders import DAY, make_station
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_mandate, make_person

pytestmark = pytest.mark.django_db


def test_a_closed_station_takes_nobody_in(station: Station, congress: Body) -> None:
    station.post(make_mandate(congress), on=DAY, by=None, at=now())

    station.close(on=date(2026, 11, 20), by=None, at=now())

    assert Posting.objects.get().ends_on == date(2026, 11, 20)
    with pytest.raises(StationClosed):
        station.post(make_mandate(congress), on=DAY, by=None, at=now())
    with pytest.raises(StationClosed):
        station.close(on=DAY, by=None, at=now())


def test_a_station_is_closed_from_its_page_with_its_last_day(client: Client, station: Station, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    page, address = f"/stations/{station.pk}/", f"/desk/stations/{station.pk}/close/"
    assert address in client.get(page).content.decode()
    assert "同一天调出" in client.get(address).content.decode()

    assert client.post(address, {"on": "2022-01-01"}).status_code == 422
    assert client.post(address, {"on": "2026-11-03"}).status_code == 302

    assert "2026年11月3日撤销" in client.get(page).content.decode()
    assert address not in client.get(page).content.decode()
    assert client.post(address, {"on": "2026-11-03"}).status_code == 422


def test_a_last_day_to_come_is_refused_in_words(client: Client, station: Station, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    tomorrow = today() + timedelta(days=1)

    with pytest.raises(ClosingAhead):
        station.close(on=tomorrow, by=None, at=now())
    answer = client.post(f"/desk/stations/{station.pk}/close/", {"on": tomorrow.isoformat()})

    assert answer.status_code == 422
    assert "不能晚于今天" in answer.content.decode()
    station.refresh_from_db()
    assert station.ends_on is None


def test_a_last_day_before_the_first_is_refused_in_words(station: Station, congress: Body) -> None:
    mandate = make_mandate(congress)
    station.post(mandate, on=DAY, by=None, at=now())

    with pytest.raises(DaysReversed, match="早于起始日期"):
        station.release(mandate, on=date(2026, 11, 1), by=None, at=now())
    with pytest.raises(DaysReversed):
        station.close(on=date(2026, 11, 1), by=None, at=now())
    with pytest.raises(DaysReversed):
        mandate.end("resigned", on=date(2020, 1, 1), by=None, at=now())


def test_a_closing_by_mistake_is_put_right_with_a_reason(client: Client, station: Station, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    page, address = f"/stations/{station.pk}/", f"/desk/stations/{station.pk}/reopen/"
    assert address not in client.get(page).content.decode()
    with pytest.raises(StationRuns):
        station.reopen(reason="没撤", by=None, at=now())

    station.close(on=today(), by=clerk.pk, at=now())

    assert address in client.get(page).content.decode()
    assert "是最后一天" in client.get(page).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "选错了站点"}).status_code == 302
    station.refresh_from_db()
    assert station.ends_on is None
    assert "选错了站点" in client.get(page).content.decode()


def test_reopening_brings_back_whom_the_closing_took_out_and_nobody_else(station: Station, congress: Body) -> None:
    stays, gone, ended = (make_mandate(congress, make_person(name)) for name in ("罗青禾", "谭秋实", "向晚亭"))
    station.post_all([stays, gone, ended], on=DAY, by=None, at=now())
    station.release(stays, on=DAY, by=None, at=now())
    station.post(stays, on=DAY, by=None, at=now())
    station.release(gone, on=DAY, by=None, at=now())
    station.close(on=DAY, by=None, at=now())
    ended.end("resigned", on=DAY, by=None, at=now())

    station.reopen(reason="选错了站点", by=None, at=now())

    assert [posting.mandate for posting in station.postings.filter(ends_on__isnull=True)] == [stays]
    told = Event.objects.get(kind="stations.reopened").parties.filter(kind="mandate")
    assert [party.party_id for party in told] == [stays.pk]


def test_a_station_whose_name_was_taken_meanwhile_stays_closed(station: Station, congress: Body) -> None:
    station.close(on=DAY, by=None, at=now())
    make_station(station.region, congress, name=station.name)

    with pytest.raises(StationThere):
        station.reopen(reason="选错了站点", by=None, at=now())
