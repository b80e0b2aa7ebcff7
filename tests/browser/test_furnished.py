"""Every page of a furnished platform keeps nobody out: by what axe finds, by keyboard, and on a phone."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from lianxin.ground.access.actions import invite
from lianxin.ground.core.clock import now
from tests.browser.conftest import PHONE, Visit
from tests.browser.furnished import ROLES, address, furnish, just_proved, pages_of
from tests.browser.test_accessibility import ASIDE, MODES, axe, grave  # noqa: F401 a fixture
from tests.browser.test_keyboard import lost, walk
from tests.contracts.cast import Cast
from tests.ground.access.builders import PASSWORD, make_second_step, make_user

LOOKERS = [role for role in ROLES if pages_of(role)]
IN_OTHER_DRESS = {
    "anonymous": ["publishing:standing", "stations:station", "people:person", "people:body"],
    "office_clerk": ["people:district", "people:amend", "people:roster_upload"],
    "security": ["access:grant"],
    "audit": ["access:record"],
}
SECOND_STEP = {
    "new administrator": ["access:second_step", "mfa_activate_totp", "mfa_add_webauthn"],
    "system": ["mfa_generate_recovery_codes", "mfa_deactivate_totp"],
}
STRANGE = """() => [...document.querySelectorAll('[role=button], [role=link], [role=tab], [tabindex]')]
  .filter(e => !e.matches('a[href], button, input, select, textarea, summary, [tabindex="-1"]'))
  .map(e => e.outerHTML.slice(0, 120))"""  # neither Enter nor the space bar would act there


@pytest.fixture
def cast(live_server: Any, settings: Any, tmp_path: Path) -> Cast:
    """A furnished platform."""
    settings.MEDIA_ROOT = tmp_path
    return furnish(tmp_path)


@pytest.fixture
def tour(cast: Cast, chromium: Browser, live_server: Any) -> Iterator[Any]:
    """`tour(role)`: a phone on which this role is signed in; at the end no page may have complained."""
    visits: list[Visit] = []

    def start(role: str, **cookies: str) -> Visit:
        visits.append(Visit(chromium, live_server.url, viewport=PHONE, **ASIDE))
        signed_in = SimpleCookie(cast.cookies[role])
        return visits[-1].keep(**cookies, **{name: morsel.value for name, morsel in signed_in.items()})

    yield start
    complaints = [text for one in visits for text in one.complaints]
    for one in visits:
        one.context.close()
    assert complaints == []


def seen(page: Page, axe: str) -> list[str]:  # noqa: F811 what the fixture gives
    """What keeps out of this page who looks at it on a phone."""
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return ([f"runs {over} px off the side"] if over > 0 else []) + grave(page, axe)


def felt(page: Page) -> list[str]:
    """What keeps out of this page who has a keyboard alone."""
    return [f"no control: {tag}" for tag in page.evaluate(STRANGE)] + lost(*walk(page))


def faults(one: Visit, path: str, axe: str) -> list[str]:  # noqa: F811 what the fixture gives
    """What is wrong with the page at this path, which must be the one that was asked for."""
    page = one.go_on(path)
    if page.locator("[hx-trigger=load]").count():
        page.wait_for_load_state("networkidle")  # what it loads by itself has come
    found = felt(page) + seen(page, axe)
    elsewhere = [f"led to {page.url}"] if page.url != one.address + path else []
    return elsewhere + found


@pytest.mark.parametrize("role", LOOKERS)
def test_every_page_keeps_nobody_out(cast: Cast, tour: Any, axe: str, role: str) -> None:  # noqa: F811 the fixture
    one = tour(role)
    wrong = {name: faults(one, address(cast, name), axe) for name in pages_of(role)}
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("mode", ["dark", "large"])
def test_full_pages_keep_nobody_out_in_other_dress(cast: Cast, tour: Any, axe: str, mode: str) -> None:  # noqa: F811
    wrong = {}
    for role, names in IN_OTHER_DRESS.items():
        one = tour(role, **MODES[mode])
        wrong |= {name: seen(one.go_on(address(cast, name)), axe) for name in names}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_setting_up_the_second_step_keeps_nobody_out(cast: Cast, tour: Any, axe: str) -> None:  # noqa: F811
    wrong = {}
    for role, names in SECOND_STEP.items():
        just_proved(cast.cookies[role])
        one = tour(role)
        wrong |= {name: faults(one, reverse(name), axe) for name in names}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_coming_in_keeps_nobody_out(tour: Any, axe: str) -> None:  # noqa: F811
    make_second_step(user := make_user())
    page = tour("anonymous").open("/accounts/login/")
    page.get_by_label("登录名").fill(user.username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("第二步：证明是您本人")
    assert felt(page) + seen(page, axe) == []

    _user, code = invite("新来的", "xinlai", by=None, at=now())
    page = tour("anonymous").open(f"/invitation/#{code}")
    expect(page).to_have_url(f"{page.url.split('/invitation/')[0]}/invitation/accept/")
    assert felt(page) + seen(page, axe) == []


def test_enter_and_the_space_bar_act(cast: Cast, tour: Any) -> None:
    page = tour("anonymous").open(address(cast, "publishing:standing"))
    level = page.locator("main details").first
    was_open = level.evaluate("e => e.open")
    level.locator("> summary").focus()
    for is_open in (not was_open, was_open):
        page.keyboard.press("Space")
        assert level.evaluate("e => e.open") is is_open

    page.locator("main a[href^='/people/']:visible").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/people/" in page.url


def test_what_runs_off_the_side_or_is_no_control_is_found(cast: Cast, tour: Any, axe: str) -> None:  # noqa: F811
    page = tour("anonymous").open("/preferences/")
    page.evaluate("document.querySelector('main').innerHTML = '<p tabindex=0>长</p>'")
    page.evaluate("document.querySelector('main p').style.width = '500px'")
    assert any("off the side" in fault for fault in seen(page, axe))
    assert any("no control" in fault for fault in felt(page))
