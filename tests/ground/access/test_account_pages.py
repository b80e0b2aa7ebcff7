"""The own account: ways to sign in, devices, and what one may do."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from lianxin.ground.access.models import User
from lianxin.ground.access.policy import action
from lianxin.ground.access.sessions import device_name
from lianxin.ground.core.ids import new_id
from tests.ground.access.builders import PASSWORD, make_grant, make_user

pytestmark = pytest.mark.django_db
ACCOUNT = "/accounts/"


def browser_of(user, agent="Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537"):
    browser = Client(HTTP_USER_AGENT=agent)
    browser.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return browser


def test_the_account_says_what_one_may_do(platform):
    user = make_user("罗青禾")
    make_grant(user, "leader", "place", new_id())
    page = browser_of(user).get(ACCOUNT).content.decode()
    assert "领导" in page
    assert str(action("desks.enter_lead").label) in page


def test_whoever_has_no_grant_reads_whom_to_ask(platform):
    assert "请找本单位的安全管理员" in browser_of(make_user()).get(ACCOUNT).content.decode()


def test_every_device_is_listed_and_can_be_signed_out(platform):
    user = make_user()
    here, there = browser_of(user), browser_of(user, "Mozilla/5.0 (Android 13) MicroMessenger/8 Chrome/98")
    page = here.get(ACCOUNT)
    assert [(device.name, device.is_this) for device in page.context["devices"]] == [
        ("Windows上的Chrome", True),
        ("Android上的微信", False),
    ]
    other = page.context["devices"][1].session
    here.post(reverse("access:end_session", args=[other.pk]))
    assert there.get(ACCOUNT).status_code == 302
    assert here.get(ACCOUNT).status_code == 200


def test_all_other_devices_are_signed_out_at_once(platform):
    user = make_user()
    here, *others = (browser_of(user) for _ in range(3))
    here.post(reverse("access:end_other_sessions"))
    assert [browser.get(ACCOUNT).status_code for browser in (here, *others)] == [200, 302, 302]


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("127.0.0.1:8123", 'href="http://localhost:8123/accounts/"'),
        ("[::1]:8123", 'href="http://localhost:8123/accounts/"'),
        ("192.168.1.7:8123", "请用单位的正式网址打开"),
        ("lianxin.example.gov.cn", "请用单位的正式网址打开"),
        ("localhost:8123", 'href="/accounts/2fa/passkeys/add/"'),
    ],
)
def test_where_passkeys_do_not_work_the_page_says_where_they_do(as_user, platform, settings, host, said):
    settings.ALLOWED_HOSTS = ["*"]
    browser = as_user(make_user())
    assert said in browser.get(ACCOUNT, HTTP_HOST=host).content.decode()


def test_nobody_signs_out_somebody_else(platform):
    victim, stranger = make_user(), make_user()
    theirs = browser_of(victim)
    session = UserSession.objects.get(user=victim)
    assert browser_of(stranger).post(reverse("access:end_session", args=[session.pk])).status_code == 404
    assert theirs.get(ACCOUNT).status_code == 200


def test_a_changed_password_signs_out_the_other_devices(platform):
    user = make_user()
    here, there = browser_of(user), browser_of(user)
    new = "后来又换的一句长一点的话"
    answer = here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer["Location"] == ACCOUNT
    assert User.objects.get(pk=user.pk).check_password(new)
    assert there.get(ACCOUNT).status_code == 302
    assert here.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize(
    ("old", "first", "second", "said"),
    [
        ("不是", "新的一句够长的话啊啊", "新的一句够长的话啊啊", "现在的密码不对"),
        (PASSWORD, "太短", "太短", "至少要10个字符"),
        (PASSWORD, "新的一句够长的话啊啊", "另外一句够长的话啊啊", "两次写的不一样"),
    ],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_bad_one(platform, old, first, second, said):
    user = make_user()
    answer = browser_of(user).post(
        "/accounts/password/change/", {"oldpassword": old, "password1": first, "password2": second}
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_somebody_at_an_open_screen_does_not_guess_the_old_password(platform):
    user = make_user()
    browser, new = browser_of(user), "新的一句够长的话啊啊"
    for old in ["猜的"] * 5 + [PASSWORD]:
        last = browser.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": new})
    assert "次数太多了" in last.content.decode()
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_the_account_takes_signing_in(client, platform):
    assert client.get(ACCOUNT)["Location"] == "/accounts/login/?next=/accounts/"


def test_the_last_passkey_stays_where_there_is_no_password(as_user, platform):
    user = make_user(password=None)
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "办公室电脑"})
    answer = as_user(user).post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert answer["Location"] == "/accounts/password/set/"
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604", "iPhone上的Safari"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120) Firefox/120", "Linux上的Firefox"),
        ("curl/8", "认不出的设备"),
        ("", "认不出的设备"),
    ],
)
def test_a_device_is_called_as_a_person_would(agent, name):
    assert device_name(agent) == name
