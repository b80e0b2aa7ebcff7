"""What every answer tells the browser, and that no page carries code or style of its own."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.cast import ROLES, make_cast
from tests.contracts.test_doors import table
from tests.contracts.test_templates import inline
from tests.ground.access.builders import PASSWORD, make_platform, make_user

pytestmark = pytest.mark.django_db

FORBIDDEN = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "https:")
FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
HARMLESS = 'action="/preferences/"'  # large type, light, language: kept in this browser alone
OTHERWISE = {"core:styleguide": {"X-Frame-Options": "SAMEORIGIN"}}  # shown within its own frame
ON_EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def pages():
    """One answer for every page that somebody may read: its name, who reads it, and the answer."""
    cast, browser = make_cast(), Client()

    def read():
        for (method, name), words in table().items():
            if method == "GET" and "ok" in words:
                role = ROLES[len(words) - 1 - words[::-1].index("ok")]
                browser.cookies.clear()
                browser.cookies.load(cast.cookies[role])
                yield name, role, browser.get(reverse(name, kwargs=cast.things.get(name, {})))

    return read


def test_every_answer_has_the_headers(pages):
    wrong, seen = [], 0
    for name, _role, answer in pages():
        seen += 1
        expected = ON_EVERY_ANSWER | OTHERWISE.get(name, {})
        wrong += [f"{name}: {key}: {answer.get(key)}" for key, value in expected.items() if answer.get(key) != value]
        if "camera=(self)" not in answer["Permissions-Policy"]:
            wrong.append(f"{name}: Permissions-Policy")
    assert wrong == []
    assert seen > 40


def test_every_page_forbids_code_from_elsewhere(pages):
    wrong = []
    for name, _role, answer in pages():
        told = policy(answer)
        wrong += [f"{name}: {word}" for words in told.values() for word in words if word.strip("'") in FORBIDDEN]
        wrong += [
            f"{name}: no {directive}" for directive in ("script-src", "style-src", "object-src") if not told[directive]
        ]
    assert wrong == []


def policy(answer):
    """The content security policy: words by directive."""
    told = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {directive: words for directive, *words in told}


def test_no_page_carries_code_or_style(pages):
    carried = []
    for name, _role, answer in pages():
        if answer["Content-Type"].startswith("text/html"):
            carried += [f"{name}: {tag}" for tag in inline(answer.content.decode())]
    assert carried == []


def test_what_somebody_signed_in_reads_is_stored_nowhere(pages):
    kept = [
        f"{name}: {answer.get('Cache-Control')}"
        for name, role, answer in pages()
        if role != "anonymous" and "no-store" not in answer.get("Cache-Control", "")
    ]
    assert kept == []


def test_every_form_that_posts_to_us_carries_its_token(pages):
    bare = []
    for name, _role, answer in pages():
        forms = FORM.findall(answer.content.decode()) if answer["Content-Type"].startswith("text/html") else []
        bare += [f"{name}: {form[:80]}" for form in forms if "csrfmiddlewaretoken" not in form and HARMLESS not in form]
    assert bare == []


def test_a_post_without_its_token_is_refused(client):
    make_platform()
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x", "password": "y"})
    assert answer.status_code == 403


def test_over_tls_the_browser_is_told_to_stay_with_it_unless_it_is_this_computer(settings, client):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.ALLOWED_HOSTS = ["*"]
    told = Client().get("/accounts/login/", secure=True, HTTP_HOST="lianxin.example.gov.cn")
    assert told["Strict-Transport-Security"] == "max-age=31536000"
    for host in ("localhost:8000", "192.168.1.7:8443", "office.local"):
        assert "Strict-Transport-Security" not in Client().get("/accounts/login/", secure=True, HTTP_HOST=host)


def test_cookies_stay_with_us(client):
    make_platform()
    user = make_user()
    answer = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    cookie = answer.cookies["lianxin_session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
