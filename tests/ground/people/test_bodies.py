"""Bodies form others, take members in and let them go; congresses have terms and sessions."""

from datetime import date

import pytest
from django.test import Client

from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.models import Event
from lianxin.ground.people.actions import open_term, withdraw_term
from lianxin.ground.people.errors.bodies import BodyEnded, BodyHasParts, BodyThere, MemberAlready, MemberGone
from lianxin.ground.people.errors.terms import (
    DayTooFar,
    NoRunningTerm,
    NumberTaken,
    SessionNumberSkips,
    SessionOutsideTerm,
    SessionReversed,
    SessionsMeet,
    SessionThere,
    TermCutsSession,
    TermEnded,
    TermInUse,
    TermNumberSkips,
    TermsReversed,
)
from lianxin.ground.people.models import Body, Mandate
from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook import in_force
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_congress, make_mandate, make_person
from tests.ground.people.clerks import sign_in

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)


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
        congress.hold_session(6, **days | {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 1)})
    congress.terms.update(ends_on=DAY)
    with pytest.raises(NoRunningTerm):
        congress.hold_session(6, **days)


NUMBER_TWO = {"starts_on": date(2026, 3, 8), "ends_on": date(2026, 3, 11), "by": None}


@pytest.mark.parametrize(
    ("number", "on", "refusal"),
    [
        (3, date(2026, 12, 28), TermNumberSkips),
        (9, date(2026, 12, 28), TermNumberSkips),
        (8, date(2021, 12, 3), TermsReversed),
        (8, date(2026, 3, 11), TermCutsSession),
        (8, date(2033, 1, 1), DayTooFar),
    ],
)
def test_a_term_follows_the_last_one(congress: Body, number: int, on: date, refusal: type[RuleError]) -> None:
    congress.hold_session(5, **NUMBER_TWO, at=now())

    with pytest.raises(refusal):
        open_term(congress, number, on=on, by=None, at=now())

    assert congress.terms.get().ends_on is None


def test_a_new_term_is_confirmed_before_mandates_end(client: Client, congress: Body) -> None:
    mandate, other = make_mandate(congress), make_mandate(congress, make_person("谭秋实"))
    sign_in(client, "office_clerk", congress.region)
    address, filled = f"/bodies/{congress.pk}/term/", {"number": "8", "on": "2026-12-28"}
    assert 'value="8"' in client.get(address).content.decode()

    asked = client.post(address, filled)

    assert asked.status_code == 422
    assert "第7届到2026年12月27日为止，2位代表的资格同时届满" in asked.content.decode()
    mandate.refresh_from_db()
    assert mandate.ends_on is None
    assert client.post(address, filled | {"is_sure": "on"}).status_code == 302
    other.refresh_from_db()
    assert other.ends_on == date(2026, 12, 27)


def test_a_session_follows_the_last_one(congress: Body) -> None:
    congress.hold_session(5, **NUMBER_TWO, at=now())
    days = NUMBER_TWO | {"starts_on": date(2026, 5, 6), "ends_on": date(2026, 5, 7), "at": now()}

    with pytest.raises(SessionNumberSkips, match="接下来是第6次会议"):
        congress.hold_session(8, **days)
    with pytest.raises(SessionsMeet):
        congress.hold_session(6, **days | {"starts_on": date(2026, 3, 11)})
    with pytest.raises(DayTooFar):
        congress.hold_session(6, **days | {"starts_on": date(2036, 5, 6), "ends_on": date(2036, 5, 7)})
    sixth = congress.hold_session(6, **days)
    with pytest.raises(SessionsMeet):
        sixth.amend(starts_on=date(2026, 3, 10), ends_on=date(2026, 5, 7), by=None, at=now())
    with pytest.raises(SessionOutsideTerm):
        congress.terms.get().sessions.get(number=5).amend(
            starts_on=date(2020, 1, 1), ends_on=date(2026, 3, 11), by=None, at=now()
        )


def test_a_term_that_begins_on_the_platform_has_a_first_session(congress: Body) -> None:
    term = open_term(congress, 8, on=date(2026, 12, 28), by=None, at=now())
    days = {"starts_on": date(2026, 12, 28), "ends_on": date(2026, 12, 30), "by": None, "at": now()}

    with pytest.raises(SessionNumberSkips, match="接下来是第1次会议"):
        congress.hold_session(2, **days)

    assert congress.hold_session(1, **days).term == term


def test_the_last_session_is_withdrawn_and_told(client: Client, congress: Body) -> None:
    fifth = congress.hold_session(5, **NUMBER_TWO, at=now())
    days = {"starts_on": date(2026, 5, 6), "ends_on": date(2026, 5, 7)}
    sixth = congress.hold_session(6, **days, by=None, at=now())
    sign_in(client, "office_clerk", congress.region)
    address = f"/bodies/{congress.pk}/withdraw/"
    assert "第6次会议（2026年5月6日开幕）" in client.get(address).content.decode()

    refused = client.post(address, {"session": fifth.pk})
    done = client.post(address, {"session": sixth.pk})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert congress.terms.get().sessions.get() == fifth
    assert Event.objects.get(kind="people.session_withdrawn").facts["number"] == 6
    assert "撤销了登记错的" in client.get(congress.get_absolute_url()).content.decode()


def test_a_term_opened_by_mistake_is_withdrawn_and_the_one_before_runs_on(client: Client, congress: Body) -> None:
    mandate, gone = make_mandate(congress), make_mandate(congress, make_person("谭秋实"))
    mandate.pause("leave", on=DAY, by=None, at=now())
    gone.end("resigned", on=DAY, by=None, at=now())
    eighth = open_term(congress, 8, on=date(2026, 12, 28), by=None, at=now())
    sign_in(client, "office_clerk", congress.region)
    address = f"/bodies/{congress.pk}/withdraw-term/"
    assert "第8届（2026年12月28日开始）" in client.get(address).content.decode()

    done = client.post(address, {"term": eighth.pk, "why": "日期登记错了"})

    assert done.status_code == 302
    assert (congress.terms.get().number, congress.terms.get().ends_on) == (7, None)
    mandate.refresh_from_db()
    gone.refresh_from_db()
    assert (mandate.ends_on, mandate.ending, mandate.pauses.get().ends_on) == (None, "", None)
    assert gone.ending == Mandate.Ending.RESIGNED
    assert Event.objects.filter(kind="people.mandate_restored").get().subject_id == mandate.pk
    page = client.get(congress.get_absolute_url()).content.decode()
    assert "第8届（2026年12月28日开始），上一届和它的代表资格照旧（日期登记错了）" in page
    assert "withdraw-term" not in page
    assert client.post(address, {"term": eighth.pk, "why": "再一次"}).status_code == 404


def test_a_term_with_a_deputy_or_a_session_is_not_withdrawn(congress: Body) -> None:
    seventh = congress.terms.get()
    session = congress.hold_session(5, **NUMBER_TWO, at=now())
    with pytest.raises(TermInUse, match="第7届"):
        withdraw_term(seventh, "试试", by=None, at=now())
    session.withdraw(by=None, at=now())
    make_mandate(congress)
    with pytest.raises(TermInUse):
        withdraw_term(seventh, "试试", by=None, at=now())
    open_term(congress, 8, on=date(2026, 12, 28), by=None, at=now())
    with pytest.raises(TermEnded):
        withdraw_term(seventh, "试试", by=None, at=now())

    assert set(congress.terms.values_list("number", flat=True)) == {7, 8}


def test_a_township_forms_no_standing_or_special_committee(client: Client, congress: Body) -> None:
    own = make_congress(congress.region.parts.get(name="石桥镇"), "township")
    sign_in(client, "office_clerk", congress.region)

    page = client.get(f"/bodies/{own.pk}/form/").content.decode()
    answer = client.post(
        f"/bodies/{own.pk}/form/", {"kind": "standing_committee", "name": "常委会", "on": "2026-11-03"}
    )

    assert "主席团" in page
    assert "常务委员会" not in page
    assert "专门委员会" not in page
    assert answer.status_code == 422
    assert "专门委员会" in client.get(f"/bodies/{congress.pk}/form/").content.decode()


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

    assert answer["Location"] == congress.parts.get().get_absolute_url()
    assert congress.parts.get().name == "法制委员会"


def test_a_rule_that_refuses_is_told_on_the_form(client: Client, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)

    answer = client.post(f"/bodies/{congress.pk}/term/", {"number": "7", "on": "2026-12-28", "is_sure": "on"})

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


@pytest.mark.usefixtures("congress")
def test_the_law_says_how_members_are_called_and_who_leads() -> None:
    kinds = in_force(DAY).section(BodyRules).kinds

    assert "常委会组成人员" in kinds["standing_committee"].members
    assert "主席团成员" in kinds["presidium"].members
    leading = [code for code, role in kinds["standing_committee"].roles.items() if role.leads]
    assert leading == ["director", "vice_director", "secretary_general"]
    assert not kinds["group"].roles["head"].leads
