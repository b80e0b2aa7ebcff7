"""The residents' front page: what one can do now, what will be there, and no number that nobody counted."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import resolve, reverse

from lianxin.affairs.opinions.actions import judging, replying
from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.receptions import soonest_reception
from lianxin.ground.core import figures as core
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.clock import travel as travelling
from lianxin.ground.rulebook import adopt
from tests.affairs.opinions.builders import NOON, Office
from tests.affairs.stations.builders import make_shift, make_station
from tests.ground.access.builders import make_platform, make_user
from tests.ground.people.builders import make_congress, make_county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counted_anew():
    core.forget()


@pytest.fixture
def office(travel):
    travel(NOON)
    return Office()


def text(page):
    return re.sub(r"<[^>]*>|\s+", " ", page.content.decode())


def test_it_is_there_before_anything_else_is(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "有事，找代表" in text(page)
    assert "收下没有、归谁办、哪天答复" in text(page)  # 没收 means that something is taken away from somebody
    assert "接待的日子还没有定。" in text(page)


def test_no_link_is_dead(client):
    make_platform()
    for href in re.findall(r'<a [^>]*href="(/[^"#?]*)', client.get("/").content.decode()):
        assert resolve(href)
        assert client.get(href).status_code == 200, href


def test_the_one_main_act_is_to_tell(client):
    page = client.get("/").content.decode()
    (main,) = re.findall(r'<[^>]*class="btn btn--main[^>]*>', page)
    assert f'href="{reverse("opinions:tell")}"' in main


HOW = re.compile(r"<details.*?</details>", re.DOTALL)  # how a figure was found names days


def test_no_number_is_made_up(client):
    page = HOW.sub("", client.get("/").content.decode())
    figures = re.search(r'aria-labelledby="h-num".*?</section>', page, re.DOTALL)[0]
    assert figures.count("还没有") >= 2
    assert not re.search(r">\s*\d", figures)


def test_this_months_counts_say_how_they_were_found_and_open_their_lists(client, platform, travel):
    travel(datetime(2026, 12, 1, 2, tzinfo=UTC))
    page = client.get("/").content.decode()
    month = re.search(r'aria-labelledby="h-month".*?</section>', page, re.DOTALL)[0]
    assert "2026年12月说的和办的" in month
    assert month.count("怎么算的") == 2
    for code in ("received", "answered"):
        assert f"/opinions/?figure=opinions.{code}&amp;period=2026-12" in month


def test_what_changed_last_stands_first_among_the_answered(client, office):
    with travelling(NOON):
        first, second = [office.opinion(title=title) for title in ("早说的", "晚说的")]
    replying.answer_now(second, "好了。", "solved", by=office.clerk.pk, at=NOON)
    replying.answer_now(first, "也好了。", "solved", by=office.clerk.pk, at=NOON + timedelta(days=1))
    page = text(client.get("/"))
    assert page.index("早说的") < page.index("晚说的")


def test_a_share_of_a_handful_is_openly_too_small_to_show(client, office):
    opinion = office.opinion()
    replying.answer_now(opinion, "好了。", "solved", by=office.clerk.pk, at=NOON)
    judging.rate(opinion, "yes", "yes", at=NOON)
    with travelling(NOON):
        page = client.get("/").content.decode()
    year = re.search(r'aria-labelledby="h-num".*?</section>', page, re.DOTALL)[0]
    assert year.count("才1个，不到5个不显示。") == 2


@pytest.fixture
def platform():
    """A platform with one station that receives."""
    make_platform()
    county = make_county()
    make_station(county, make_congress(county))


def test_without_a_station_that_receives_no_day_is_promised(client):
    make_platform()
    assert soonest_reception(today()) is None
    assert "接待的日子还没有定。" in text(client.get("/"))


def test_the_next_reception_day_comes_from_the_rules(client, travel, platform):
    travel(datetime(2026, 12, 1, 2, tzinfo=UTC))
    reception = soonest_reception(today())
    page = text(client.get("/"))
    assert f"下一次“{reception.name}”" in page
    assert reception.sentence in page
    assert f" {reception.held_on.day} " in page


def test_the_next_reception_leads_to_the_stations_that_receive(client, platform):
    page = client.get("/").content.decode()
    assert re.search(r'class="card card--lift meet" href="(.*?)"', page)[1] == "/stations/?reception=1"


def test_a_day_that_stands_as_it_is_needs_no_explanation(client, travel, platform):
    travel(datetime(2026, 11, 1, 2, tzinfo=UTC))
    assert not soonest_reception(today()).occurrence.is_moved
    assert "原定" not in text(client.get("/"))


def test_a_day_that_a_station_set_itself_is_the_next_one_too(travel):
    travel(datetime(2026, 11, 1, 2, tzinfo=UTC))
    make_platform()
    congress = make_congress(make_county())
    adopt("yanhe", body_id=congress.id, by=None, at=now())
    make_station(congress.region, congress, kind="station", reception_days="每周三")

    assert soonest_reception(today()).held_on.isoformat() == "2026-11-04"


def test_a_reception_cancelled_or_moved_by_hand_is_not_promised(travel, platform):
    travel(datetime(2026, 11, 3, 2, tzinfo=UTC))
    shift = make_shift(Station.objects.get(), on=date(2026, 11, 5))
    keeper = make_user("管理员").pk
    shift.move(date(2026, 11, 6), "场地检修", by=keeper, at=now())
    assert soonest_reception(today()).held_on == date(2026, 11, 6)

    shift.cancel("站里停电", by=keeper, at=now())

    assert soonest_reception(today()).held_on == date(2026, 12, 7)


def test_rules_that_are_no_longer_in_force_name_no_day(travel):
    make_platform()
    travel(datetime(1999, 1, 1, tzinfo=UTC))
    assert soonest_reception(today()) is None


def test_it_is_there_in_english(client):
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    main = re.search(r'<div class="hero">.*</main>', page, re.DOTALL)[0]
    assert not re.search(r"[\u3400-\u9fff]", main)


def test_it_sets_no_cookie_and_asks_nothing_of_the_visitor(client):
    assert client.get("/").cookies == {}


def test_only_looking_is_possible(client):
    assert client.post("/").status_code == 405
