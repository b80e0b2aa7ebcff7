"""A real Chromium in front of a real server. Pages that complain on the console fail their test."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from lianxin.doors.desks.doors import DOORS
from lianxin.ground.access.models import Grant, User
from lianxin.ground.access.rules import RoleRules
from lianxin.ground.core.clock import today
from lianxin.ground.core.ids import new_id
from lianxin.ground.rulebook import in_force
from tests.ground.access import builders

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop runs in the thread of the test

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = "Browser tests need Chromium. Install it as root: apt-get install -y chromium fonts-noto-cjk"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"]
FLAGS += [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]  # a microphone that beeps, and is allowed
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
NOT_OURS = ("Permissions-Policy header",)  # the browser's own remarks on features it does not have


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the session; without one the tests fail, and say what installs it."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if not found:
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def server(live_server: Any) -> Any:
    """The product, with made-up people, served over HTTP."""
    builders.make_platform(is_demo=True)
    return live_server


@pytest.fixture
def everybody(server: Any) -> User:
    """Somebody who may enter every door; in a real office nobody does."""
    user = builders.make_user("罗青禾")
    roles = in_force(today()).section(RoleRules).roles
    for role in ("deputy", "office_clerk", "unit_clerk", "leader"):
        kind = roles[role].scope
        scope = None if kind == Grant.Scope.PLATFORM else new_id()
        Grant.objects.create(user=user, role=role, scope_kind=kind, scope_id=scope, starts_on=today())
    return get_user_model().objects.get(pk=user.pk)


class Visit:
    """A browser of its own, from whose pages every complaint is kept."""

    def __init__(self, chromium: Browser, address: str, **options: Any):
        self.address = address
        self.context = chromium.new_context(**{"viewport": DESK, "locale": "zh-CN"} | options)
        self.complaints: list[str] = []
        self.tab: Page | None = None

    def keep(self, **cookies: str) -> "Visit":
        """Come with these cookies."""
        self.context.add_cookies([{"name": n, "value": v, "url": self.address} for n, v in cookies.items()])
        return self

    def sign_in(self, user: User) -> "Visit":
        """Be this person from now on."""
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return self.keep(**{name: morsel.value for name, morsel in client.cookies.items()})

    def open(self, path: str) -> Page:
        """The page at this path, loaded."""
        page = self._new_tab()
        page.goto(self.address + path, wait_until="load")
        return page

    def go_on(self, path: str) -> Page:
        """The page at this path, loaded in the tab of the page before: a new tab is a new process of the browser."""
        self.tab = self.tab or self._new_tab()
        self.tab.goto(self.address + path, wait_until="load")
        return self.tab

    def _new_tab(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self._hear("error", str(error)))
        return page

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(part in text for part in NOT_OURS):
            self.complaints.append(text)


@pytest.fixture
def visit(chromium: Browser, server: Any) -> Iterator[Any]:
    """`visit(viewport=PHONE).open("/")`: a new browser; at the end of the test no page may have complained."""
    visits: list[Visit] = []

    def start(**options: Any) -> Visit:
        visits.append(Visit(chromium, server.url, **options))
        return visits[-1]

    yield start
    complaints = [text for one in visits for text in one.complaints]
    for one in visits:
        one.context.close()
    assert complaints == []


OPEN_PAGES = ["/", "/find/", "/stations/", "/people/", "/styleguide/", "/preferences/", "/accounts/login/"]
DOOR_PAGES = [door.path for door in DOORS]
