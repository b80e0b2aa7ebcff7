"""The system administrator reads the rules in force, checks changed ones, and proposes them to another person."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianxin.ground.core.clock import now
from lianxin.ground.rulebook import adopt
from lianxin.ground.rulebook.loading import files_of
from lianxin.ground.rulebook.models import RulebookVersion, RulesProposal
from tests.ground.people.builders import make_congress, make_county

pytestmark = pytest.mark.django_db

OLD = "name: 代表联系点\n    english: Deputies' contact point\n    form: point"
NEW = "name: 代表连心点\n    form: point"


@pytest.fixture
def browser(as_user, system):
    return as_user(system)


def changed(**words):
    """The stations of a preset that is there, with some words changed, as a browser sends the file."""
    text = files_of("dianjun")["dianjun/stations.yaml"].decode()
    for old, new in words.values():
        assert old in text
        text = text.replace(old, new)
    return SimpleUploadedFile("stations.yaml", text.encode())


def check(browser, *files, base="preset:dianjun"):
    return browser.post("/desk/rules/check/", {"base": base, "changed": files})


def draft_in(answer):
    return unescape(re.search(r'name="draft" value="([^"]*)"', answer.content.decode())[1])


def propose(browser, draft, **words):
    told = {"draft": draft, "body": "", "on": "2027-01-01", "why": "按新办法第2条"} | words
    return browser.post("/desk/rules/propose/", told)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_the_rules_in_force_are_read_with_their_sources(browser):
    page = text(browser.get("/desk/rules/"))

    for words in (
        "机构的种类",
        "《代表法》第2条第3款",
        "家站点户",
        "每月5日，遇节假日顺延",
        "角色和权限",
        "由我们设定",
    ):
        assert words in page
    assert not re.search(r"\b(term_years|fittings|reception_day|people\.\*|township)\b", page)


def test_every_version_is_listed_and_read_by_its_day_and_body(browser):
    congress = make_congress(make_county())
    adopt("yanhe", body_id=congress.id, by=None, at=now())

    page = browser.get("/desk/rules/").content.decode()

    assert "云江区人民代表大会" in page
    href = re.search(rf'href="(\?on=[^"]*body={congress.id})"', page)[1]
    assert "赶集日进站" in browser.get(f"/desk/rules/{unescape(href)}").content.decode()
    assert "没有施行中的规则" in browser.get("/desk/rules/?on=1999-01-01").content.decode()


def test_every_mistake_stands_with_file_line_key_found_expected_and_nearest(browser):
    answer = check(browser, changed(a=("deputies: 2", "deputies: two"), b=("notice: 2天", "notcie: 2天")))

    assert answer.status_code == 422
    rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", answer.content.decode(), re.DOTALL)
    cells = [re.sub(r"<[^>]*>", "|", row) for row in rows]
    assert any(
        "dianjun/stations.yaml:" in row and "receptions.monthly.notcie" in row and "notice" in row for row in cells
    )
    assert any("“two”" in row and "整数，至少1" in row for row in cells)
    assert "draft" not in answer.content.decode()


def test_files_that_are_no_rules_are_told_so(browser):
    letters = SimpleUploadedFile("stations.yaml", "kinds: 联络站".encode("gbk"))
    strange = SimpleUploadedFile("statoins.yaml", b"kinds: {}")

    assert "GBK" in text(check(browser, letters))
    assert "stations" in text(check(browser, strange))
    assert "太大了" in text(check(browser, SimpleUploadedFile("stations.yaml", b"#" * (1024 * 1024 + 1))))
    assert check(browser, base="preset:nowhere").status_code == 422


def test_what_would_change_is_shown_and_nothing_changes(browser):
    page = check(browser, changed(a=(OLD, NEW))).content.decode()

    assert '<span class="is-gone">-    name: 代表联系点</span>' in page
    assert '<span class="is-added">+    name: 代表连心点</span>' in page
    assert RulebookVersion.objects.count() == 1


@pytest.mark.parametrize(("day", "why"), [("2022-01-01", "已经过了"), ("", "这一项要填")])
def test_a_day_that_does_not_do_is_told_and_nothing_is_proposed(browser, day, why):
    draft = draft_in(check(browser, changed(a=(OLD, NEW))))

    answer = propose(browser, draft, on=day)

    assert answer.status_code == 422
    assert why in text(answer)
    assert not RulesProposal.objects.exists()


def test_the_same_rules_are_not_proposed(browser):
    answer = propose(browser, draft_in(check(browser)))

    assert answer.status_code == 422
    assert "一字不差" in text(answer)


def test_why_rules_change_has_to_be_told(browser):
    answer = propose(browser, draft_in(check(browser, changed(a=(OLD, NEW)))), why=" ")

    assert answer.status_code == 422
    assert not RulesProposal.objects.exists()


@pytest.mark.parametrize("draft", ["", "x", "eyJ4IjoxfQ:1abc:zzz"])
def test_rules_that_were_not_checked_are_not_proposed(browser, draft):
    assert propose(browser, draft).status_code == 422
    assert not RulesProposal.objects.exists()


def test_a_draft_of_yesterday_is_checked_again(browser, travel):
    draft = draft_in(check(browser, changed(a=(OLD, NEW))))
    travel(timedelta(days=2))
    assert propose(browser, draft).status_code == 422


def test_nobody_else_proposes_rules(as_user, audit, clerk):
    for stranger in (audit, clerk):
        browser = as_user(stranger)
        assert browser.get("/desk/rules/").status_code == 403
        assert browser.post("/desk/rules/propose/", {}).status_code == 403


def test_the_rules_are_read_in_english(browser):
    page = text(browser.get("/desk/rules/", headers={"accept-language": "en"}))

    assert all(words in page for words in ("Kinds of body", "Present at least", "In force", "Term (years)"))
