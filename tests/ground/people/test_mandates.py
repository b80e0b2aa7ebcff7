"""Mandates begin, rest, go on and end; the roster can be asked as of any day."""

from datetime import date

import pytest
from django.test import Client

from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now, start_of
from lianxin.ground.core.models import Event
from lianxin.ground.people.errors.dated import DaysReversed
from lianxin.ground.people.errors.mandates import (
    EndingAhead,
    MandateEnded,
    MandateNotPaused,
    MandatePaused,
    MandateRuns,
    MandateTermOver,
    SeatTaken,
)
from lianxin.ground.people.models import Body, Mandate, Person
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person
from tests.ground.people.clerks import sign_in

pytestmark = pytest.mark.django_db


def test_the_roster_is_asked_as_of_any_day(congress: Body) -> None:
    stayed = make_mandate(congress, make_person("罗青禾"))
    left = make_mandate(congress, make_person("谭秋实"))
    left.end("resigned", on=date(2023, 5, 1), by=None, at=now())
    came = make_mandate(
        congress, make_person("向晚亭"), starts_on=date(2023, 9, 1), beginning="by_election", replaces=left
    )

    on = {day: set(Mandate.objects.on(day)) for day in (date(2023, 5, 1), date(2023, 6, 1), date(2023, 9, 1))}

    assert on[date(2023, 5, 1)] == {stayed, left}
    assert on[date(2023, 6, 1)] == {stayed}
    assert on[date(2023, 9, 1)] == {stayed, came}


def test_a_mandate_ends_once(congress: Body) -> None:
    mandate = make_mandate(congress)
    mandate.end("resigned", on=date(2023, 5, 1), by=None, at=now())

    with pytest.raises(MandateEnded, match="辞职获准"):
        mandate.end("died", on=date(2023, 6, 1), by=None, at=now())

    assert Event.objects.filter(kind="people.mandate_ended").count() == 1


def test_an_ending_is_recorded_when_it_has_come(congress: Body) -> None:
    mandate = make_mandate(congress)

    with pytest.raises(EndingAhead, match="2026年12月1日还没到"):
        mandate.end("resigned", on=date(2026, 12, 1), by=None, at=start_of(date(2026, 11, 30)))

    mandate.end("resigned", on=date(2026, 12, 1), by=None, at=start_of(date(2026, 12, 1)))
    assert Mandate.objects.get().ends_on == date(2026, 12, 1)


def test_a_mandate_ended_by_mistake_is_restored_with_its_pause(congress: Body) -> None:
    mandate = make_mandate(congress)
    mandate.pause("leave", on=date(2024, 3, 1), by=None, at=now())
    mandate.end("resigned", on=date(2024, 5, 1), by=None, at=now())

    mandate.restore("看错了人", by=None, at=now())

    assert (Mandate.objects.get().ends_on, mandate.pauses.get().ends_on) == (None, None)
    assert Event.objects.filter(kind="people.mandate_restored", subject_id=mandate.pk).count() == 1
    with pytest.raises(MandateRuns):
        mandate.restore("看错了人", by=None, at=now())


def test_nobody_is_restored_to_a_term_that_is_over_or_a_seat_that_is_taken(congress: Body) -> None:
    mandate = make_mandate(congress)
    mandate.end("resigned", on=date(2024, 5, 1), by=None, at=now())
    anew = make_mandate(congress, mandate.person, starts_on=date(2025, 1, 1), beginning="by_election")

    with pytest.raises(SeatTaken, match="2025年1月1日起又有了"):
        mandate.restore("看错了人", by=None, at=now())
    with pytest.raises(SeatTaken):
        mandate.correct_ending("resigned", "日期错了", on=date(2025, 1, 1), by=None, at=now())
    anew.end("resigned", on=date(2025, 6, 1), by=None, at=now())
    congress.terms.update(ends_on=date(2026, 1, 1))
    for refused in (anew.restore, lambda why, **told: anew.correct_ending("died", why, on=date(2026, 1, 2), **told)):
        with pytest.raises(MandateTermOver):
            refused("看错了人", by=None, at=now())


def test_the_last_day_is_corrected_and_pauses_with_it(congress: Body) -> None:
    mandate = make_mandate(congress)
    mandate.pause("leave", on=date(2024, 3, 1), by=None, at=now())
    mandate.end("resigned", on=date(2024, 5, 1), by=None, at=now())
    with pytest.raises(DaysReversed):
        mandate.correct_ending("died", "日期错了", on=date(2020, 1, 1), by=None, at=now())
    with pytest.raises(EndingAhead):
        mandate.correct_ending("died", "日期错了", on=date(2027, 1, 1), by=None, at=start_of(date(2026, 1, 1)))

    mandate.correct_ending("died", "日期错了", on=date(2024, 4, 1), by=None, at=now())

    mandate.refresh_from_db()
    assert (mandate.ends_on, mandate.ending, mandate.pauses.get().ends_on) == (
        date(2024, 4, 1),
        "died",
        date(2024, 4, 1),
    )


def test_the_office_corrects_an_ending_from_the_page(client: Client, congress: Body) -> None:
    mandate = make_mandate(congress)
    mandate.end("resigned", on=date(2024, 5, 1), by=None, at=now())
    sign_in(client, "office_clerk", congress.region)
    address, page = f"/desk/mandates/{mandate.pk}/correct/", mandate.person.get_absolute_url()
    assert address in client.get(page).content.decode()
    told = {"mistake": "facts", "ending": "resigned", "on": "2024-04-01", "why": "日期看错了"}

    assert client.post(address, told).status_code == 302
    assert "最后一天是2024年4月1日（日期看错了）" in client.get(page).content.decode()
    assert client.post(address, told | {"why": ""}).status_code == 422
    assert client.post(address, told | {"mistake": "never"}).status_code == 302

    assert Mandate.objects.get().ends_on is None
    assert client.get(address).status_code == 404


def test_a_resting_mandate_is_not_at_work(congress: Body) -> None:
    mandate = make_mandate(congress)
    mandate.pause("suspended", on=date(2024, 3, 1), by=None, at=now())
    with pytest.raises(MandatePaused):
        mandate.pause("leave", on=date(2024, 3, 2), by=None, at=now())
    mandate.resume(on=date(2024, 3, 31), by=None, at=now())

    days = (date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 1))

    assert [Mandate.objects.at_work(day).exists() for day in days] == [True, False, False, True]
    with pytest.raises(MandateNotPaused):
        mandate.resume(on=date(2024, 4, 2), by=None, at=now())


def test_an_ending_closes_a_running_pause(congress: Body) -> None:
    mandate = make_mandate(congress)
    mandate.pause("leave", on=date(2024, 3, 1), by=None, at=now())

    mandate.end("resigned", on=date(2024, 5, 1), by=None, at=now())

    assert mandate.pauses.get().ends_on == date(2024, 5, 1)


def test_who_stands_for_a_village_at_every_level(congress: Body) -> None:
    county = congress.region
    township = county.parts.get(name="石桥镇")
    village, other = township.parts.get(name="柳溪村"), township.parts.get(name="橘林村")
    in_district = make_mandate(congress, district=make_district(congress, village))
    of_township = make_mandate(make_congress(township, "township"), district=None)
    city = make_congress(county.parent, "city")
    elected_here = make_mandate(city, electing_body=congress)
    make_mandate(city, electing_body=make_congress(make_county("别处县")))

    assert set(Mandate.objects.standing_for(village, date(2024, 1, 1))) == {in_district, elected_here}
    assert set(Mandate.objects.standing_for(other, date(2024, 1, 1))) == {elected_here}
    assert of_township not in Mandate.objects.standing_for(village, date(2024, 1, 1))


def test_a_private_phone_is_shown_to_the_office_and_the_person_alone(client: Client, congress: Body) -> None:
    person = make_person(phone="19900000001")
    make_mandate(congress, person)
    clerk, deputy = make_user("章谷雨"), make_user("罗青禾")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    Person.objects.filter(pk=person.pk).update(user=deputy)

    assert "19900000001" not in client.get(person.get_absolute_url()).content.decode()
    for user in (clerk, deputy):
        client.force_login(user)
        assert "19900000001" in client.get(person.get_absolute_url()).content.decode()
    client.logout()
    Person.objects.filter(pk=person.pk).update(is_phone_public=True)
    assert "19900000001" in client.get(person.get_absolute_url()).content.decode()


def test_a_deputy_publishes_the_own_phone_and_nothing_else(client: Client, congress: Body) -> None:
    person, deputy = make_person(phone="19900000001"), make_user("罗青禾")
    make_mandate(congress, person)
    Person.objects.filter(pk=person.pk).update(user=deputy)
    client.force_login(deputy)

    client.post(f"/people/{person.pk}/amend/", {"phone": "19900000002", "is_phone_public": "on", "name": "别人"})

    person.refresh_from_db()
    assert (person.phone, person.is_phone_public, person.name) == ("19900000002", True, "罗青禾")
    told = Event.objects.get(kind="people.person_changed")
    assert told.facts["what"] == "is_phone_public+phone"
    assert "19900000002" not in str(told.facts)


def test_the_office_records_an_ending_from_the_page(client: Client, congress: Body) -> None:
    mandate, clerk = make_mandate(congress), make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)

    answer = client.post(f"/desk/mandates/{mandate.pk}/end/", {"ending": "resigned", "on": "2026-11-03"})

    assert answer.status_code == 302
    mandate.refresh_from_db()
    assert (mandate.ending, mandate.ends_on) == ("resigned", date(2026, 11, 3))
    assert client.get(f"/desk/mandates/{mandate.pk}/end/").status_code == 404


def test_a_number_nobody_can_dial_is_refused_on_the_page(client: Client, congress: Body) -> None:
    person, deputy = make_person(phone="19900000001"), make_user("罗青禾")
    make_mandate(congress, person)
    Person.objects.filter(pk=person.pk).update(user=deputy)
    client.force_login(deputy)

    answer = client.post(f"/people/{person.pk}/amend/", {"phone": "１２３"})

    assert answer.status_code == 422
    assert "11位手机号" in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": "谭 秋 实", "ethnicity": "土家"}, ""),
        ({"ethnicity": "土加族"}, "土家族"),
        ({"name": "谭秋实（女）"}, "不带括号"),
    ],
)
def test_a_person_is_mended_in_words_that_the_roster_reads(
    client: Client, congress: Body, said: dict[str, str], told: str
) -> None:
    mandate, clerk = make_mandate(congress), make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)

    answer = client.post(f"/people/{mandate.person_id}/amend/", {"name": "谭秋实", "phone": "19900000001"} | said)

    assert answer.status_code == (422 if told else 302)
    mandate.person.refresh_from_db()
    assert (mandate.person.name, mandate.person.ethnicity) == (("罗青禾", "") if told else ("谭秋实", "土家族"))
    assert not told or told in answer.content.decode()


def test_the_office_says_by_which_name_a_deputy_signs_in(client: Client, congress: Body) -> None:
    person, clerk, deputy = make_person(), make_user("章谷雨"), make_user("罗青禾")
    make_mandate(congress, person)
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    address = f"/people/{person.pk}/link/"
    assert "没有这个登录名" in client.post(address, {"user": "nobody"}).content.decode()

    assert client.post(address, {"user": deputy.username}).status_code == 302

    person.refresh_from_db()
    assert person.user == deputy
    other = make_person("谭秋实")
    make_mandate(congress, other)
    answer = client.post(f"/people/{other.pk}/link/", {"user": deputy.username})
    assert (answer.status_code, "是罗青禾的" in answer.content.decode()) == (422, True)
