"""The law lies under every place: a place adds to it, may be stricter, is never looser."""

import pytest

from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook.problems import Problem
from tests.ground.rulebook.builders import make_preset, only_problem_of, problems_of

LAW = {
    "bodies": """\
        kinds:
          congress:
            name: 人民代表大会
            levels: [county, township]
            article: 代表法第2条
            stricter: neither
            roles:
              head: {name: 团长}
            term_years: {value: 5, article: 代表法第2条第3款, stricter: fixed}
            quorum: {value: 2/3以上, article: 地方组织法第14条, stricter: more}
            least_members: {value: 20, article: 地方组织法第43条, stricter: less}
        """
}


def place(**keys: str) -> str:
    return "kinds:\n  congress:\n" + "".join(f"    {key}: {value}\n" for key, value in keys.items())


def congress(**keys: str):
    return make_preset(law=LAW, bodies=place(**keys)).section(BodyRules).kinds["congress"]


def test_a_place_without_a_word_has_the_law():
    kind = make_preset(law=LAW).section(BodyRules).kinds["congress"]
    assert kind.name == "人民代表大会"
    assert kind.term_years.value == 5
    assert str(kind.article) == "《代表法》第2条"


def test_a_place_adds_kinds_of_its_own():
    own = "kinds:\n  assembly: {name: 议政代表大会, levels: [township], article: 接待办法第1条}\n"
    assert list(make_preset(law=LAW, bodies=own).section(BodyRules).kinds) == ["congress", "assembly"]


def test_what_a_place_changes_goes_by_the_places_article():
    kind = congress(name="代表大会", article="接待办法第1条")
    assert (kind.name, kind.levels) == ("代表大会", ("county", "township"))
    assert str(kind.article) == "《接待办法》第1条"


def test_what_a_place_changes_needs_its_own_article_for_the_laws_no_longer_holds():
    problem = only_problem_of(law=LAW, bodies=place(name="代表大会"))
    expected = "依据，如 代表法第51条；由我们设定的，写 assumed: true"
    assert problem == Problem("qinghe/bodies.yaml", 2, "kinds.congress.article", "空缺", expected, "")


def test_what_is_assumed_in_a_place_leaves_the_laws_article_standing():
    kind = congress(roles="{deputy_head: {name: 副团长}}", assumed="[roles]")
    assert list(kind.roles) == ["head", "deputy_head"]
    assert str(kind.article) == "《代表法》第2条"
    assert kind.assumes("roles")
    assert not kind.assumes("name")


def test_a_change_within_a_rule_leaves_the_rule_around_it_alone():
    kind = congress(quorum="{value: 3/4以上, article: 接待办法第5条}")
    assert str(kind.article) == "《代表法》第2条"
    assert str(kind.quorum.article) == "《接待办法》第5条"


@pytest.mark.parametrize(
    ("key", "value"), [("quorum", "3/4以上"), ("quorum", "2/3以上"), ("least_members", "10"), ("term_years", "5")]
)
def test_a_place_may_be_as_strict_as_the_law_or_stricter(key, value):
    figure = getattr(congress(**{key: f"{{value: {value}, article: 接待办法第5条}}"}), key)
    assert figure.law is not None
    assert figure.law.stricter in ("more", "less", "fixed")


def test_a_place_that_asks_for_less_than_the_law_is_refused_with_both_articles():
    problem = only_problem_of(law=LAW, bodies=place(quorum="{value: 1/2以上, article: 接待办法第5条}"))
    found, expected = "1/2以上（《接待办法》第5条）", "2/3以上（《地方组织法》第14条），或更多"
    assert problem == Problem("qinghe/bodies.yaml", 3, "kinds.congress.quorum.value", found, expected, "")


def test_a_place_that_allows_more_than_the_law_is_refused_with_both_articles():
    problem = only_problem_of(law=LAW, bodies=place(least_members="{value: 30, article: 接待办法第5条}"))
    assert problem.found == "30（《接待办法》第5条）"
    assert problem.expected == "20（《地方组织法》第43条），或更少"


def test_a_place_that_changes_what_the_law_fixes_is_refused_and_an_assumption_is_no_article():
    problem = only_problem_of(law=LAW, bodies=place(term_years="{value: 4, assumed: true}"))
    assert problem.found == "4（由我们设定）"
    assert problem.expected == "5（《代表法》第2条第3款），不能改"


def test_every_rule_of_the_law_says_which_way_is_stricter():
    law = {"bodies": LAW["bodies"].replace(", stricter: more", "").replace("stricter: fixed", "stricter: longer")}
    wrong = problems_of(law=law)
    assert [(problem.file, problem.line, problem.key, problem.found) for problem in wrong] == [
        ("_base/bodies.yaml", 9, "kinds.congress.term_years.stricter", "“longer”"),
        ("_base/bodies.yaml", 10, "kinds.congress.quorum.stricter", "空缺"),
    ]
    assert wrong[0].expected == "less、more、neither、fixed之一"
    assert wrong[1].expected == "哪样更严：less、more、neither、fixed之一"


def test_a_place_does_not_say_which_way_is_stricter():
    problem = only_problem_of(law=LAW, bodies=place(quorum="{value: 3/4以上, article: 接待办法第5条, stricter: less}"))
    assert (problem.line, problem.key) == (3, "kinds.congress.quorum.stricter")
    assert problem.expected == "没有这个键：哪样更严，由 _base 写明"


def test_the_laws_own_rule_is_no_key_that_a_place_can_write():
    problem = only_problem_of(law=LAW, bodies=place(name="代表大会", assumed="true", **{'"(_base)"': "{}"}))
    assert (problem.line, problem.found) == (5, "“(_base)”")


def test_mistakes_in_the_law_are_told_in_the_laws_file():
    law = {"bodies": LAW["bodies"].replace("levels: [county", "levels: [conty")}
    problem = only_problem_of(law=law)
    assert (problem.file, problem.line, problem.nearest) == ("_base/bodies.yaml", 4, "county")


CLOCK = """\
    clocks:
      answer:
        name: 答复
        start: people.mandate_began
        stop: people.mandate_ended
        span: 3个月
        soon: 15天
        long_late: 1个月
        article: 代表法第51条
        stricter: less
    """


def clock_problem(changed: str) -> Problem:
    own = f"clocks:\n  answer:\n    {changed}\n    article: 接待办法第9条\n"
    return only_problem_of(law={"clocks": CLOCK}, clocks=own)


def test_a_longer_span_than_the_laws_is_refused_whatever_its_unit():
    problem = clock_problem("span: 半年")
    assert (problem.key, problem.line) == ("clocks.answer.span", 3)
    assert (problem.found, problem.expected) == ("半年（《接待办法》第9条）", "3个月（《代表法》第51条），或更少")


def test_a_span_that_cannot_be_compared_with_the_laws_is_refused():
    assert clock_problem("span: 30个工作日").expected == "与3个月（《代表法》第51条）单位相同的期间"


def test_a_place_does_not_start_the_laws_clock_with_another_event():
    problem = clock_problem("start: people.mandate_ended")
    assert problem.key == "clocks.answer.start"
    assert problem.expected == "与people.mandate_began（《代表法》第51条）相同"
