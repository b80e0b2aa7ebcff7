"""Bodies form others, take members in and let them go; congresses have terms and sessions."""

from datetime import date

import pytest
from django.test import Client

from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from lianxin.ground.people.actions import open_term
from lianxin.ground.people.errors import (
    BodyEnded,
    BodyHasParts,
    BodyThere,
    MemberAlready,
    MemberGone,
    NoRunningTerm,
    NumberTaken,
    SessionReversed,
    SessionThere,
    TermsReversed,
)
from lianxin.ground.people.models import Body, Mandate
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.people.builders import make_congress, make_county, make_mandate, make_person

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)


@pytest.fixture
def congress() -> Body:
    make_platform()
    return make_congress(make_county())


def test_a_congress_forms_a_committee_once(congress: Body) -> None:
    committee = congress.form("special_committee", "法制委员会", on=DAY, by=None, at=now())

    assert (committee.parent, committee.region) == (congress, congress.region)
    assert Event.objects.get(kind="people.body_founded").subject_id == committee.id
    with pytest.raises(BodyThere):
        congress.form("special_committee", "法制委员会", on=DAY, by=None, at=now())


def test_members_come_and_go_with_their_days(congress: Body) -> None:
    committee = congress.form("special_committee", "法制委员会", on=DAY, by=None, at=now())
    person = make_person()
    membership = committee.take_in(person, "member", on=DAY, by=None, at=now())
    with pytest.raises(MemberAlready):
        committee.take_in(person, "member", on=DAY, by=None, at=now())

    membership.leave(on=date(2026, 11, 20), by=None, at=now())

    assert committee.memberships.on(date(2026, 11, 20)).exists()
    assert not committee.memberships.on(date(2026, 11, 21)).exists()
    with pytest.raises(MemberGone):
        membership.leave(on=DAY, by=None, at=now())


def test_a_closed_body_takes_nobody_in_and_its_members_have_left(congress: Body) -> None:
    committee = congress.form("special_committee", "法制委员会", on=DAY, by=None, at=now())
    committee.take_in(make_person(), "member", on=DAY, by=None, at=now())

    committee.close(on=date(2026, 11, 20), by=None, at=now())

    assert committee.memberships.get().ends_on == date(2026, 11, 20)
    with pytest.raises(BodyEnded):
        committee.take_in(make_person(), "member", on=DAY, by=None, at=now())


def test_a_new_term_ends_the_running_one_and_its_mandates(congress: Body) -> None:
    mandate = make_mandate(congress)

    open_term(congress, 8, on=date(2026, 12, 28), by=None, at=now())

    mandate.refresh_from_db()
    assert (mandate.ends_on, mandate.ending) == (date(2026, 12, 27), Mandate.Ending.TERM_OVER)
    assert congress.terms.get(number=7).ends_on == date(2026, 12, 27)
    assert Event.objects.filter(kind="people.mandate_ended", subject_id=mandate.id).count() == 1
    with pytest.raises(NumberTaken):
        open_term(congress, 8, on=date(2027, 1, 5), by=None, at=now())
    with pytest.raises(TermsReversed):
        open_term(congress, 9, on=date(2026, 12, 28), by=None, at=now())


def test_sessions_are_counted_within_the_running_term(congress: Body) -> None:
    days = {"starts_on": date(2026, 1, 8), "ends_on": date(2026, 1, 11), "by": None, "at": now()}
    session = congress.hold_session(5, **days)

    assert session.term.number == 7
    with pytest.raises(SessionThere):
        congress.hold_session(5, **days)
    with pytest.raises(SessionReversed):
        congress.hold_session(6, **days | {"ends_on": date(2026, 1, 7)})
    congress.terms.update(ends_on=DAY)
    with pytest.raises(NoRunningTerm):
        congress.hold_session(6, **days)


def test_the_page_shows_members_by_role_and_costs_few_queries(
    client: Client, congress: Body, django_assert_max_num_queries
) -> None:
    committee = congress.form("standing_committee", "常务委员会", on=DAY, by=None, at=now())
    for name in ("罗青禾", "谭秋实", "向晚亭"):
        committee.take_in(make_person(name), "director" if name == "罗青禾" else "member", on=DAY, by=None, at=now())

    with django_assert_max_num_queries(8):
        page = client.get(committee.get_absolute_url()).content.decode()

    assert page.index("主任") < page.index("罗青禾") < page.index("委员 <") < page.index("谭秋实")


def test_the_list_of_bodies_costs_the_same_for_many(
    client: Client, congress: Body, django_assert_max_num_queries
) -> None:
    for number in range(30):
        congress.form("group", f"第{number}小组", on=DAY, by=None, at=now())

    with django_assert_max_num_queries(6):
        page = client.get("/bodies/").content.decode()

    assert "第29小组" in page


def test_an_office_clerk_forms_a_body_without_javascript(client: Client, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    address = f"/bodies/{congress.pk}/form/"
    assert "设立下属机构" in client.get(address).content.decode()

    answer = client.post(address, {"kind": "special_committee", "name": "法制委员会", "on": "2026-11-03"})

    assert answer.status_code == 302
    assert congress.parts.get().name == "法制委员会"


def test_a_rule_that_refuses_is_told_on_the_form(client: Client, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)

    answer = client.post(f"/bodies/{congress.pk}/term/", {"number": "7", "on": "2026-12-28"})

    assert answer.status_code == 422
    assert "已经有第7届了" in answer.content.decode()


def test_a_clerk_of_another_place_reads_why_not(client: Client, congress: Body) -> None:
    elsewhere = make_user("邹麦穗")
    make_grant(elsewhere, "township_clerk", Grant.Scope.PLACE, congress.region.parts.first().pk)
    client.force_login(elsewhere)

    answer = client.get(f"/bodies/{congress.pk}/form/")

    assert answer.status_code == 403
    assert "不在您负责的范围" in answer.content.decode()


def test_an_unknown_act_is_not_found(client: Client, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)

    assert client.get(f"/bodies/{congress.pk}/join/").status_code == 404


def test_a_body_that_formed_others_is_not_closed_before_them(congress: Body) -> None:
    committee = congress.form("special_committee", "法制委员会", on=DAY, by=None, at=now())
    committee.form("group", "立法小组", on=DAY, by=None, at=now())

    with pytest.raises(BodyHasParts, match="立法小组"):
        committee.close(on=date(2026, 11, 20), by=None, at=now())


def test_what_the_law_formed_is_not_closed_by_a_click(client: Client, congress: Body) -> None:
    committee = congress.form("standing_committee", "常务委员会", on=DAY, by=None, at=now())
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)

    assert client.get(f"/bodies/{committee.pk}/close/").status_code == 404
