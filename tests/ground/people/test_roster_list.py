"""The roster as of any day, and one person's page."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.ground.people.models import Body, Membership, Person, Region
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person

pytestmark = pytest.mark.django_db

LIST = "/people/"


@pytest.fixture
def congress() -> Body:
    make_platform(county_code="990101")
    return make_congress(make_county())


def names(client: Client, **asked: Any) -> list[str]:
    """Who is on the page."""
    return [person.name for person in client.get(LIST, asked).context["page"].rows]


def page_of(client: Client, person: Person) -> str:
    return client.get(f"{LIST}{person.pk}/").content.decode()


def test_everybody_with_a_mandate_stands_there_in_the_order_of_pinyin(congress: Body, client: Client) -> None:
    for name in ("谭秋实", "罗青禾", "艾半夏"):
        make_mandate(congress, make_person(name))
    make_person("无名氏")
    assert names(client) == ["艾半夏", "罗青禾", "谭秋实"]


@pytest.mark.parametrize("words", ["青禾", "罗青", "luoqing", "LQH", "luo qing he", "ｌｑｈ"])
def test_a_deputy_is_found_by_name_and_pinyin(congress: Body, client: Client, words: str) -> None:
    for name in ("谭秋实", "罗青禾"):
        make_mandate(congress, make_person(name))
    assert names(client, q=words) == ["罗青禾"]


def test_the_roster_is_that_of_the_day_asked_for(congress: Body, client: Client) -> None:
    make_mandate(congress, make_person("罗青禾"), ends_on=date(2023, 5, 1), ending="resigned")
    make_mandate(congress, make_person("谭秋实"), starts_on=date(2023, 9, 1))
    assert names(client) == ["谭秋实"]
    assert names(client, on="2022-01-01") == ["罗青禾"]
    assert names(client, on="2023-06-01") == []
    assert "这是2022年1月1日的名册" in client.get(LIST, {"on": "2022-01-01"}).content.decode()


def test_levels_and_trades_narrow_the_list(congress: Body, client: Client) -> None:
    township = make_congress(Region.objects.get(name="石桥镇"), "township")
    make_mandate(congress, make_person("罗青禾"), trade="教师")
    make_mandate(township, make_person("谭秋实"), trade="农民")
    assert names(client, level="township") == ["谭秋实"]
    assert names(client, trade="教师") == ["罗青禾"]
    assert names(client, level="township", trade="教师") == []


def test_members_of_a_body_can_be_seen_alone(congress: Body, client: Client) -> None:
    group = Body.objects.create(kind="group", name="石桥小组", parent=congress, region=congress.region)
    member = make_mandate(congress, make_person("罗青禾")).person
    make_mandate(congress, make_person("谭秋实"))
    Membership.objects.create(body=group, person=member, role="member", starts_on=date(2022, 1, 1))
    assert names(client, body=group.pk) == ["罗青禾"]
    assert "只看石桥小组的成员" in client.get(LIST, {"body": group.pk}).content.decode()


def test_what_cannot_be_understood_is_told_and_the_rest_is_asked(congress: Body, client: Client) -> None:
    for name in ("谭秋实", "罗青禾"):
        make_mandate(congress, make_person(name))
    page = client.get(LIST, {"q": "luo", "on": "2020-13-01", "level": "village", "body": "x"})
    assert [person.name for person in page.context["page"].rows] == ["罗青禾"]
    assert "日期不对" in page.content.decode()


def test_who_is_not_found_is_told(congress: Body, client: Client) -> None:
    assert "没有找到代表" in client.get(LIST, {"q": "x\0"}).content.decode()


def test_pages_follow_each_other_and_cost_the_same_queries(congress: Body, client: Client) -> None:
    for number in range(80):
        make_mandate(congress, make_person(f"罗{chr(0x4E00 + number * 7)}"))
    first = client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as second_page:
        second = client.get(LIST, {"after": first.context["page"].older})
    third = client.get(LIST, {"after": second.context["page"].older})
    seen = [person.id for page in (first, second, third) for person in page.context["page"].rows]
    assert (len(seen), len(set(seen))) == (80, 80)
    assert len(second_page) <= 5


def test_a_person_shows_every_seat_and_body_with_its_days(congress: Body, client: Client) -> None:
    district = make_district(congress, Region.objects.get(name="橘林村"))
    person = make_mandate(congress, district=district).person
    township = make_congress(Region.objects.get(name="石桥镇"), "township")
    make_mandate(township, person, ends_on=date(2023, 5, 1), ending="transferred")
    presidium = Body.objects.create(kind="presidium", name="云江区人大主席团", parent=congress)
    Membership.objects.create(body=presidium, person=person, role="member", starts_on=date(2022, 1, 1))
    text = page_of(client, person)
    for word in ("第一选区", "第7届", "2021年12月3日—至今", "2023年5月1日 迁出或调离", "云江区人大主席团", "成员"):
        assert word in text


def test_a_private_phone_is_seen_by_the_office_alone(congress: Body, client: Client) -> None:
    person = make_mandate(congress, make_person(phone="13800000001")).person
    assert "13800000001" not in page_of(client, person)
    clerk = make_user()
    make_grant(clerk, "office_clerk", "place", congress.region_id)
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "不公开，请勿外传" in page_of(client, person)


def test_the_office_of_another_place_does_not_see_it(congress: Body, client: Client) -> None:
    person = make_mandate(congress, make_person(phone="13800000001")).person
    clerk = make_user()
    make_grant(clerk, "township_clerk", "place", Region.objects.get(name="花溪乡").pk)
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "13800000001" not in page_of(client, person)


def test_deputies_see_their_own_phone_and_everybody_a_public_one(congress: Body, client: Client) -> None:
    user = make_user()
    own = make_mandate(congress, make_person(phone="13800000001", user=user)).person
    public = make_mandate(congress, make_person("谭秋实", phone="13800000002", is_phone_public=True)).person
    assert "13800000002" in page_of(client, public)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "13800000001" in page_of(client, own)


def test_a_persons_page_costs_the_same_queries_however_many_seats(congress: Body, client: Client) -> None:
    person = make_mandate(congress).person
    clerk = make_user()
    make_grant(clerk, "office_clerk", "place", congress.region_id)
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    page_of(client, person)
    with CaptureQueriesContext(connection) as one:
        page_of(client, person)
    for name in ("石桥镇", "花溪乡"):
        make_mandate(make_congress(Region.objects.get(name=name), "township"), person)
    with CaptureQueriesContext(connection) as three:
        page_of(client, person)
    assert len(three) == len(one)


def test_nobody_is_404_and_the_pages_are_only_read(congress: Body, client: Client) -> None:
    assert client.get(f"{LIST}01900000-0000-7000-8000-000000000000/").status_code == 404
    assert client.post(LIST).status_code == 405
