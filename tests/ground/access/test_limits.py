"""How often something may be done, counted over all processes."""

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from lianxin.ground.access.errors import TooOften
from lianxin.ground.access.limits import limited, spend
from lianxin.ground.access.models import Hit

pytestmark = pytest.mark.django_db


@limited("tests.send", times=3, seconds=600)
def send(request):
    return HttpResponse("收到")


def post(address="10.0.0.1", **extra):
    return send(RequestFactory().post("/send/", REMOTE_ADDR=address, **extra))


def test_the_fourth_post_is_told_how_long_to_wait():
    assert [post().status_code for _ in range(3)] == [200, 200, 200]
    refused = post()
    assert refused.status_code == 429
    assert "请10分钟以后再试" in refused.content.decode()
    assert 595 <= int(refused["Retry-After"]) <= 601


def test_reading_costs_nothing():
    for _ in range(9):
        assert send(RequestFactory().get("/send/")).status_code == 200
    assert not Hit.objects.exists()


def test_another_address_has_its_own_count():
    for _ in range(3):
        post()
    assert post("10.0.0.2").status_code == 200


def test_a_forged_address_does_not_help():
    for number in range(3):
        post(HTTP_X_FORWARDED_FOR=f"1.1.1.{number}")
    assert post(HTTP_X_FORWARDED_FOR="1.1.1.9").status_code == 429


def test_the_window_slides(settings):
    start = timezone.now()
    for minute in (0, 4, 8):
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            spend("tests", "somebody", times=3, seconds=600)
    with time_machine.travel(start + timedelta(minutes=9), tick=False), pytest.raises(TooOften) as refused:
        spend("tests", "somebody", times=3, seconds=600)
    assert refused.value.seconds == 61
    with time_machine.travel(start + timedelta(minutes=10, seconds=2), tick=False):
        spend("tests", "somebody", times=3, seconds=600)


def test_trying_while_refused_does_not_prolong_the_wait():
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        spend("tests", "somebody", times=1, seconds=60)
    with time_machine.travel(start + timedelta(seconds=50), tick=False), pytest.raises(TooOften):
        spend("tests", "somebody", times=1, seconds=60)
    with time_machine.travel(start + timedelta(seconds=61), tick=False):
        spend("tests", "somebody", times=1, seconds=60)


def test_what_was_counted_names_nobody():
    spend("tests", "10.0.0.1", times=9, seconds=60)
    assert "10.0.0.1" not in Hit.objects.get().key


def test_the_page_of_signing_in_is_limited(client, platform, settings):
    settings.AXES_ENABLED = False
    codes = [client.post("/accounts/2fa/passkeys/login/", {}).status_code for _ in range(61)]
    assert (codes[59], codes[60]) == (302, 429)
