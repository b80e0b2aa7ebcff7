"""Sign-ins without a secret exist only where all people are made up."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lianxin.ground.access.actions import NewGrant
from lianxin.ground.access.demo import PASSWORD, demo_sign_ins, demo_user
from lianxin.ground.access.errors import NotADemo
from lianxin.ground.access.models import Hit, User
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Platform
from tests.ground.access.builders import make_platform, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db):
    return make_platform(is_demo=True)


def no_demo_any_more():
    Platform.objects.update(is_demo=False)
    Platform.forget()


def test_a_made_up_person_signs_in_by_one_tap(client, demo):
    demo_user("章谷雨", "bangong", NewGrant("system"), at=now())
    page = client.get("/accounts/login/").content.decode()
    assert "章谷雨" in page
    assert "系统管理员（整个平台）" in page
    assert client.post("/accounts/demo/", {"username": "bangong"})["Location"] == "/desk/"


def test_everybody_of_a_demo_is_listed_with_the_password_that_works(client, demo):
    demo_user("章谷雨", "bangong", at=now())
    (one,) = demo_sign_ins()
    client.post("/accounts/login/", {"login": one.user.username, "password": one.password})
    assert client.session["_auth_user_id"] == str(one.user.pk)
    assert one.password == PASSWORD


def test_a_real_platform_makes_no_made_up_person(platform):
    with pytest.raises(NotADemo):
        demo_user("章谷雨", "bangong", at=now())
    assert not User.objects.exists()


def test_what_came_from_a_demo_opens_nothing_on_a_real_platform(client, demo):
    demo_user("章谷雨", "bangong", at=now())
    no_demo_any_more()
    assert demo_sign_ins() == []
    assert "章谷雨" not in client.get("/accounts/login/").content.decode()
    assert client.post("/accounts/demo/", {"username": "bangong"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_one_tap_opens_nobody_who_is_not_made_up(client, demo):
    real = make_user("真的人")
    assert client.post("/accounts/demo/", {"username": real.username}).status_code == 404
    assert client.post("/accounts/demo/", {}).status_code == 404


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        (
            "/accounts/password/change/",
            {"oldpassword": PASSWORD, "password1": "换一句别的话试试看", "password2": "换一句别的话试试看"},
        ),
        ("/accounts/2fa/totp/activate/", {"code": "000000"}),
        ("/accounts/2fa/passkeys/add/", {"name": "别人的手机", "credential": "{}"}),
    ],
)
def test_nobody_changes_the_lock_of_a_sign_in_that_everybody_shares(client, demo, address, sent):
    user = demo_user("章谷雨", "bangong", at=now())
    client.post("/accounts/login/", {"login": "bangong", "password": PASSWORD})
    refused = client.post(address, sent)
    assert refused.status_code == 409
    assert "大家共用的演示登录" in refused.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not Authenticator.objects.exists()


def test_one_tap_is_limited_and_far_above_what_a_room_of_visitors_needs(client, demo):
    demo_user("章谷雨", "bangong", at=now())
    key = salted_hmac("lianxin.limits.access.demo", "127.0.0.1", algorithm="sha256").hexdigest()
    Hit.objects.bulk_create([Hit(key=key, at=timezone.now()) for _ in range(599)])
    assert client.post("/accounts/demo/", {"username": "bangong"}).status_code == 302
    client.logout()
    refused = client.post("/accounts/demo/", {"username": "bangong"})
    assert refused.status_code == 429
    assert "请60分钟以后再试" in refused.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_link_cannot_sign_anybody_in(client, demo):
    assert client.get("/accounts/demo/?username=bangong").status_code == 405
