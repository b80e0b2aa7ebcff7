"""The manual says what the product says: every link in it leads somewhere, every word it cites stands on a page."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve, reverse

import lianxin
from lianxin.account.publishing import manual
from lianxin.doors.desks.doors import DOORS, PUBLIC
from lianxin.ground.core.clock import now
from tests.ground.access.builders import make_platform

NAMES = [*manual.CHAPTERS, *manual.STATEMENTS]
LANGUAGES = ("zh", "en")
LINK = re.compile(r"\]\(([^)]*)\)")
MSGID = re.compile(r'^msgid ((?:"(?:[^"\\]|\\.)*"\n?)+)', re.MULTILINE)
CHINESE = re.compile(r"[\u3400-\u9fff]")


def links(name, language):
    return LINK.findall(manual.source(name, language))


def words():
    """Everything that pages say, in Chinese."""
    found = set()
    for file in Path(lianxin.__file__).parent.glob("*/*/locale/en/LC_MESSAGES/django.po"):
        for quoted in MSGID.findall(file.read_text()):
            found.add("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', quoted)))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_word_it_cites_stands_on_a_page(name):
    cited = {word for language in LANGUAGES for word in manual.WORD.findall(manual.source(name, language))}
    assert cited - words() == set()


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_cite_the_same_words_and_pages(name):
    for found in (manual.WORD.findall, LINK.findall):
        assert len({frozenset(found(manual.source(name, language))) for language in LANGUAGES}) == 1
    sections = {manual.source(name, language).count("\n## ") for language in LANGUAGES}
    assert len(sections) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_page(client, name):
    make_platform()
    for address in set(links(name, "zh")):
        try:
            resolve(address)
        except Resolver404:
            pytest.fail(f"{name}: {address} leads nowhere")
        answer = client.get(address)
        assert answer.status_code == 200 or answer["Location"].startswith(reverse("account_login")), address


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_in_english_no_word_is_left_in_chinese(client, name):
    make_platform()
    page = client.get(f"/help/{name}/", headers={"accept-language": "en"}).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    assert not CHINESE.search(main)


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_a_chapter_has_contents_that_lead_to_its_sections(client, name):
    page = client.get(f"/help/{name}/").content.decode()
    anchors = re.findall(r'href="#(s\d+)"', page)
    assert len(anchors) >= 3
    assert re.findall(r'<h2 id="(s\d+)"', page) == anchors
    assert "{" not in page.partition('<div class="prose')[2].partition("</main>")[0]


def test_what_looks_like_html_is_shown_as_written(monkeypatch):
    monkeypatch.setattr(
        manual, "source", lambda *_told: "# 题\n\n## 一\n\n<script>alert(1)</script> [x](javascript:alert)\n"
    )
    body = manual._read.__wrapped__("residents", "zh").body
    assert "<script" not in body
    assert "href" not in body


@pytest.mark.django_db
def test_every_door_leads_to_its_readers_chapter(client):
    make_platform()
    assert {door.chapter for door in (*DOORS, PUBLIC)} <= set(manual.CHAPTERS)
    foot = client.get("/").content.decode().partition("<footer")[2]
    for name in ("residents", *manual.STATEMENTS):
        assert f'href="/help/{name}/"' in foot


@pytest.mark.django_db
def test_the_page_on_data_shows_the_notice_of_the_rules(client):
    make_platform()
    page = client.get("/help/privacy/").content.decode()
    assert "隐私告知" in page
    assert "您的姓名和联系方式单独加密存放" in page


@pytest.mark.django_db
def test_the_page_on_data_is_there_before_any_rules_are(client):
    assert "隐私告知</h2>" not in client.get("/help/privacy/").content.decode()


@pytest.mark.django_db
def test_whom_to_tell_of_a_hole_is_as_the_standard_says(client, settings, travel):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:anquan@renda.example"
    travel(now())
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    told = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert told["Contact"] == "mailto:anquan@renda.example"
    assert timedelta(days=179) < datetime.fromisoformat(told["Expires"]) - now() < timedelta(days=365)
    assert told["Canonical"] == "http://testserver/.well-known/security.txt"


@pytest.mark.django_db
def test_a_chapter_that_is_not_there_is_not_found(client):
    assert client.get("/help/nobody/").status_code == 404
    assert client.post("/help/residents/").status_code == 405
