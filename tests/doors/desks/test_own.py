"""A deputy's home shows what is the deputy's own: seats, bodies, stations, the next reception, the own data."""

import re
from datetime import date

import pytest
from django.urls import reverse

from lianxin.doors.desks.own import first_of, own_of
from lianxin.ground.core.clock import now, start_of, today
from lianxin.ground.people.models import Region
from tests.affairs.stations.builders import make_station
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)  # at points of this place residents are received on the fifth


@pytest.fixture
def deputy(somebody, travel):
    """Somebody who signs in, sits in a county's congress and in a group, and belongs to a station."""
    travel(start_of(DAY))
    user, county = somebody("deputy"), make_county()
    congress, village = make_congress(county), Region.objects.get(name="渡口村")
    district = make_district(congress, village, name="渡口选区")
    person = make_person("罗青禾", phone="19900001234")
    mandate = make_mandate(congress, person, district=district, card_number="0042")
    group = congress.form("group", "渡口代表小组", on=DAY, by=None, at=now())
    group.take_in(person, "head", on=DAY, by=None, at=now())
    station = make_station(village, congress, name="渡口村代表联系点", address="渡口村中心路1号")
    station.post(mandate, on=DAY, by=None, at=now())
    person.link(user, by=None, at=now())
    return user


def text(page):
    return re.sub(r"<[^>]*>|\s+", " ", page.content.decode())


def test_the_next_reception_stands_first_with_its_station(deputy, browse):
    page = browse(deputy).get("/me/")
    first = re.search(r'<section class="card card--next.*?</section>', page.content.decode(), re.DOTALL)[0]
    assert "2026年11月5日" in first
    assert "渡口村代表联系点" in first
    station = own_of(deputy, DAY).stations[0].station
    assert f'href="{station.get_absolute_url()}"' in first


def test_on_the_day_itself_it_says_today(deputy, browse, travel):
    travel(start_of(date(2026, 11, 5)))
    assert "今天是" in text(browse(deputy).get("/me/"))


def test_what_comes_soonest_stands_first_and_what_is_late_before_tomorrow(deputy):
    own, received = own_of(deputy, DAY), date(2026, 11, 5)
    assert first_of(own, None, DAY) == "reception"
    assert first_of(own, received, DAY) == "reception"
    assert first_of(own, date(2026, 11, 4), DAY) == "matter"
    assert first_of(own, date(2026, 10, 1), DAY) == "matter"
    assert first_of(own, date(2026, 10, 1), received) == "reception"
    assert first_of(None, date.max, DAY) == "matter"
    assert first_of(None, None, DAY) == ""


def test_a_day_that_was_moved_says_why(deputy, browse, travel):
    travel(start_of(date(2026, 11, 28)))  # the fifth of December is a Saturday
    page = browse(deputy).get("/me/")
    assert "2026年12月7日" in text(page)
    assert "周六" in text(page) or "星期六" in text(page) or "休息日" in text(page)


def test_seats_bodies_and_data_are_there(deputy, browse):
    page = browse(deputy).get("/me/")
    said, person = text(page), deputy.person
    for words in (
        "云江区人民代表大会",
        "第7届",
        "渡口选区",
        "代表证 0042",
        "渡口代表小组",
        "组长",
        "19900001234",
        "不公开",
    ):
        assert words in said, words
    for href in (person.get_absolute_url(), reverse("people:amend", args=[person.pk]), reverse("access:account")):
        assert f'href="{href}"' in page.content.decode()


def test_what_has_ended_is_not_one_s_own_any_more(deputy, browse, travel):
    own = own_of(deputy, DAY)
    own.mandates[0].end("resigned", on=date(2026, 11, 4), by=None, at=start_of(date(2026, 11, 4)))
    own.stations[0].station.release(own.mandates[0], on=date(2026, 11, 4), by=None, at=now())
    own.memberships[0][0].leave(on=date(2026, 11, 4), by=None, at=now())
    travel(start_of(date(2026, 11, 6)))
    page = text(browse(deputy).get("/me/"))
    assert "渡口" not in page
    assert "现在没有任职的代表资格" in page
    assert "您还没有编入站点" in page


def test_nothing_of_another_deputy_is_shown(deputy, browse):
    congress = own_of(deputy, DAY).mandates[0].congress
    other = make_mandate(congress, make_person("向晚亭", phone="19900009999"))
    make_station(Region.objects.get(name="橘林村"), congress, name="别人的站").post(other, on=DAY, by=None, at=now())
    page = text(browse(deputy).get("/me/"))
    assert not any(words in page for words in ("向晚亭", "19900009999", "别人的站"))


def test_who_is_on_no_roster_reads_what_to_ask_for(somebody, browse):
    user = somebody("deputy")
    page = text(browse(user).get("/me/"))
    assert f"登录名 {user.username} 还没有对上代表名册" in page
    assert own_of(user, today()) is None


def test_the_home_costs_few_questions_however_many_stations(deputy, browse, django_assert_max_num_queries):
    mandate = own_of(deputy, DAY).mandates[0]
    for village in Region.objects.filter(level="village"):
        make_station(village, mandate.congress).post(mandate, on=DAY, by=None, at=now())
    browser = browse(deputy)
    browser.get("/me/")
    with django_assert_max_num_queries(13):
        browser.get("/me/")
