"""The system administrator reads the rules in force, checks changed ones, and puts them into force."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from lianxin.ground.rulebook import adopt, in_force
from lianxin.ground.rulebook.loading import files_of
from lianxin.ground.rulebook.models import RulebookVersion
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


def test_checked_rules_come_into_force_from_the_day_given(browser, system):
    draft = draft_in(check(browser, changed(a=(OLD, NEW))))

    answer = browser.post("/desk/rules/adopt/", {"draft": draft, "body": "", "on": "2027-01-01"})

    assert answer.status_code == 302
    assert in_force(date(2026, 12, 31)).section(StationRules).name("point") == "代表联系点"
    assert in_force(date(2027, 1, 1)).section(StationRules).name("point") == "代表连心点"
    event = Event.objects.filter(kind="rulebook.adopted").latest("id")
    assert (event.by_id, event.facts["in_force_from"]) == (system.pk, "2027-01-01")
    assert "邬系统启用" in text(browser.get("/desk/rules/"))


def test_a_body_takes_rules_of_its_own(browser):
    congress = make_congress(make_county())
    draft = draft_in(check(browser, changed(a=(OLD, NEW))))

    browser.post("/desk/rules/adopt/", {"draft": draft, "body": str(congress.pk), "on": "2026-11-01"})

    assert in_force(date(2026, 11, 3), congress.pk).section(StationRules).name("point") == "代表连心点"
    assert in_force(date(2026, 11, 3)).section(StationRules).name("point") == "代表联系点"


@pytest.mark.parametrize(
    ("day", "why"), [("2022-01-01", "不能从2022年1月1日起施行"), ("", "这一项要填"), ("2020-05-01", "不能改写")]
)
def test_a_day_that_does_not_do_is_told_and_nothing_changes(browser, day, why):
    draft = draft_in(check(browser, changed(a=(OLD, NEW))))

    answer = browser.post("/desk/rules/adopt/", {"draft": draft, "body": "", "on": day})

    assert answer.status_code == 422
    assert why in text(answer)
    assert RulebookVersion.objects.count() == 1


def test_the_same_rules_are_not_adopted_twice(browser):
    answer = browser.post("/desk/rules/adopt/", {"draft": draft_in(check(browser)), "body": "", "on": "2027-01-01"})

    assert answer.status_code == 422
    assert "一字不差" in text(answer)


@pytest.mark.parametrize("draft", ["", "x", "eyJ4IjoxfQ:1abc:zzz"])
def test_rules_that_were_not_checked_are_not_adopted(browser, draft):
    answer = browser.post("/desk/rules/adopt/", {"draft": draft, "body": "", "on": "2027-01-01"})

    assert answer.status_code == 422
    assert RulebookVersion.objects.count() == 1


def test_a_draft_of_yesterday_is_checked_again(browser, travel):
    draft = draft_in(check(browser, changed(a=(OLD, NEW))))
    travel(timedelta(days=2))
    assert browser.post("/desk/rules/adopt/", {"draft": draft, "body": "", "on": "2027-01-01"}).status_code == 422


def test_nobody_else_adopts_rules(as_user, audit):
    browser = as_user(audit)

    assert browser.get("/desk/rules/").status_code == 403
    assert browser.post("/desk/rules/adopt/", {}).status_code == 403


def test_the_rules_are_read_in_english(browser):
    page = text(browser.get("/desk/rules/", headers={"accept-language": "en"}))

    assert all(words in page for words in ("Kinds of body", "Present at least", "In force", "Term (years)"))
