"""A deputy checks in by the code of the day; whoever has no phone is ticked; the sheet of another day opens nothing."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lianxin.affairs.stations.checking_in import code_of, fits, grouped
from lianxin.affairs.stations.models import Duty, Shift, Station
from lianxin.affairs.stations.times import wanting_off
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body
from tests.affairs.stations.builders import OPENED_ON, make_shift
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_congress, make_mandate, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(congress: Body) -> User:
    user = make_user("罗青禾")
    make_grant(user, "deputy", Grant.Scope.BODY, congress.pk)
    return user


@pytest.fixture
def duty(station: Station, congress: Body, deputy: User) -> Duty:
    mandate = make_mandate(congress, make_person("罗青禾"))
    mandate.person.link(deputy, by=None, at=now())
    station.post(mandate, on=OPENED_ON, by=None, at=now())
    return make_shift(station, mandate).duties.get()


def scanned(shift: Shift, code: str = "") -> str:
    return f"{reverse('stations:check_in', args=[shift.pk])}?c={code or code_of(shift)}"


def state(duty: Duty) -> str:
    duty.refresh_from_db()
    return duty.state


def test_the_code_is_of_one_reception_on_one_day(station: Station, congress: Body) -> None:
    shift, other = make_shift(station), make_shift(station, on=today() + timedelta(days=1))
    assert fits(shift, grouped(shift).lower())
    assert not fits(shift, code_of(other))
    before = code_of(shift)
    shift.held_on = date(2026, 12, 1)
    assert not fits(shift, before)
    assert not fits(shift, "")


def test_scanning_leads_to_one_button_and_looking_checks_nobody_in(client: Client, duty: Duty, deputy: User) -> None:
    client.force_login(deputy)

    assert "我到了" in client.get(scanned(duty.shift)).content.decode()
    assert state(duty) == Duty.State.ON

    assert client.post(scanned(duty.shift)).status_code == 302
    assert state(duty) == Duty.State.CAME
    assert client.post(scanned(duty.shift)).status_code == 302
    assert Event.objects.filter(kind="stations.came").count() == 1


def test_where_the_address_lost_its_code_it_is_typed(client: Client, duty: Duty, deputy: User) -> None:
    client.force_login(deputy)
    bare = scanned(duty.shift).split("?")[0]

    assert 'name="code"' in client.get(bare).content.decode()
    assert 'name="code"' not in client.get(scanned(duty.shift)).content.decode()
    assert client.post(bare).status_code == 422
    assert client.post(bare, {"code": grouped(duty.shift)}).status_code == 302
    assert state(duty) == Duty.State.CAME


def test_another_code_is_refused_in_words(client: Client, duty: Duty, deputy: User, station: Station) -> None:
    client.force_login(deputy)
    other = make_shift(station, on=today() + timedelta(days=1))

    answer = client.post(scanned(duty.shift, code_of(other)))

    assert answer.status_code == 422
    assert "不是今天这里的" in answer.content.decode()
    assert state(duty) == Duty.State.ON


def test_before_its_day_nobody_can_check_in(client: Client, duty: Duty, deputy: User) -> None:
    client.force_login(deputy)
    Shift.objects.update(held_on=today() + timedelta(days=1))
    duty.refresh_from_db()
    duty.shift.refresh_from_db()

    answer = client.post(scanned(duty.shift))

    assert answer.status_code == 422
    assert "到那天才能签到" in answer.content.decode()


def test_after_its_day_the_code_opens_nothing_and_the_keeper_ticks(
    client: Client, duty: Duty, deputy: User, keeper: User
) -> None:
    Shift.objects.update(held_on=today() - timedelta(days=1))
    duty.shift.refresh_from_db()
    client.force_login(deputy)

    for answer in (
        client.post(scanned(duty.shift)),
        client.post(reverse("stations:own_act", args=[duty.pk, "here"]), {"code": code_of(duty.shift)}),
    ):
        assert answer.status_code == 422
        assert "请管理员代签" in answer.content.decode()
    assert state(duty) == Duty.State.ON

    client.force_login(keeper)
    assert client.post(reverse("stations:duty_act", args=[duty.pk, "came"])).status_code == 302
    assert state(duty) == Duty.State.CAME


def test_who_was_excused_by_one_mandate_and_sits_there_by_another_checks_in(
    client: Client, duty: Duty, deputy: User
) -> None:
    person, shift = duty.mandate.person, duty.shift
    upper = make_mandate(make_congress(shift.station.region), person)
    shift.excuse(duty, "出差", by=None, at=now())
    other = shift.roster(upper, by=None, at=now())
    client.force_login(deputy)

    assert client.post(scanned(shift)).status_code == 302

    assert state(other) == Duty.State.CAME


def test_without_a_scanner_the_code_is_typed(client: Client, duty: Duty, deputy: User) -> None:
    client.force_login(deputy)
    address = reverse("stations:own_act", args=[duty.pk, "here"])

    assert client.post(address, {"code": "AAAA AAAA"}).status_code == 422
    assert client.post(address, {"code": grouped(duty.shift).lower()}).status_code == 302
    assert state(duty) == Duty.State.CAME


def test_another_deputy_does_not_see_the_turn(client: Client, duty: Duty, congress: Body) -> None:
    other = make_user("谭秋实")
    make_grant(other, "deputy", Grant.Scope.BODY, congress.pk)
    client.force_login(other)
    assert client.get(scanned(duty.shift)).status_code == 404
    assert client.get(reverse("stations:own_act", args=[duty.pk, "here"])).status_code == 404


def test_the_keeper_prints_the_sheet_and_ticks_who_has_no_phone(client: Client, duty: Duty, keeper: User) -> None:
    client.force_login(keeper)
    page = client.get(reverse("stations:sheet", args=[duty.shift_id])).content.decode()
    assert grouped(duty.shift) in page
    assert "data:image/svg" in page
    assert "代签到" in client.get(duty.shift.get_absolute_url()).content.decode()

    assert client.post(reverse("stations:duty_act", args=[duty.pk, "came"])).status_code == 302
    assert state(duty) == Duty.State.CAME
    assert client.post(reverse("stations:shift_act", args=[duty.shift_id, "close"])).status_code == 302
    assert "接待过了" in client.get(duty.shift.get_absolute_url()).content.decode()


def test_the_keeper_sees_the_rota_and_the_next_in_turn_first(
    client: Client, duty: Duty, keeper: User, congress: Body
) -> None:
    client.force_login(keeper)
    free = make_mandate(congress, make_person("向晚亭"))
    duty.shift.station.post(free, on=OPENED_ON, by=None, at=now())
    page = client.get("/desk/rota/").content.decode()
    assert "罗青禾" in page
    assert "缺1位" in page

    swap = reverse("stations:duty_act", args=[duty.pk, "swap"])
    assert "向晚亭 · 还没有轮到过" in client.get(swap).content.decode()
    assert client.post(swap, {"mandate": free.pk, "reason": ""}).status_code == 422
    assert client.post(swap, {"mandate": free.pk, "reason": "出差"}).status_code == 302
    assert "换下" in client.get(duty.shift.get_absolute_url()).content.decode()


def test_a_deputy_sees_with_whom(client: Client, duty: Duty, deputy: User, congress: Body) -> None:
    duty.shift.roster(make_mandate(congress, make_person("向晚亭")), by=None, at=now())
    client.force_login(deputy)
    page = client.get("/me/shifts/").content.decode()
    assert "一起值班" in page
    assert "向晚亭" in page


def test_a_deputy_asks_to_be_replaced_and_the_keeper_sees_it(
    client: Client, duty: Duty, deputy: User, keeper: User
) -> None:
    client.force_login(deputy)
    assert client.post(reverse("stations:own_act", args=[duty.pk, "ask"]), {"reason": "出差"}).status_code == 302
    assert "等管理员" in client.get("/me/shifts/").content.decode()

    client.force_login(keeper)
    assert "想换班" in client.get("/desk/rota/").content.decode()
    assert "出差" in client.get(duty.shift.get_absolute_url()).content.decode()


def test_who_asked_to_be_replaced_waits_for_the_keeper(client: Client, duty: Duty, keeper: User) -> None:
    client.force_login(keeper)
    assert wanting_off(keeper) is None

    duty.shift.ask_off(duty, "出差", by=None, at=now())

    found = wanting_off(keeper)
    assert found
    assert (found.title, found.href) == ("1位代表申请换班", duty.shift.get_absolute_url())
    assert "1位代表申请换班" in client.get("/desk/").content.decode()
    assert wanting_off(make_user("旁人")) is None
    duty.shift.excuse(duty, "出差", by=None, at=now())
    assert wanting_off(keeper) is None


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", ""])
def test_a_month_that_no_calendar_turns_to_is_this_month(client: Client, duty: Duty, keeper: User, month: str) -> None:
    client.force_login(keeper)
    answer = client.get(f"/desk/rota/?month={month}")
    assert answer.status_code == 200
    assert f"{today().year}年{today().month}月" in answer.content.decode()
