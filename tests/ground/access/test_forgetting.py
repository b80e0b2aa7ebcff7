"""What the door forgets each night, and what it keeps."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.test import Client
from django.utils import timezone

from lianxin.ground.access.actions import invite
from lianxin.ground.access.forgetting import forget
from lianxin.ground.access.limits import spend
from lianxin.ground.access.models import Hit, Invitation
from lianxin.ground.core.clock import now
from tests.ground.access.builders import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, platform):
    """Somebody who failed once and then signed in."""
    user = make_user()
    for password in ("错的", PASSWORD):
        client.post("/accounts/login/", {"login": user.username, "password": password})
    Client().post("/accounts/login/", {"login": "somebody-else", "password": "错的"})


def forget_after(**later):
    moment = timezone.now() + timedelta(**later)
    with time_machine.travel(moment, tick=False):
        forget(moment)


def test_half_a_year_of_sign_ins_is_kept_and_not_more(signed_in, settings):
    settings.LOG_DAYS = 180
    forget_after(days=179)
    assert (AccessLog.objects.count(), AccessFailureLog.objects.count()) == (1, 2)
    forget_after(days=181)
    assert (AccessLog.objects.count(), AccessFailureLog.objects.count()) == (0, 0)


def test_the_device_of_a_session_that_ran_out_goes(signed_in):
    forget_after(days=1)
    assert UserSession.objects.count() == 1
    forget_after(days=15)
    assert UserSession.objects.count() == 0


def test_failures_that_lock_nobody_any_more_go(signed_in):
    forget_after(minutes=14)
    assert AccessAttempt.objects.exists()
    forget_after(minutes=16)
    assert not AccessAttempt.objects.exists()


def test_an_invitation_that_can_still_be_used_stays(platform):
    invite("没来的", "meilai", by=None, at=now() - timedelta(days=8))
    _user, code = invite("要来的", "yaolai", by=None, at=now())
    forget(now())
    assert Invitation.objects.get() == Invitation.of_code(code, at=now())


def test_what_was_counted_is_forgotten_after_a_day():
    spend("tests", "somebody", times=9, seconds=60)
    forget_after(hours=23)
    assert Hit.objects.exists()
    forget_after(hours=25)
    assert not Hit.objects.exists()
