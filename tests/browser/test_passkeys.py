"""Passkeys in a real browser, with an authenticator that Chromium plays."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Browser, CDPSession, Page, expect

from lianxin.ground.access.actions import NewGrant, grant, invite
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from tests.ground.access.builders import PASSWORD, make_platform, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOUCHED = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A browser that nobody used before. What its console complains of fails the test."""
    complaints: list[str] = []
    context = chromium.new_context(locale="zh-CN")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert [said for said in complaints if "status of 4" not in said] == []  # 422 and 429 are answers, not mistakes


@pytest.fixture
def device(page: Page) -> CDPSession:
    """An authenticator in the browser that says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCHED})
    return session


@pytest.fixture
def site(live_server) -> str:
    make_platform()
    return live_server.url


def sign_in(page: Page, site: str, user: User) -> None:
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("登录名").fill(user.username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def sign_out(page: Page, site: str) -> None:
    page.goto(f"{site}/accounts/logout/")
    page.locator("main").get_by_role("button", name="退出").click()
    expect(page).to_have_url(f"{site}/accounts/login/")


def test_an_administrator_is_led_to_a_passkey_and_signs_in_by_it_alone(page, site, device):
    user = make_user("邬系统")
    grant(user, NewGrant("system"), by=None, at=now())
    sign_in(page, site, user)
    expect(page).to_have_url(f"{site}/accounts/second-step/")
    page.get_by_role("link", name="通行密钥").click()
    page.get_by_label("密码", exact=True).fill(PASSWORD)  # asked once more before something that matters
    page.get_by_role("button", name="是我").click()
    page.get_by_label("给它起个名").fill("办公室电脑")
    page.get_by_role("button", name="让这台设备做一把").click()
    expect(page).to_have_url(f"{site}/accounts/2fa/recovery-codes/")
    expect(page.locator(".codes li")).to_have_count(10)
    assert Authenticator.objects.get(user=user, type="webauthn").wrap().name == "办公室电脑"
    assert Event.objects.filter(kind="access.ways_changed", subject_id=user.pk).count() == 1

    sign_out(page, site)
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page).to_have_url(f"{site}/desk/")


def test_opened_by_digits_the_page_leads_to_where_passkeys_work(page, site, device):
    user = make_user()
    by_digits = site.replace("localhost", "127.0.0.1")
    sign_in(page, by_digits, user)
    expect(page).to_have_url(f"{by_digits}/accounts/")
    expect(page.get_by_role("link", name="添加")).to_have_count(0)
    page.get_by_role("link", name=f"{site}/accounts/").click()
    page.get_by_label("登录名").fill(user.username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("link", name="添加").click()
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="是我").click()
    page.get_by_role("button", name="让这台设备做一把").click()
    expect(page.locator(".codes li")).to_have_count(10)


def test_the_invited_come_in_by_a_passkey_and_never_set_a_password(page, site, device):
    user, code = invite("新来的", "xinlai", by=None, at=now())
    page.goto(f"{site}/invitation/#{code}")
    expect(page).to_have_url(f"{site}/invitation/accept/")
    page.get_by_role("button", name="用通行密钥开通").click()
    expect(page).to_have_url(f"{site}{reverse('access:account')}")
    user.refresh_from_db()
    assert (user.has_usable_password(), bool(user.joined_at)) == (False, True)

    sign_out(page, site)
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page).to_have_url(f"{site}{reverse('access:account')}")


def test_a_password_alone_is_not_enough_where_a_passkey_was_added(page, site, device):
    user, code = invite("新来的", "xinlai", by=None, at=now())
    page.goto(f"{site}/invitation/#{code}")
    page.get_by_role("button", name="用通行密钥开通").click()
    expect(page).to_have_url(f"{site}{reverse('access:account')}")
    user.refresh_from_db()
    user.set_password(PASSWORD)
    user.save()
    page.context.clear_cookies()
    sign_in(page, site, user)
    expect(page.get_by_role("heading", level=1)).to_have_text("第二步：证明是您本人")
    page.get_by_role("button", name="用通行密钥").click()
    expect(page).to_have_url(f"{site}{reverse('access:account')}")


def test_a_passkey_of_nobody_is_told_and_the_password_still_works(page, site):
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCHED | {"isUserVerified": False}})
    page.goto(f"{site}/accounts/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("没有完成|没有办成"))
    user = make_user()
    sign_in(page, site, user)
    expect(page).to_have_url(f"{site}{reverse('access:account')}")


def test_without_scripts_the_code_is_typed_and_a_password_is_set(chromium, site):
    user, code = invite("新来的", "xinlai", by=None, at=now())
    context = chromium.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/invitation/#{code}")
    page.get_by_label("邀请码").fill(f"{site}/invitation/#{code}")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("button", name="用通行密钥开通")).to_be_hidden()
    page.get_by_label("您的姓名").fill("新来的人")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("再写一遍密码").fill(PASSWORD)
    page.get_by_role("button", name="设好密码，进去").click()
    expect(page).to_have_url(f"{site}{reverse('access:account')}")
    context.close()
    user.refresh_from_db()
    assert user.name == "新来的人"
