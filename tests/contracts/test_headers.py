"""What every answer tells the browser, and that no page carries code or style of its own."""

import re
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from tests.affairs.opinions.builders import Office
from tests.affairs.opinions.teller import Teller
from tests.contracts.cast import ROLES, make_cast
from tests.contracts.test_doors import table
from tests.contracts.test_templates import inline
from tests.ground.access.builders import PASSWORD, make_platform, make_user

FORBIDDEN = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "https:")
FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
HARMLESS = re.compile(r'action="/(preferences|find/own)/"')  # how pages are shown: kept in this browser alone
OTHERWISE = {"core:styleguide": {"X-Frame-Options": "SAMEORIGIN"}}  # shown within its own frame
ON_EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Page:
    """What one role got at one address; no body where it is no page."""

    name: str
    role: str
    headers: dict[str, str]
    body: str


_pages: list[Page] = []


@pytest.fixture
def pages(db):
    """Every page that somebody may read, by the last role that may. Read once, by the first test that asks."""
    if not _pages:
        _pages.extend(_read())
    assert len(_pages) > 40
    return _pages


def _read():
    cast, browser = make_cast(), Client()
    for (method, name), words in table().items():
        if method == "GET" and "ok" in words:
            role = ROLES[len(words) - 1 - words[::-1].index("ok")]
            browser.cookies.clear()
            browser.cookies.load(cast.cookies[role])
            answer = browser.get(reverse(name, kwargs=cast.things.get(name, {})))
            is_page = answer["Content-Type"].startswith("text/html")
            yield Page(name, role, dict(answer.items()), answer.content.decode() if is_page else "")


def test_every_answer_has_the_headers(pages):
    wrong = []
    for page in pages:
        expected = ON_EVERY_ANSWER | OTHERWISE.get(page.name, {})
        wrong += [f"{page.name}: {key}" for key, value in expected.items() if page.headers.get(key) != value]
        if "camera=(self)" not in page.headers["Permissions-Policy"]:
            wrong.append(f"{page.name}: Permissions-Policy")
    assert wrong == []


def test_every_page_forbids_code_from_elsewhere(pages):
    wrong = []
    for page in pages:
        told = policy(page)
        wrong += [f"{page.name}: {word}" for words in told.values() for word in words if word.strip("'") in FORBIDDEN]
        wrong += [f"{page.name}: no {name}" for name in ("script-src", "style-src", "object-src") if not told[name]]
    assert wrong == []


def policy(page):
    """The content security policy: words by directive."""
    told = [part.split() for part in page.headers["Content-Security-Policy"].split(";")]
    return {directive: words for directive, *words in told}


def test_no_page_carries_code_or_style(pages):
    assert [f"{page.name}: {tag}" for page in pages for tag in inline(page.body)] == []


def test_what_somebody_signed_in_reads_is_stored_nowhere(pages):
    theirs = [page for page in pages if page.role != "anonymous"]
    assert [page.name for page in theirs if "no-store" not in page.headers.get("Cache-Control", "")] == []


def test_every_form_that_posts_to_us_carries_its_token(pages):
    forms = [(page.name, form) for page in pages for form in FORM.findall(page.body)]
    assert len(forms) > 20
    assert [name for name, form in forms if "csrfmiddlewaretoken" not in form and not HARMLESS.search(form)] == []


@pytest.mark.django_db
def test_a_post_without_its_token_is_refused(client):
    make_platform()
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x", "password": "y"})
    assert answer.status_code == 403


@pytest.mark.django_db
def test_over_tls_the_browser_is_told_to_stay_with_it_unless_it_is_this_computer(settings, client):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.ALLOWED_HOSTS = ["*"]
    told = Client().get("/accounts/login/", secure=True, HTTP_HOST="lianxin.example.gov.cn")
    assert told["Strict-Transport-Security"] == "max-age=31536000"
    for host in ("localhost:8000", "192.168.1.7:8443", "office.local"):
        assert "Strict-Transport-Security" not in Client().get("/accounts/login/", secure=True, HTTP_HOST=host)


@pytest.mark.django_db
def test_cookies_stay_with_us(client):
    make_platform()
    user = make_user()
    answer = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    cookie = answer.cookies["lianxin_session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_no_page_but_the_one_that_records_may_use_the_microphone(pages):
    assert [page.name for page in pages if "microphone=()" not in page.headers["Permissions-Policy"]] == []
    teller = Teller(Client(), Office())
    teller.post()
    answer = teller.get("what")
    assert answer.status_code == 200
    assert "microphone=(self)" in answer["Permissions-Policy"]
    assert "media-src 'self' blob:" in answer["Content-Security-Policy"]
