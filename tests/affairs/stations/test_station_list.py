"""The list of stations is in order, searched and paged."""

import pytest
from django.test import Client

from lianxin.affairs.stations.models import Station
from lianxin.ground.access.models import User
from lianxin.ground.people.models import Body
from tests.affairs.stations.builders import make_station

pytestmark = pytest.mark.django_db


def test_stations_stand_in_the_order_of_places_and_then_of_pinyin(client: Client, congress: Body) -> None:
    first, second = congress.region.parts.order_by("code")
    for place, name in ((second, "阿甲站"), (first, "张家站"), (first, "李家站"), (congress.region, "总站")):
        make_station(place, congress, name=name)

    page = client.get("/stations/").content.decode()

    at = [page.index(f"<b>{name}</b>") for name in ("李家站", "张家站", "阿甲站")]
    assert at == sorted(at)


def test_a_station_is_found_by_pinyin(client: Client, congress: Body) -> None:
    make_station(congress.region, congress, name="李家站")
    make_station(congress.region, congress, name="张家站")

    page = client.get("/stations/?q=lijia").content.decode()

    assert "<b>李家站</b>" in page
    assert "<b>张家站</b>" not in page


def test_who_keeps_a_station_finds_it_before_the_others(client: Client, station: Station, keeper: User) -> None:
    client.force_login(keeper)

    kept, everything = client.get("/stations/").content.decode().split('<form class="card filters"')

    assert "我管的站点" in kept
    assert f"<b>{station.name}</b>" in kept
    assert f"<b>{station.name}</b>" in everything
    assert "我管的站点" not in client.get("/stations/?q=别的").content.decode()


def test_an_english_page_calls_places_in_latin_letters_too(client: Client, station: Station) -> None:
    page = client.get("/stations/", headers={"accept-language": "en"}).content.decode()

    assert "Shiqiao Town 石桥镇 Liuxi Village 柳溪村" in page


def test_the_list_is_searched_and_paged(client: Client, congress: Body, django_assert_max_num_queries) -> None:
    township = congress.region.parts.get(name="石桥镇")
    for number in range(60):
        make_station(township, congress, name=f"联系点{number:02}")

    client.get("/")  # the platform and its rules are read once in a process
    with django_assert_max_num_queries(3):
        page = client.get("/stations/").content.decode()

    assert "联系点49" in page
    assert "联系点50" not in page
    assert "联系点07" in client.get("/stations/?q=点07").content.decode()
