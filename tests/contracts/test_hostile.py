"""Nothing that is sent to a form or asked of an address breaks it: each answer is a page with words, and keeps what was typed."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.contracts.cast import Cast, make_cast
from tests.contracts.hostile.harvest import Found, Kind, harvest
from tests.contracts.hostile.pages import TYPED, Page
from tests.contracts.hostile.sending import BROKEN_BODIES, Sent, bodies, queries
from tests.contracts.test_doors import table

pytestmark = pytest.mark.django_db
LETTERS, QUESTIONS = 8, 3  # to each form, and of each page
PARTS = ("tell", "follow", "desk", "unit", "me", "places", "accounts", "")  # how addresses begin; the rest is ""
DRAWN = settings(phases=(Phase.explicit, Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck))
BROWSER = Client(headers={"host": "localhost"})  # where passkeys work; what a view does not catch fails the test
MISTAKES = ('role="alert"', 'class="oops"', 'class="empty')  # how a page marks what is wrong
REFUSALS = (400, 401, 403, 404, 405, 409, 413, 422, 429)


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[tuple[Cast, Found]]:
    """Everybody and everything, and every form that they find; made once and taken back."""
    taken_back = transaction.atomic()
    taken_back._from_testcase = True  # type: ignore[attr-defined]  # as Django marks its own: durable blocks may begin inside
    with django_db_blocker.unblock(), override_settings(SENDS_MAIL=True, SMS="file:", WECHAT="file:"), taken_back:
        cast = make_cast()
        yield cast, harvest(cast)
        transaction.set_rollback(True)


def ids_of(cast: Cast) -> tuple[str, ...]:
    """The ids of things of every kind, some of them not of one's own."""
    told = {name: thing["pk"] for name, thing in cast.things.items() if "pk" in thing}
    kinds = ("access:person", "people:place", "people:unit", "people:body", "people:person", "people:district")
    kinds += ("stations:station", "opinions:opinion", "opinions:unit_matter", "opinions:deputy_matter", "vault:opening")
    return tuple(str(told[kind]) for kind in kinds)


def answer_to(found: Found, who: str, address: str, **sent: object) -> HttpResponse:
    """What the product says; what it did is taken back."""
    BROWSER.cookies.clear()
    BROWSER.cookies.load(found.cookies[who])
    before = transaction.savepoint()
    try:
        return BROWSER.generic(path=address, **sent)
    finally:
        transaction.savepoint_rollback(before)


def wrong_with(answer: HttpResponse) -> str:
    """What no answer may be: an accident, a way out to another site, a refusal without words."""
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    if answer.status_code in (301, 302):
        to = urlsplit(answer["Location"])
        return f"leads out to {answer['Location']}" if to.netloc not in ("", "localhost") else ""
    if answer.status_code not in REFUSALS:
        return "" if answer.status_code in (200, 204, 206) else f"{answer.status_code}"
    said = str(answer.json()) if "json" in answer["Content-Type"] else answer.content.decode()
    if not any("一" <= letter <= "鿿" for letter in said) or ("<html" in said and "<h1" not in said):
        return f"{answer.status_code} without words"
    is_told = answer.status_code != 422 or any(sign in said for sign in MISTAKES)
    return "" if is_told else "422 that does not say what is wrong"


def lost(sent: Sent, kinds: dict[str, str], answer: HttpResponse) -> list[str]:
    """The fields whose content a refused form gives back otherwise than it was typed."""
    typed = {name: values[0] for name, values in sent.told.items() if kinds.get(name) in TYPED and len(values) == 1}
    back = dict(Page(answer.content.decode(), sent.address).typed())
    return [name for name, value in typed.items() if name in back and _plain(back[name]) != _plain(value)]


def _part(address: str) -> str:
    first = urlsplit(address).path.split("/")[1]
    return first if first in PARTS else ""


def _plain(value: str) -> str:
    read = value.encode("utf-8", "surrogatepass").decode(errors="replace")
    return read.replace("\r\n", "\n").replace("\r", "\n")


def send(found: Found, kind: Kind, ids: tuple[str, ...]) -> None:
    """Some letters to one form, by everybody who has it and now and then by somebody who is not signed in."""
    with_form = found.forms[kind]
    kinds = with_form[0][1].kinds

    @seed(crc32("".join(kind).encode()))  # else every form would be sent the same few
    @given(bodies([*with_form * 4, ("anonymous", with_form[0][1])], ids))
    @settings(DRAWN, max_examples=LETTERS)
    def check(sent: Sent) -> None:
        headers = {"HX-Request": "true"} if sent.by_htmx else {}
        told = {"method": "POST", "data": sent.body, "content_type": sent.content_type, "headers": headers}
        answer = answer_to(found, sent.who, sent.address, **told)
        assert wrong_with(answer) == "", sent
        if answer.status_code == 422:
            assert lost(sent, kinds, answer) == [], sent

    check()


def ask(found: Found, kind: Kind, ids: tuple[str, ...]) -> None:
    """Some questions to one page: what it and other pages are asked for, and what is no question."""
    others = sorted({name for names in found.queries.values() for name in names} | {"page", "next", "small", "t"})

    @seed(crc32("".join(kind).encode()))
    @given(st.sampled_from(found.pages[kind]), queries([*sorted(found.queries[kind]) * 5, *others], ids))
    @settings(DRAWN, max_examples=QUESTIONS)
    def check(page: tuple[str, str], query: str) -> None:
        who, address = page
        answer = answer_to(found, who, f"{address.partition('?')[0]}?{query}", method="GET")
        assert wrong_with(answer) == "", (who, address, query[:500])

    check()


@pytest.mark.parametrize("part", PARTS)
def test_whatever_is_sent_to_a_form_it_answers_in_words_and_keeps_what_was_typed(office, part):
    cast, found = office
    for kind in sorted(kind for kind in found.forms if _part(found.forms[kind][0][1].action) == part):
        send(found, kind, ids_of(cast))


@pytest.mark.parametrize("part", PARTS)
def test_whatever_is_asked_of_a_page_it_answers_in_words(office, part):
    cast, found = office
    for kind in sorted(kind for kind in found.pages if _part(found.pages[kind][0][1]) == part):
        ask(found, kind, ids_of(cast))


def test_every_address_that_takes_posts_is_sent_some(office):
    _cast, found = office
    assert {name for method, name in table() if method == "POST"} - {name for name, _act in found.forms} == set()


COOKIES = {"messages", "lianxin_echoed", "lianxin_language", "lianxin_csrf"}
FORGED = (
    "",
    "x",
    "a.b.c",
    "路灯".encode().decode("latin-1"),
    "\0",
    '"',
    "1" * 4000,
    "e30:1xV3L7:AAAA",
    "../../x",
    "{}",
    "zh-xx",
    "\x7f;\r\n",
)


def test_forged_cookies_open_nothing_and_break_nothing(office):
    _cast, found = office
    given_out = {line.strip().partition("=")[0] for cookies in found.cookies.values() for line in cookies.splitlines()}
    for name in sorted(given_out - {""} | COOKIES):
        for value in FORGED:
            found.cookies["forger"] = SimpleCookie({name: value}).output(header="", attrs=[])
            for address in ("/", "/tell/what/", "/follow/matter/", "/accounts/login/", "/desk/", "/invitation/accept/"):
                answer = answer_to(found, "forger", address, method="GET")
                assert wrong_with(answer) == "", (name, value, address)
                assert answer.status_code in (200, 302), (name, value, address)


@pytest.mark.parametrize(
    "address", ["/tell/what/", "/follow/", "/accounts/login/", "/desk/opinions/bulk/", "/preferences/"]
)
def test_a_body_that_cannot_be_read_is_refused_in_words_also_where_tokens_are_asked_for(office, address):
    _cast, found = office
    browser = Client(enforce_csrf_checks=True)
    for who in ("anonymous", "office_clerk"):
        for content_type, body in BROKEN_BODIES:
            browser.cookies.clear()
            browser.cookies.load(found.cookies[who])
            before = transaction.savepoint()
            answer = browser.generic("POST", address, body, content_type=content_type)
            transaction.savepoint_rollback(before)
            assert wrong_with(answer) == "", (who, content_type, body[:80])
