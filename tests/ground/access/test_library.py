"""Whoever is signed in reads which papers are in force, and what follows from each article."""

import re

import pytest

from lianxin.ground.rulebook.library import library
from lianxin.ground.rulebook.loading import folders, load
from tests.ground.access.test_rules_pages import text
from tests.ground.rulebook.builders import FIRST_PAGE, make_preset
from tests.ground.rulebook.test_showing import REGULATION

pytestmark = pytest.mark.django_db


def papers(page=FIRST_PAGE):
    return {one.code: one for one in library(make_preset(preset=page, **{"regulation-points": REGULATION}))}


def test_each_article_tells_what_follows_from_it_in_the_papers_order():
    rules = papers()["接待办法"]

    assert [one.where for one in rules.articles] == ["第1条", "第2条", "第3条", "第4条"]
    (effect,) = rules.articles[1].effects
    assert (effect.part.title, effect.around) == ("走访", ("履职要求和考核", "积分办法"))
    (own,) = rules.regulations
    assert (own.title, own.body, own.in_force.start.year) == ("积分办法", "青河县人大常委会", 2026)


def test_a_figure_is_told_by_the_name_of_its_key():
    law = {one.code: one for one in library(load("dianjun"))}["代表法"]
    (effect,) = next(one for one in law.articles if one.where == "第2条第3款").effects
    assert (effect.around[-1], effect.part.title) == ("人民代表大会", "任期（年）")


def test_what_cites_an_article_of_its_own_stands_there_alone():
    whole = papers()["接待办法"].articles[0].effects[0].part
    assert "项目" not in [part.title for part in whole.parts]


def test_an_article_that_nothing_follows_from_says_so():
    told = FIRST_PAGE.replace("dated: 2025-12-01}", "dated: 2025-12-01, articles: {第二条: 走访, 第九条: 表彰}}")
    articles = {one.where: one for one in papers(told)["接待办法"].articles}

    assert (articles["第2条"].about, len(articles["第2条"].effects)) == ("走访", 1)
    assert (articles["第9条"].about, articles["第9条"].effects) == ("表彰", [])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("接待办法 第3条", ["第3条"]),
        ("走访", ["第2条"]),
        ("接待办法", ["第1条", "第2条", "第3条", "第4条"]),
        ("月亮", None),
    ],
)
def test_one_finds_by_place_in_the_law_and_by_words(words, found):
    left = papers()["接待办法"].holding(words)
    assert (left and [one.where for one in left.articles]) == found


@pytest.mark.parametrize("name", sorted(folders()))
def test_of_every_preset_each_regulation_stands_in_the_library(name):
    found = library(load(name))
    cited = {own.title for paper in found for own in paper.regulations}
    assert {rule.called if hasattr(rule, "called") else rule.title for rule in _regulations(name)} <= cited


def _regulations(name):
    from lianxin.account.duty.rules import DutyRules

    return [rule for rule in load(name).section(DutyRules).regulations.values() if rule.article]


def test_everybody_signed_in_reads_it(as_user, user, client):
    assert client.get("/rules/").status_code == 302
    page = text(as_user(user).get("/rules/"))
    assert "全国人民代表大会和地方各级人民代表大会代表法" in page or "代表法" in page

    answer = as_user(user).get("/rules/", {"q": "代表法 第2条"})
    assert answer.status_code == 200
    assert "机构的种类" in text(answer)
    assert "没有找到" in text(as_user(user).get("/rules/", {"q": "月亮上"}))


def test_it_is_read_in_english(as_user, user):
    page = text(as_user(user).get("/rules/", headers={"accept-language": "en"}))
    assert re.search("Library of rules", page)
