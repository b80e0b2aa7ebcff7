"""Whose role asks for a second step sets one up before anything else."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from lianxin.ground.access import answering
from lianxin.ground.access.actions import NewGrant, accept, grant, invite
from lianxin.ground.access.demo import demo_user
from lianxin.ground.access.models import Invitation, User
from lianxin.ground.core.clock import now
from tests.ground.access.builders import PASSWORD, make_platform, make_second_step, make_user
from tests.ground.access.test_second_step import code_of

pytestmark = pytest.mark.django_db
OFFICES = ("system", "security", "audit")
STEP = "/accounts/second-step/"


def administrator(role="system", name="邬系统"):
    """Somebody who has just been made one, with a password alone."""
    user = make_user(name)
    grant(user, NewGrant(role), by=None, at=now())
    return user


def sign_in(client, user):
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})


@pytest.mark.parametrize("role", OFFICES)
@pytest.mark.parametrize("path", ["/", "/desk/", "/desk/staff/", "/desk/record/", "/accounts/", "/people/"])
def test_an_administrator_with_a_password_alone_is_led_to_the_second_step(client, platform, role, path):
    sign_in(client, administrator(role))
    assert client.get(path)["Location"] == STEP


def test_the_page_says_why_and_leads_on(client, platform):
    sign_in(client, administrator("security"))
    page = client.get(STEP).content.decode()
    assert "您是安全管理员" in page
    assert f'href="{reverse("mfa_activate_totp")}"' in page
    assert f'action="{reverse("account_logout")}"' in page


def test_nothing_that_is_sent_is_done_before(client, platform):
    sign_in(client, administrator())
    assert client.post("/desk/staff/invite/", {"name": "罗青禾", "username": "luoqinghe"})["Location"] == STEP
    assert not User.objects.filter(username="luoqinghe").exists()


def test_the_invited_administrator_comes_in_sets_it_up_and_goes_to_work(client, platform):
    user, code = invite("邬系统", "wuxitong", [NewGrant("system")], by=None, at=now())
    accept(Invitation.of_code(code, at=now()), password=PASSWORD, at=now())
    sign_in(client, user)
    assert client.get("/desk/")["Location"] == STEP
    asked = client.get("/accounts/2fa/totp/activate/")["Location"]
    client.post(asked, {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(page.context["form"].secret)})
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert client.get("/desk/").status_code == 200
    assert client.get(STEP)["Location"] == "/accounts/"


def test_a_passkey_is_enough(client, platform):
    user = administrator()
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "办公室电脑"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/desk/").status_code == 200


def test_recovery_codes_alone_are_not(client, platform):
    user = administrator()
    Authenticator.objects.create(user=user, type="recovery_codes", data={})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/desk/")["Location"] == STEP


def test_whoever_closes_it_is_led_back_to_it(client, platform):
    user = administrator()
    make_second_step(user)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/desk/").status_code == 200
    Authenticator.objects.filter(user=user).delete()
    assert client.get("/desk/")["Location"] == STEP


def test_other_roles_are_not_asked_unless_the_preset_asks_them(client, clerk, monkeypatch):
    sign_in(client, clerk)
    assert client.get("/desk/").status_code == 200
    rules = answering.roles()
    asking = rules.roles["office_clerk"].model_copy(update={"needs_second_step": True})
    asked = rules.model_copy(update={"roles": {**rules.roles, "office_clerk": asking}})
    monkeypatch.setattr(answering, "roles", lambda: asked)
    assert client.get("/desk/")["Location"] == STEP


def test_made_up_people_whose_password_everybody_knows_are_not_asked(client, db):
    make_platform(is_demo=True)
    demo_user("苗清和", "xitong", NewGrant("system"), at=now())
    client.post("/accounts/demo/", {"username": "xitong"})
    assert client.get("/desk/").status_code == 200
    client.logout()
    sign_in(client, administrator("audit"))
    assert client.get("/desk/")["Location"] == STEP


def test_an_administrator_can_still_sign_out_and_choose_large_type(client, platform):
    sign_in(client, administrator())
    assert client.get("/preferences/").status_code == 200
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_who_needs_it_reads_what_closing_it_means(client, platform):
    user = administrator()
    secret = make_second_step(user)
    sign_in(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/deactivate/").content.decode()
    assert "要有第二道锁才能办事" in page
