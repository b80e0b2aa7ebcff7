"""A preset as people read it."""

import pytest

from lianxin.ground.rulebook.loading import folders, load
from lianxin.ground.rulebook.rules import FirstPage
from lianxin.ground.rulebook.sections import all_sections
from lianxin.ground.rulebook.shapes import keys_of
from lianxin.ground.rulebook.showing import IN_THE_HEADING, shown
from tests.ground.rulebook.builders import make_preset
from tests.ground.rulebook.test_presets_page import models_in


def part(parts, title):
    """The part of that title, wherever it stands."""
    for one in parts:
        if one.title == title:
            return one
        if found := part(one.parts, title):
            return found
    return None


def lines(part):
    return {line.label: line for line in part.lines}


def everything(parts):
    for one in parts:
        yield from (one.title, one.source, *(word for line in one.lines for word in (line.label, line.value)))
        yield from everything(one.parts)


RECEPTION = """
kinds:
  point: {name: 联系点, form: point, level: village, article: 接待办法第2条, fittings: [{key: sign, name: 标牌}, {key: a, name: 由办公室填写}, {key: b, name: 由办公室填写}]}
receptions:
  monthly: {name: 连心日, at: [point], days: 每月15日, hours: 由办公室填写, deputies: 2, notice: 3个工作日, article: 接待办法第3条, assumed: [notice]}
"""


def test_a_rule_says_its_source_and_what_is_open_or_ours():
    day = part(shown(make_preset(stations=RECEPTION)), "连心日")
    told = lines(day)
    assert day.source == "《接待办法》第3条"
    assert (told["在哪种站点"].value, told["提前多久公布"].value) == ("联系点", "3个工作日")
    assert told["几点"].is_open
    assert told["提前多久公布"].is_assumed
    assert not told["哪天"].is_assumed


def test_what_is_not_filled_in_yet_is_told_once_with_its_number():
    fittings = part(shown(make_preset(stations=RECEPTION)), "配备")
    assert [one.title for one in fittings.parts] == ["标牌", "还有2项由办公室填写"]


def test_what_a_place_calls_differently_stands_beside_the_usual_word():
    names = part(shown(make_preset(names="names: {resident: 选民}")), "事物的名称")
    assert lines(names)["群众"].value == "选民"


@pytest.mark.parametrize("name", sorted(folders()))
def test_no_preset_shows_a_code(name):
    codes = {code for section in all_sections().values() for code in keys_of(section)}
    told = set(everything(shown(load(name))))
    assert [words for words in told if words in codes or "{" in words or "_" in words] == []


def test_every_key_that_is_shown_is_called_something():
    for section in (FirstPage, *all_sections().values()):
        if not section.TITLE:
            continue
        for model, keys in models_in(section, {}).items():
            plain = keys - set(IN_THE_HEADING) - {"paper", "number"}
            assert plain - set(model.LABELS) - ({"names"} if model.__name__ == "NameRules" else set()) == set(), model
