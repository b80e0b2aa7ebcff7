"""“Who stands for me”: from a village to every deputy, a station and a day, without an account."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from lianxin.affairs.stations.models import Station
from lianxin.ground.core.clock import now, travel
from lianxin.ground.people.models import Body, Region
from tests.affairs.stations.builders import OPENED_ON, make_station
from tests.ground.access.builders import make_platform
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 11, 21, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def congress() -> Body:
    make_platform()
    return make_congress(make_county())


@pytest.fixture
def village(congress: Body) -> Region:
    return congress.region.parts.get(name="石桥镇").parts.get(name="橘林村")


@pytest.fixture
def station(congress: Body, village: Region) -> Station:
    return make_station(village, congress, name="橘林村联系点")


@pytest.mark.parametrize("words", ["橘林", "julin", "jlc"])
def test_one_match_goes_straight_to_its_deputies(client: Client, village: Region, words: str) -> None:
    answer = client.get("/find/", {"q": words})

    assert answer.status_code == 302
    assert answer["Location"] == f"/find/{village.pk}/"


def test_villages_of_one_name_are_told_apart_by_their_township(client: Client, village: Region) -> None:
    page = client.get("/find/", {"q": "柳溪"}).content.decode()

    assert page.count("柳溪村") >= 2
    assert "石桥镇" in page
    assert "花溪乡" in page


def test_a_place_nobody_knows_is_answered_with_what_to_do(client: Client, village: Region) -> None:
    assert "没有找到这个地方" in client.get("/find/", {"q": "月亮上"}).content.decode()


def test_a_garbled_choice_shows_the_beginning(client: Client, village: Region) -> None:
    assert client.get("/find/", {"in": "no-id'; drop"}).status_code == 200


def test_everybody_who_stands_for_the_village_is_there(
    client: Client, congress: Body, village: Region, station: Station, django_assert_max_num_queries
) -> None:
    own = make_mandate(congress, make_person("罗青禾"), district=make_district(congress, village))
    station.post(own, on=OPENED_ON, by=None, at=now())
    upper = make_congress(village.around()[1], "city")
    make_mandate(upper, make_person("谭秋实"), electing_body=congress)
    make_mandate(congress, make_person("外人甲"))

    with travel(TODAY):
        client.get("/")  # the platform and its rules are read once in a process
        with django_assert_max_num_queries(6):
            page = client.get(f"/find/{village.pk}/").content.decode()

    assert page.index("罗青禾") < page.index("谭秋实")
    assert "外人甲" not in page
    assert all(word in page for word in ("橘林村联系点", "下一次5号见", "2026年12月7日", "000-5550001"))


def test_the_number_shown_is_the_station_s_unless_the_deputy_agreed(
    client: Client, congress: Body, village: Region, station: Station
) -> None:
    person = make_person("罗青禾", phone="19900000001")
    mandate = make_mandate(congress, person, district=make_district(congress, village))
    station.post(mandate, on=OPENED_ON, by=None, at=now())
    page = client.get(f"/find/{village.pk}/").content.decode()
    assert "19900000001" not in page
    assert "000-5550001" in page

    type(person).objects.filter(pk=person.pk).update(is_phone_public=True)

    assert "19900000001" in client.get(f"/find/{village.pk}/").content.decode()


def test_a_resting_mandate_stands_for_nobody(client: Client, congress: Body, village: Region) -> None:
    mandate = make_mandate(congress, make_person("罗青禾"), district=make_district(congress, village))
    mandate.pause("suspended", on=OPENED_ON, by=None, at=now())

    assert "罗青禾" not in client.get(f"/find/{village.pk}/").content.decode()


def test_a_place_without_deputies_says_so(client: Client, village: Region) -> None:
    assert "还没有登记代表" in client.get(f"/find/{village.pk}/").content.decode()


def test_a_hundred_deputies_cost_no_more_queries(
    client: Client, congress: Body, village: Region, station: Station, django_assert_max_num_queries
) -> None:
    district = make_district(congress, village)
    for number in range(100):
        mandate = make_mandate(congress, make_person(f"代表{number}"), district=district)
        station.post(mandate, on=OPENED_ON, by=None, at=now())

    with django_assert_max_num_queries(8):  # two of them once in a process: the platform and its rules
        client.get(f"/find/{village.pk}/")
    with django_assert_max_num_queries(6):
        client.get(f"/find/{village.pk}/")


def levels(page: str) -> list[tuple[str, bool]]:
    """The levels of a page, and whether they stand open."""
    found = re.findall(r"<details( open)?>\s*<summary><h2>(..)代表 ", page)
    return [(level, bool(is_open)) for is_open, level in found]


def test_a_long_page_opens_with_the_nearest_level_and_folds_the_others(
    client: Client, congress: Body, village: Region
) -> None:
    own, upper = make_congress(village.parent, "township"), make_congress(village.around()[1], "city")
    township, county = make_district(own, village), make_district(congress, village)
    for number in range(10):
        make_mandate(congress, make_person(f"罗青禾{number}"), district=county)
        make_mandate(upper, make_person(f"谭秋实{number}"), electing_body=congress)
    assert levels(client.get(f"/find/{village.pk}/").content.decode()) == [("县级", True), ("市级", True)]

    make_mandate(own, make_person("向晚亭"), district=township)

    page = client.get(f"/find/{village.pk}/").content.decode()
    assert levels(page) == [("乡级", True), ("县级", False), ("市级", False)]
    assert "谭秋实9" in page


def test_who_elected_all_of_a_level_is_told_once(client: Client, congress: Body, village: Region) -> None:
    upper = make_congress(village.around()[1], "city")
    for name in ("罗青禾", "谭秋实", "向晚亭"):
        make_mandate(upper, make_person(name), electing_body=congress)
    assert client.get(f"/find/{village.pk}/").content.decode().count(f"由{congress}选出") == 1

    make_mandate(upper, make_person("覃溪亭"), electing_body=make_congress(village.parent, "township"))

    page = client.get(f"/find/{village.pk}/").content.decode()
    assert page.count("选出") == 4


def test_an_unknown_place_is_not_found(client: Client, congress: Body) -> None:
    assert client.get(f"/find/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("words", ["石桥镇橘林村", "云江区石桥镇橘林村", "橘林村"])
def test_a_whole_address_names_the_village_at_its_end(client: Client, village: Region, words: str) -> None:
    Region.objects.filter(pk=village.around()[2].pk).update(code="420504")  # the platform's own place
    assert client.get("/find/", {"q": words})["Location"] == f"/find/{village.pk}/"


def test_a_township_is_asked_for_the_village_first(client: Client, village: Region) -> None:
    assert client.get("/find/", {"q": "shiqiao"})["Location"] == f"/find/?in={village.parent_id}"
    page = client.get("/find/", {"in": str(village.parent_id)}).content.decode()
    assert f"/find/{village.pk}/" in page


def test_the_old_name_of_a_village_still_leads_there(client: Client, village: Region) -> None:
    village.rename("金橘村", on=OPENED_ON, by=None, at=now())

    assert client.get("/find/", {"q": "橘林村"})["Location"] == f"/find/{village.pk}/"


def test_traditional_characters_find_the_place(client: Client, village: Region) -> None:
    assert client.get("/find/", {"q": "石橋"})["Location"] == f"/find/?in={village.parent_id}"


def test_where_nobody_receives_the_nearest_place_that_does_is_named(
    client: Client, congress: Body, village: Region
) -> None:
    make_station(village.parent.parts.get(name="渡口村"), congress, name="渡口村联系点")

    with travel(TODAY):
        page = client.get(f"/find/{village.pk}/").content.decode()

    assert "本村没有接待点" in page
    assert "渡口村联系点" in page
    assert "下一次5号见" in page


@pytest.mark.parametrize("address", ["/find/", "/places/", "/people/", "/stations/"])
def test_what_no_database_can_be_asked_is_passed_over(client: Client, congress: Body, address: str) -> None:
    assert client.get(address, {"q": "橘\x00林"}).status_code in (200, 302)


def test_the_box_says_where_the_next_reception_is(client: Client, congress: Body, village: Region) -> None:
    there = make_station(village.parent.parts.get(name="渡口村"), congress, name="渡口村联系点", address="桥头路8号")

    with travel(TODAY):
        page = client.get(f"/find/{village.pk}/").content.decode()

    box = page[page.index("下一次5号见") : page.index("不用预约")]
    assert "渡口村联系点" in box
    assert "桥头路8号" in box
    assert there.get_absolute_url() in box


def test_a_deputy_whom_no_number_reaches_is_reached_by_the_nearest_station_that_has_one(
    client: Client, congress: Body, village: Region
) -> None:
    mandate = make_mandate(congress, make_person("罗青禾"), district=make_district(congress, village))
    make_station(village, congress, kind="residence_household", name="橘林村中心户", phone="").post(
        mandate, on=OPENED_ON, by=None, at=now()
    )
    assert "请就近的站点转达" not in client.get(f"/find/{village.pk}/").content.decode()

    make_station(village.parent, congress, kind="station", name="石桥镇联络站", phone="07176000000")

    page = client.get(f"/find/{village.pk}/").content.decode()
    told = page[page.index("请就近的站点转达") : page.index("罗青禾")]
    assert all(word in told for word in ("石桥镇联络站", "tel:07176000000", "0717-6000000"))


def test_a_level_whose_congress_has_no_deputy_for_the_village_says_so(
    client: Client, congress: Body, village: Region
) -> None:
    own = make_congress(village.parent, "township")
    make_mandate(own, make_person("罗青禾"), district=make_district(own, village))

    page = client.get(f"/find/{village.pk}/").content.decode()

    assert "县级：目前没有登记代表" in page
    assert "乡级：目前没有登记代表" not in page
    assert "省级" not in page


def test_a_name_that_is_no_place_is_looked_for_among_the_deputies(client: Client, congress: Body) -> None:
    make_mandate(congress, make_person("罗青禾"))

    page = client.get("/find/", {"q": "罗青禾"}).content.decode()

    address = re.search(r'href="(/people/\?q=[^"]+)"', page)[1]
    assert "罗青禾" in client.get(address).content.decode()
