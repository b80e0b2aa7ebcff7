"""The pages of a person and of a body tell what was recorded of them: to their office and to the person, to nobody else."""

from datetime import date

import pytest
from django.test import Client

from lianxin.ground.core.clock import now
from lianxin.ground.people.errors.bodies import BodyEnded, BodyHasDeputies, BodyNameKept, BodyThere
from lianxin.ground.people.models import Body
from tests.ground.access.builders import make_user
from tests.ground.people.builders import make_congress, make_district, make_mandate, make_person
from tests.ground.people.clerks import sign_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)


def test_a_person_s_page_tells_of_the_person_of_mandates_and_of_bodies(client: Client, congress: Body) -> None:
    mandate = make_mandate(congress)
    congress.form("group", "一组", on=DAY, by=None, at=now()).take_in(
        mandate.person, "member", on=DAY, by=None, at=now()
    )
    mandate.person.amend(["post"], by=None, at=now())
    mandate.trade = "医生"
    mandate.amend(["trade"], by=None, at=now())

    page = sign_in(client, "office_clerk", congress.region).get(mandate.person.get_absolute_url()).content.decode()

    for told in ("就任代表", "加入<b>一组</b>", "的个人资料：职务", "的代表资料：行业"):
        assert told in page


def test_the_record_is_no_business_of_strangers(client: Client, congress: Body) -> None:
    person, place = make_mandate(congress).person, congress.region.parts.get(name="花溪乡")

    assert 'id="timeline"' not in client.get(person.get_absolute_url()).content.decode()
    assert 'id="timeline"' not in client.get(congress.get_absolute_url()).content.decode()
    sign_in(client, "township_clerk", place)
    assert 'id="timeline"' not in client.get(person.get_absolute_url()).content.decode()
    assert 'id="timeline"' not in client.get(congress.get_absolute_url()).content.decode()


def test_a_person_reads_the_own_record(client: Client, congress: Body) -> None:
    person, user = make_mandate(congress).person, make_user("罗青禾")
    person.link(user, by=None, at=now())
    client.force_login(user)

    assert "对上了登录名" in client.get(person.get_absolute_url()).content.decode()


def test_a_long_record_costs_the_same_and_goes_on_by_key(
    client: Client, congress: Body, django_assert_max_num_queries
) -> None:
    mandate = make_mandate(congress)
    for number in range(60):
        mandate.person.post = f"职务{number}"
        mandate.person.amend(["post"], by=None, at=now())
    sign_in(client, "office_clerk", congress.region)

    with django_assert_max_num_queries(18):
        page = client.get(mandate.person.get_absolute_url()).content.decode()

    assert page.count('id="e-') == 30
    older = client.get(f"{mandate.person.get_absolute_url()}?older={page.split('?older=')[1].split('#')[0]}")
    assert older.content.decode().count('id="e-') == 30


def test_a_body_that_closes_is_told_to_each_of_its_members(client: Client, congress: Body) -> None:
    committee = congress.form("special_committee", "法制委员会", on=DAY, by=None, at=now())
    people = [make_mandate(congress, make_person(name)).person for name in ("罗青禾", "谭秋实")]
    for person in people:
        committee.take_in(person, "member", on=DAY, by=None, at=now())
    committee.take_in(people[0], "chair", on=DAY, by=None, at=now())

    committee.close(on=date(2026, 11, 20), by=None, at=now())

    sign_in(client, "office_clerk", congress.region)
    for person in people:
        assert "<b>法制委员会</b>撤销" in client.get(person.get_absolute_url()).content.decode()


def test_a_body_is_renamed_and_its_record_keeps_both_names(client: Client, congress: Body) -> None:
    committee = congress.form("special_committee", "法制委员会", on=DAY, by=None, at=now())
    sign_in(client, "office_clerk", congress.region)

    client.post(f"/bodies/{committee.pk}/rename/", {"name": "监察和司法委员会", "on": "2026-11-20"})

    page = client.get(committee.get_absolute_url()).content.decode()
    assert "<h1>监察和司法委员会</h1>" in page
    assert "法制委员会从2026年11月20日起更名为监察和司法委员会" in page


def test_a_new_name_is_new_and_nobody_else_s(congress: Body) -> None:
    first, second = (congress.form("group", name, on=DAY, by=None, at=now()) for name in ("一组", "二组"))

    with pytest.raises(BodyNameKept):
        first.rename(" 一组 ", on=DAY, by=None, at=now())
    with pytest.raises(BodyThere):
        first.rename("二组", on=DAY, by=None, at=now())
    second.close(on=DAY, by=None, at=now())
    first.rename("二组", on=DAY, by=None, at=now())
    with pytest.raises(BodyEnded):
        second.rename("三组", on=DAY, by=None, at=now())


def test_a_congress_closes_where_its_place_is_no_more_and_nobody_sits(client: Client, congress: Body) -> None:
    township = congress.region.parts.get(name="花溪乡")
    closing = make_congress(township, level="township")
    held = make_mandate(closing)
    district = make_district(closing, township.parts.get(name="茶山村"))
    sign_in(client, "office_clerk", congress.region)
    address = f"/bodies/{closing.pk}/close/"
    assert client.get(address).status_code == 404

    township.merge_into(congress.region.parts.get(name="石桥镇"), on=DAY, by=None, at=now())

    with pytest.raises(BodyHasDeputies, match=held.person.name):
        closing.close(on=DAY, by=None, at=now())
    held.end("term_over", on=DAY, by=None, at=now())
    assert client.post(address, {"on": "2026-11-03"}).status_code == 302
    district.refresh_from_db()
    assert (closing.terms.get().ends_on, district.ends_on) == (DAY, DAY)


def test_the_days_of_a_session_are_mended(client: Client, congress: Body) -> None:
    days = {"starts_on": date(2026, 1, 8), "ends_on": date(2026, 1, 11)}
    session = congress.hold_session(5, **days, by=None, at=now())
    sign_in(client, "office_clerk", congress.region)

    refused = client.post(f"/desk/sessions/{session.pk}/", {"starts_on": "2026-01-08", "ends_on": "2026-01-07"})
    client.post(f"/desk/sessions/{session.pk}/", {"starts_on": "2026-01-08", "ends_on": "2026-01-12"})

    session.refresh_from_db()
    assert (refused.status_code, session.ends_on) == (422, date(2026, 1, 12))
    assert "第7届第5次会议的日期" in client.get(congress.get_absolute_url()).content.decode()


def test_a_member_is_found_by_words_among_many_and_taken_in(client: Client, congress: Body) -> None:
    committee = congress.form("special_committee", "法制委员会", on=DAY, by=None, at=now())
    for number in range(20):
        make_mandate(congress, make_person(f"青禾{number:02}"))
    wanted = make_mandate(congress, make_person("向晚亭"))
    sign_in(client, "office_clerk", congress.region)
    address = f"/bodies/{committee.pk}/join/"

    everybody, found, nobody = (client.get(address, {"q": words}).content.decode() for words in ("", "xwt", "没有这人"))
    assert everybody.count('type="radio" name="mandate"') == 12
    assert "只列出了前面几个" in everybody
    assert (found.count('name="mandate"'), "向晚亭" in found) == (1, True)
    assert "没有找到" in nobody
    client.post(f"{address}?q=xwt", {"mandate": wanted.pk, "role": "member", "on": "2026-11-03"})
    assert committee.memberships.get().person.name == "向晚亭"
    assert "向晚亭" in client.get(f"/bodies/{committee.pk}/leave/?q=向").content.decode()


def test_groups_take_in_deputies_of_every_level(client: Client, congress: Body) -> None:
    township = congress.region.parts.get(name="石桥镇")
    own = make_congress(township, level="township")
    group = own.form("group", "石桥小组", on=DAY, by=None, at=now())
    of_county = make_mandate(congress, make_person("向晚亭"))
    sign_in(client, "township_clerk", township)

    client.post(f"/bodies/{group.pk}/join/", {"mandate": of_county.pk, "role": "member", "on": "2026-11-03"})

    assert group.memberships.get().person.name == "向晚亭"
