"""The quick screen of a reception: one person after another, answered there, taken up or sent on."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianxin.affairs.opinions.models import Channel, Opinion, Visibility
from lianxin.affairs.stations.models import Duty, Shift, Station
from lianxin.ground.access.models import Grant, User
from lianxin.ground.cases.models import Case, Handover, Outcome
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body
from lianxin.ground.vault.models import Identity
from tests.affairs.stations.builders import OPENED_ON, make_shift, make_station
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_mandate, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift(station: Station, congress: Body) -> Shift:
    mandates = [make_mandate(congress, make_person(name)) for name in ("罗青禾", "谭秋实")]
    station.post_all(mandates, on=OPENED_ON, by=None, at=now())
    return make_shift(station, *mandates)


def address(shift: Shift) -> str:
    return reverse("opinions:hear", args=[shift.pk])


def told(shift: Shift, **changed: Any) -> dict[str, Any]:
    duty = shift.duties.get(mandate__person__name="罗青禾")
    return {
        "id": str(new_id()),
        "heard_by": str(duty.pk),
        "words": "村口的路灯三个月不亮了，能不能先修两盏？",
        "region": str(shift.station.region_id),
        "then": "written",
        "visibility": "unnamed",
        "agrees": "on",
    } | changed


def send(client: Client, shift: Shift, **changed: Any) -> Opinion:
    answer = client.post(address(shift), told(shift, **changed))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Opinion.objects.with_case().latest("id")


def running(opinion: Opinion) -> Handover:
    return Handover.objects.running().get(case=opinion.case_id)


def test_what_is_said_belongs_to_the_reception_the_station_and_the_deputy(
    client: Client, shift: Shift, keeper: User
) -> None:
    client.force_login(keeper)

    opinion = send(client, shift, name="老刘", phone="13800000007")

    assert (opinion.shift_id, opinion.station_id, opinion.channel) == (shift.pk, shift.station_id, Channel.RECEPTION)
    assert (opinion.said_on, opinion.entered_by, opinion.visibility) == (today(), keeper.pk, Visibility.UNNAMED)
    assert running(opinion).party == ("mandate", opinion.mandate_id)
    event = Event.objects.get(kind="opinions.told", subject_id=opinion.pk)
    assert {party.kind for party in event.parties.all()} == {"station", "mandate"}
    assert Identity.objects.filter(voice_id=opinion.pk).exists()
    assert "老刘" not in opinion.text


def test_after_saving_the_form_is_ready_for_the_next_with_the_same_deputy_and_shows_the_code_once(
    client: Client, shift: Shift, keeper: User
) -> None:
    client.force_login(keeper)
    answer = client.post(address(shift), told(shift))
    page = client.get(answer["Location"]).content.decode()
    opinion = Opinion.objects.get()

    assert opinion.code[:4] in page
    assert opinion.case.number in page
    assert "这次记了1件" in page
    duty = opinion.mandate and shift.duties.get(mandate=opinion.mandate)
    ticked = re.findall(r'<input type="radio" name="heard_by" value="([^"]*)"[^>]* checked', page)
    assert duty
    assert ticked == [str(duty.pk)]
    assert opinion.title not in page.split("<textarea")[1].split("</textarea>")[0]
    assert opinion.code[:4] not in client.get(address(shift)).content.decode()


def test_answered_there_it_waits_for_the_authors_judgement(client: Client, shift: Shift, keeper: User) -> None:
    client.force_login(keeper)
    opinion = send(client, shift, then="answered", note="交通局答应下周来修，我盯着。")
    assert (opinion.case.stage, opinion.case.outcome) == (Case.Stage.ANSWERED, Outcome.EXPLAINED)
    assert opinion.case.outcome_by == "deputy"


def test_taken_up_it_lies_with_the_deputy_under_the_longer_clock(client: Client, shift: Shift, keeper: User) -> None:
    client.force_login(keeper)
    opinion = send(client, shift, then="taken_up")
    assert running(opinion).role == Handover.Role.TAKEN_UP


@pytest.mark.parametrize("then", ["answered", "taken_up"])
def test_what_a_deputy_answered_or_took_up_may_be_read_by_everybody_who_was_meant_to(
    client: Client, shift: Shift, keeper: User, then: str
) -> None:
    client.force_login(keeper)
    shown = send(client, shift, then=then, note="交通局答应下周来修。", visibility="unnamed")
    kept = send(client, shift, then=then, note="交通局答应下周来修。", visibility="staff")
    found = send(client, shift, then=then, note="答应了。", words="我叫刘小满，13800000007，路灯不亮。")
    page = Client().get("/opinions/").content.decode()
    assert shown.case.number in page
    assert kept.case.number not in page
    assert found.case.number not in page


def test_what_is_only_written_down_waits_to_be_looked_at(client: Client, shift: Shift, keeper: User) -> None:
    client.force_login(keeper)
    opinion = send(client, shift)
    assert opinion.case.number not in Client().get("/opinions/").content.decode()


def test_sent_on_the_office_says_who_handles_it(client: Client, shift: Shift, keeper: User) -> None:
    client.force_login(keeper)
    opinion = send(client, shift, then="sent_on", note="要交通局来修")
    assert running(opinion).role == Handover.Role.ASSIGN
    assert opinion.case.stage == Case.Stage.ACCEPTED


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"words": " "}, "words"),
        ({"then": "answered"}, "答复了什么"),
        ({"then": "sent_on", "note": " "}, "答复了什么"),
        ({"visibility": "named"}, "写上"),
        ({"visibility": ""}, "visibility"),
        ({"agrees": ""}, "念给本人听"),
        ({"phone": "abc"}, "phone"),
        ({"heard_by": str(new_id())}, "heard_by"),
        ({"region": str(new_id())}, "region"),
        ({"id": "x"}, "id"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    client: Client, shift: Shift, keeper: User, changed: dict[str, Any], why: str
) -> None:
    client.force_login(keeper)
    answer = client.post(address(shift), told(shift, **changed))
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Opinion.objects.exists()


def test_sent_twice_it_is_heard_once(client: Client, shift: Shift, keeper: User) -> None:
    client.force_login(keeper)
    same = told(shift, then="answered", note="交通局答应下周来修。")
    assert client.post(address(shift), same).status_code == 302
    assert client.post(address(shift), same).status_code == 302
    assert Opinion.objects.count() == 1
    assert Event.objects.filter(kind="opinions.replied").count() == 1


def test_nobody_hears_before_the_day_or_at_a_cancelled_reception(client: Client, shift: Shift, keeper: User) -> None:
    client.force_login(keeper)
    facts = told(shift)
    Shift.objects.update(held_on=today() + timedelta(days=2))
    assert client.post(address(shift), facts).status_code == 422
    shift.refresh_from_db()
    shift.cancel("下雨", by=None, at=now())
    assert client.post(address(shift), facts).status_code == 404
    assert not Opinion.objects.exists()


def test_without_a_deputy_on_duty_the_page_says_what_to_do(client: Client, shift: Shift, keeper: User) -> None:
    client.force_login(keeper)
    Duty.objects.update(state=Duty.State.EXCUSED)
    assert "没有值班的代表" in client.get(address(shift)).content.decode()


def test_the_page_costs_a_handful_of_queries(
    client: Client, shift: Shift, keeper: User, django_assert_max_num_queries
) -> None:
    client.force_login(keeper)
    for _number in range(8):
        send(client, shift)
    with django_assert_max_num_queries(13):
        client.get(address(shift))


def test_another_keeper_does_not_enter(client: Client, shift: Shift, congress: Body) -> None:
    other = make_user("别处的")
    make_grant(other, "station_keeper", Grant.Scope.STATION, make_station(congress.region, congress).pk)
    client.force_login(other)
    assert client.get(address(shift)).status_code == 403
    assert client.post(address(shift), told(shift)).status_code == 403
