"""Whoever wants to sees first what is near: kept by their own browser, named in an address, known to nobody else."""

from datetime import datetime

import pytest
from django.utils import timezone

from lianxin.account.publishing.own_place import COOKIE
from tests.affairs.stations.builders import make_station
from tests.ground.access.builders import make_platform
from tests.ground.people.builders import make_congress, make_county

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 21, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _saturday(travel):
    travel(TODAY)


@pytest.fixture
def village():
    make_platform()
    return make_county().parts.get(name="石桥镇").parts.get(name="橘林村")


@pytest.fixture
def congress(village):
    return make_congress(village.parent.parent)


def front(client, path="/"):
    return client.get(path).content.decode()


def test_a_place_that_was_chosen_comes_first_on_the_front_page(client, village, congress):
    station = make_station(village, congress, name="橘林村联系点")
    assert "橘林村联系点" not in front(client)
    assert client.post("/find/own/", {"place": village.pk})["Location"] == "/"
    shown = front(client)
    assert "橘林村附近" in shown
    assert station.get_absolute_url() in shown


def test_a_link_shows_it_too_and_keeps_nothing(client, village, congress):
    make_station(village, congress, name="橘林村联系点")
    answer = client.get(f"/?place={village.pk}")
    assert "橘林村联系点" in answer.content.decode()
    assert answer.cookies == {}


def test_it_is_forgotten_at_a_tap(client, village, congress):
    make_station(village, congress, name="橘林村联系点")
    client.post("/find/own/", {"place": village.pk})
    client.post("/find/own/", {"place": ""})
    assert "橘林村联系点" not in front(client)


def test_the_page_of_the_place_offers_to_remember_it_and_to_forget_it(client, village):
    address = f"/find/{village.pk}/"
    assert "以后首页先显示这里" in front(client, address)
    client.post("/find/own/", {"place": village.pk})
    assert "不再记住" in front(client, address)


def test_nothing_but_the_cookie_knows_of_it(client, village):
    cookie = client.post("/find/own/", {"place": village.pk}).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value == str(village.pk)


@pytest.mark.parametrize("told", ["", "no-id'; drop", "0190a000-0000-7000-8000-000000000000", "橘林"])
def test_a_place_that_is_not_there_is_passed_over(client, village, told):
    client.cookies[COOKIE] = told.encode("ascii", "ignore").decode()
    assert client.get("/").status_code == 200
    assert "附近" not in front(client, f"/?place={told}").partition('id="h-meet"')[2].partition("</h2>")[0]
    assert client.post("/find/own/", {"place": told}).status_code in {302, 404}


def test_a_place_without_receptions_says_so_and_shows_the_next_anywhere(client, village, congress):
    other = make_county("远山县")
    make_station(village, congress)
    shown = front(client, f"/?place={other.parts.first().pk}")
    assert "还没有定下接待的日子" in shown
    assert "下一次" in shown


def test_only_sending_keeps_it(client):
    assert client.get("/find/own/").status_code == 405
