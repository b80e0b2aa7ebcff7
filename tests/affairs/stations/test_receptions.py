"""When residents are received at a station, and which stations receive."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.receptions import next_receptions, receptions_of
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now, travel
from lianxin.ground.people.models import Body
from lianxin.ground.rulebook import adopt, in_force
from lianxin.lib.calendars import lunar_date
from tests.affairs.stations.builders import DAY, make_station

pytestmark = pytest.mark.django_db


def test_the_next_reception_is_moved_off_a_weekend_and_says_so(station: Station) -> None:
    (reception,) = next_receptions(in_force(DAY), station.kind, date(2026, 11, 21))

    assert (reception.name, reception.held_on) == ("5号见", date(2026, 12, 7))
    assert "逢周末" in reception.sentence


def test_a_reception_held_today_is_the_next_one(station: Station) -> None:
    (reception,) = next_receptions(in_force(DAY), station.kind, date(2026, 11, 5))

    assert reception.held_on == date(2026, 11, 5)


def test_next_year_is_told_as_provisional_before_its_holidays_are_announced(station: Station) -> None:
    (reception,) = next_receptions(in_force(DAY), station.kind, date(2026, 12, 20))

    assert reception.held_on.year == 2027
    assert "暂定" in reception.sentence


def test_days_that_a_station_sets_itself_are_read_from_the_station(congress: Body) -> None:
    adopt("yanhe", body_id=congress.id, by=None, at=now())
    own = in_force(DAY, congress.id)
    kind = next(
        code for rule in own.section(StationRules).receptions.values() if rule.is_set_by_station for code in rule.at
    )
    station = make_station(congress.region, congress, kind=kind)
    assert next_receptions(own, kind, DAY, station.reception_days) == []

    station.reception_days = "农历逢一、六"

    (reception,) = next_receptions(own, kind, DAY, station.reception_days)
    assert lunar_date(reception.held_on).day % 10 in (1, 6)


def test_days_that_no_calendar_knows_come_back_with_advice(client: Client, station: Station, keeper: User) -> None:
    client.force_login(keeper)
    facts = {"name": station.name, "is_step_free": "unknown", "reception_days": "有空就来"}

    answer = client.post(f"/desk/stations/{station.pk}/edit/", facts)

    assert answer.status_code == 422
    assert "有空就来" in answer.content.decode()


def test_a_closed_station_receives_nobody_any_more(station: Station) -> None:
    assert receptions_of(station, DAY)[0].held_on == date(2026, 11, 5)
    station.close(on=date(2026, 11, 4), by=None, at=now())
    assert receptions_of(station, DAY) == []


def test_stations_that_receive_are_shown_alone_each_with_its_day(
    client: Client, congress: Body, django_assert_max_num_queries
) -> None:
    township = congress.region.parts.get(name="石桥镇")
    for number in range(30):
        make_station(township, congress, name=f"联系点{number:02}")
    make_station(township, congress, name="阿甲之家", kind="home")
    assert "阿甲之家" in client.get("/stations/").content.decode()

    with travel(datetime(2026, 11, 21, 9, tzinfo=timezone.get_current_timezone())), django_assert_max_num_queries(7):
        page = client.get("/stations/?reception=1").content.decode()

    assert "阿甲之家" not in page
    assert page.count('下次5号见：12月7日星期一 <span class="nw">9:00') == 30


def test_days_that_stations_set_themselves_tell_which_of_them_receive(client: Client, congress: Body) -> None:
    adopt("yanhe", body_id=congress.id, by=None, at=now())
    make_station(congress.region, congress, kind="station", name="逢三站", reception_days="每周三")
    make_station(congress.region, congress, kind="station", name="未定站")

    page = client.get("/stations/?reception=1").content.decode()

    assert "逢三站" in page
    assert "未定站" not in page
