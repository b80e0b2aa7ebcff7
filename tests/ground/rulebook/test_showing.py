"""A preset as people read it."""

import re

import pytest

from lianxin.account.duty.rules import DutyRules
from lianxin.affairs.contact.rules import ContactRules
from lianxin.ground.access.rules import RoleRules
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.rulebook.loading import folders, load
from lianxin.ground.rulebook.rules import FirstPage
from lianxin.ground.rulebook.sections import all_sections
from lianxin.ground.rulebook.shapes import keys_of
from lianxin.ground.rulebook.showing import IN_THE_HEADING, shown
from tests.ground.rulebook.builders import make_preset, only_problem_of
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


REGULATION = """
title: 积分办法
english: Points
body: 青河县人大常委会
in_force: {from: 2026-01-01}
article: 接待办法第1条
whom: {kind: mandate, level: [county, township]}
period: {every: 1年, starts: 09-01}
join: full
records:
  visit: {name: 走访选民, english: Visit, checked_by: [township_clerk, office_clerk]}
  mark: {name: 打分}
items:
  visits: {name: 走访, article: 接待办法第2条, counts: {records: visit, roles: lead}, gives: {each: 5/2}, at_most: open}
  marked: {name: 评议, article: 接待办法第3条, gives: {rated: {record: mark, raters: {小组: 1/2, 同事: 50%}, combine: mean, if_missing: wait}}, at_most: 10, zero_if: {item: visits, count: {less_than: 1}}}
total: {article: 接待办法第4条, adds: [visits, marked], at_least: open, at_most: 100}
bands: [{grade: 好, at_least: 60, unless: {item: total, points: {less_than: 10}}}, {grade: 差, less_than: 60}]
"""


def test_a_regulation_is_read_by_the_names_of_its_own_things():
    preset = make_preset(**{"regulation-points": REGULATION})
    points = part(shown(preset), "积分办法")

    assert lines(part([points], "对象"))["哪一级"].value == "县级、乡级"
    assert lines(part([points], "周期"))["开始"].value == "9月1日"
    assert lines(part([points], "走访选民"))["谁核实"].value == "乡镇人大工作人员、代表工作机构工作人员"
    visits, marked = part([points], "走访"), part([points], "评议")
    assert (lines(visits)["至多得"].value, lines(part([visits], "计分"))["每一个"].value) == ("不设限", "2.5")
    assert [lines(part([visits], "计数"))[key].value for key in ("记录", "角色")] == ["走访选民", "领衔"]
    assert lines(part([marked], "评分"))["谁评，各占多少"].value == "小组：0.5、同事：0.5"
    assert lines(part([marked], "记零分的条件"))["项目"].value == "走访"
    assert lines(part([points], "总分"))["相加"].value == "走访、评议"
    assert lines(part([points], "不得评为此等次"))["项目"].value == "总分"


def test_a_regulation_names_roles_that_there_are():
    problem = only_problem_of(**{"regulation-points": REGULATION.replace("township_clerk", "township_clark")})
    assert (problem.found, problem.nearest) == ("“township_clark”", "township_clerk")


@pytest.mark.parametrize("name", sorted(folders()))
def test_no_regulation_shows_a_code(name):
    preset = load(name)
    rules = preset.section(DutyRules).regulations.values()
    codes = {code for rule in rules for things in (rule.records, rule.items, rule.consequences) for code in things}
    codes |= (
        set(preset.section(RoleRules).roles) | set(preset.section(ContactRules).schemes) | set(CongressLevel.values)
    )
    told = set(everything(shown(preset)))
    assert [words for words in told if not codes.isdisjoint(re.split("[、：]", words))] == []


def test_every_key_that_is_shown_is_called_something():
    for section in (FirstPage, *all_sections().values()):
        if not section.TITLE:
            continue
        for model, keys in models_in(section, {}).items():
            plain = keys - set(IN_THE_HEADING) - {"paper", "number"}
            assert plain - set(model.LABELS) - ({"names"} if model.__name__ == "NameRules" else set()) == set(), model
