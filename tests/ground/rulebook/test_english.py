"""Mistakes and rules are told in English too, to whoever reads English."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from lianxin.ground.core import languages
from lianxin.ground.rulebook.articles import Article
from lianxin.ground.rulebook.blocks import TO_BE_FILLED, Share
from lianxin.ground.rulebook.management.commands import rules_check
from tests.ground.rulebook.builders import problems_of
from tests.ground.rulebook.test_refusals import reception


@pytest.fixture
def english():
    """The words of other languages compiled, and English the language of the reader."""
    if languages.compile_all():
        translation_file_changed(None, Path("django.mo"))
    with translation.override("en"):
        yield


def test_a_mistake_is_told_in_english(english):
    wrong = reception(("2天", "3 dyas"), ("article", "artikle"))
    assert [str(problem) for problem in problems_of(stations=wrong)] == [
        "qinghe/stations.yaml line 8 receptions.monthly.article: found nothing, expected an article, such as "
        "代表法第51条; for what is ours, assumed: true.",
        "qinghe/stations.yaml line 13 receptions.monthly.notice: found “3 dyas”, expected a span, such as 3天 (3 days), "
        "30个工作日 (30 working days) or 3个月 (3 months). Nearest: “3 days”.",
        "qinghe/stations.yaml line 14 receptions.monthly.artikle: found “artikle”, expected one of assumed, article, "
        "stricter, name, english, at, days, is_set_by_station, hours, deputies, in_turn, notice. Nearest: “article”.",
    ]


def test_rules_are_told_in_english(english):
    assert str(Article.model_validate("代表法第二条第三款")) == "《代表法》 art. 2 para. 3"
    assert str(Share.parse("过半数")) == "more than 1/2"
    assert str(TO_BE_FILLED) == "to be filled in by the office"


def test_a_check_tells_both_languages_and_what_is_the_same_in_both_once(english, capsys, monkeypatch):
    monkeypatch.setattr(rules_check, "LANGUAGES", ("zh-hans", "en"))
    call_command("rules_check", "dianjun")
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["dianjun（宜昌市点军区）没有错处。", "  dianjun (宜昌市点军区): no mistakes."]
    assert len([line for line in lines if line.endswith(" lists.contact_systems.entries[6].name")]) == 1
