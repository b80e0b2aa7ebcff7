"""A regulation that contradicts itself is refused, with the line, what is expected, and the nearest right word."""

from datetime import date
from textwrap import indent

import pytest

from lianxin.account.duty.rules import DutyRules
from lianxin.lib.scoring.periods import Stretch
from lianxin.lib.scoring.spec import Measure
from tests.account.duty.builders import HEAD, make_regulation, problems_of, text_of
from tests.ground.rulebook.builders import make_preset, only_problem_of

VISITS = "visits: {name: 走访, assumed: true, counts: visit, asks: {at_least: 4}, gives: {full: 20}}"
TOTAL = "total: {assumed: true, at_most: 100}"
TWO = f"{VISITS}\ncalls: {{name: 电话, assumed: true, counts: call, gives: {{each: 1}}, at_most: 10}}"


def item(**keys: str) -> str:
    """One item with these keys, as they are written."""
    told = {"name": "走访", "assumed": "true"} | keys
    return "visits: {" + ", ".join(f"{key}: {value}" for key, value in told.items()) + "}"


def rest(total: str = TOTAL, **keys: str) -> str:
    """What stands below the items."""
    return "\n".join([total, *(f"{key}: {value}" for key, value in keys.items())])


MISTAKES = {
    "a record that nobody declared": (
        item(counts="vist", gives="{each: 1}", at_most="9"),
        rest(),
        "items.visits.counts",
        "visit",
    ),
    "an item without points or requirement": (item(counts="visit"), rest(""), "items.visits.gives", ""),
    "points of nothing": (item(counts="visit", gives="{each: 0}", at_most="9"), rest(), "items.visits.gives.each", ""),
    "no way of giving points": (item(counts="visit", gives="{}"), rest(), "items.visits.gives", ""),
    "a share of nothing asked": (item(counts="visit", gives="{full: 5}"), rest(), "items.visits.asks", ""),
    "nothing required": (
        item(counts="visit", asks="{every: month}", gives="{met: 5}"),
        rest(),
        "items.visits.asks.at_least",
        "",
    ),
    "a requirement of none": (
        item(counts="visit", asks="{at_least: 0}", gives="{met: 5}"),
        rest(),
        "items.visits.asks.at_least",
        "",
    ),
    "more than all that was held": (
        item(counts="attended", asks="{out_of: held, at_least: 90}", gives="{met: 5}"),
        rest(),
        "items.visits.asks.at_least",
        "",
    ),
    "a share that may be of nothing": (
        item(counts="attended", asks="{out_of: held}", gives="{full: 5}"),
        rest(),
        "items.visits.asks.if_nothing_required",
        "",
    ),
    "a reward for what is missing": (
        item(counts="visit", asks="{at_least: 4}", gives="{missing: 2}"),
        rest(),
        "items.visits.gives.missing",
        "",
    ),
    "growth without an end that is told": (item(counts="visit", gives="{each: 1}"), rest(), "items.visits.at_most", ""),
    "a fall below zero that is not told": (
        item(counts="visit", gives="{each: -1}"),
        rest(),
        "items.visits.at_least",
        "",
    ),
    "money without a cap": (
        item(counts="given", gives="{each: 1}", at_most="open"),
        rest("total: {assumed: true, at_most: open}"),
        "items.visits.at_most",
        "",
    ),
    "edges the wrong way round": (
        item(counts="visit", gives="{each: 1}", at_least="9", at_most="3"),
        rest(),
        "items.visits.at_least",
        "",
    ),
    "units that do not add": (
        item(counts="[visit, given]", gives="{each: 1}", at_most="9"),
        rest(),
        "items.visits.counts.records",
        "",
    ),
    "a cap longer than what is asked": (
        item(counts="{records: visit, at_most: {year: 9}}", asks="{at_least: 1, every: quarter}", gives="{full: 9}"),
        rest(),
        "items.visits.counts.at_most.year",
        "",
    ),
    "a row that nothing reaches": (
        item(counts="visit", gives="{tiers: {by: count, rows: [{at_least: 1, points: 2}, {at_least: 3, points: 5}]}}"),
        rest(),
        "items.visits.gives.tiers.rows[2]",
        "",
    ),
    "raters of more than the whole": (
        item(
            gives="{rated: {record: mark, raters: {self: 50%, group: 60%}, combine: weighted, if_missing: wait}}",
            at_most="100",
        ),
        rest(),
        "items.visits.gives.rated.raters",
        "",
    ),
    "an obligation of which nothing follows": (
        item(counts="visit", asks="{at_least: 1}"),
        rest(""),
        "items.visits.follows",
        "",
    ),
    "an item that is not there": (item(gives="{adds: [visit]}"), rest(), "items.visits.gives.adds[1]", "visits"),
    "a circle": (item(gives="{adds: [visits]}"), rest(), "items.visits", ""),
    "points without a total": (VISITS, rest(""), "total", ""),
    "a condition that says two things": (
        item(counts="visit", gives="{base: 5}", zero_if="{item: calls, met: true, points: {at_least: 1}}")
        + "\ncalls: {name: 电话, assumed: true, counts: call, asks: {at_least: 1}, gives: {met: 1}}",
        rest(),
        "items.visits.zero_if",
        "",
    ),
    "a grade that leaves a gap": (
        VISITS,
        rest(bands="[{grade: 优, at_least: 90}, {grade: 差, less_than: 60}]"),
        "bands",
        "",
    ),
    "a grade that nobody reaches": (
        VISITS,
        rest(bands="[{grade: 优, at_least: 60}, {grade: 良, at_least: 90}, {grade: 差, less_than: 60}]"),
        "bands[2]",
        "",
    ),
    "quotas above the whole": (
        VISITS,
        rest(
            bands="[{grade: 优, at_least: 90, at_most_of_all: 60%, ties: all_in}, {grade: 良, at_least: 60, less_than: 90, at_most_of_all: 50%, ties: all_in}, {grade: 差, less_than: 60}]"
        ),
        "bands",
        "",
    ),
    "a proposal because of a grade that is not there": (
        VISITS,
        rest(
            bands="[{grade: 优, at_least: 60}, {grade: 差, less_than: 60}]",
            consequences="{warn: {name: 提醒, assumed: true, when: {grades: [末]}, proposes: 谈话, to: 主任会议}}",
        ),
        "consequences.warn.when.grades[1]",
        "",
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_contradiction_is_told_where_it_stands(case):
    items, below, key, near = MISTAKES[case]
    problems = problems_of(items, below)
    assert key in [problem.key for problem in problems], [str(problem) for problem in problems]
    told = next(problem for problem in problems if problem.key == key)
    assert (told.nearest, told.file) == (near, "regulation-qinghe.yaml")
    assert told.line > 0
    assert told.expected


HEADS = {
    "the same level twice": (
        "visit: {name: 走访}",
        "visit: {name: 走访, checked_by: [office, office]}",
        "records.visit.checked_by",
    ),
    "a period in days": ("every: 1年", "every: 30天", "period.every"),
    "a period without length": ("{every: 1年}", "{from: 2026-01-01}", "period.every"),
    "a day that is not in the calendar": ("{from: 2020-01-01}", "{from: 2025-02-30}", "in_force.from"),
    "what only persons have, of groups": ("whom: {kind: mandate}", "whom: {kind: group, trade: 教师}", "whom.trade"),
    "a kind of event nobody knows": (
        "visit: {name: 走访}",
        "visit: {name: 走访, of: [stations.opend]}",
        "records.visit.of[1]",
    ),
}


@pytest.mark.parametrize("case", HEADS)
def test_a_mistake_above_the_items_is_told_where_it_stands(case):
    old, new, key = HEADS[case]
    problems = problems_of(VISITS, TOTAL, HEAD.replace(old, new))
    assert [problem.key for problem in problems] == [key], [str(problem) for problem in problems]


def test_parts_that_do_not_fill_a_period_are_refused():
    head = HEAD.replace("{every: 1年}", "{from: 2026-01-01, to: 2026-05-31}")
    (problem,) = problems_of(item(counts="visit", asks="{at_least: 1, every: quarter}", gives="{full: 9}"), TOTAL, head)
    assert problem.key == "items.visits.asks.every"


def test_periods_may_be_counted_from_the_day_on_which_a_term_began():
    five = HEAD.replace("{every: 1年}", "{every: 5年, starts: 2021-12-20}")
    period = make_regulation(VISITS, head=five).rule.period
    assert period.at(date(2026, 12, 19)) == Stretch(date(2021, 12, 20), date(2026, 12, 20))
    (problem,) = problems_of(VISITS, head=HEAD.replace("{every: 1年}", "{every: 1年, starts: 2026-02-30}"))
    assert problem.key == "period.starts"


def test_ties_are_counted_instead_of_records():
    made = make_regulation(item(counts="{ties: households}", asks="{at_least: 5}", gives="{met: 5}"))
    assert made.regulation.items[0].counts == Measure((), ties="households")
    (problem,) = problems_of(item(counts="{ties: households, records: visit}", asks="{at_least: 5}", gives="{met: 5}"))
    assert problem.key == "items.visits.counts.records"
    (problem,) = problems_of(item(counts="{roles: lead}", gives="{each: 5}", at_most="10"))
    assert "ties" in problem.expected


def test_a_regulation_alone_cites_the_law_and_nothing_it_does_not_know():
    cited = HEAD.replace("assumed: true", "article: 代表法第51条")
    assert make_regulation(VISITS, head=cited).rule.article
    (problem,) = problems_of(VISITS, head=cited.replace("代表法第51条", "代表法实施办法第51条"))
    assert problem.nearest == "代表法"


def test_words_are_as_good_in_full_width():
    wide = item(
        gives="{rated: {record: mark, raters: {办公室（联络）: 1}, grades: {Ａ: 5}, combine: mean, if_missing: wait}}"
    )
    rated = make_regulation(wide).regulation.items[0].gives.rated
    assert (list(rated.raters), list(rated.grades)) == (["办公室(联络)"], ["A"])


def test_all_mistakes_are_told_at_once():
    items = item(counts="vist", asks="{at_least: 0}", gives="{missing: 2}")
    keys = {problem.key for problem in problems_of(items, rest())}
    assert keys == {"items.visits.counts", "items.visits.asks.at_least", "items.visits.gives.missing"}


def test_full_width_figures_are_told_with_the_right_ones():
    (problem,) = problems_of(item(counts="visit", asks="{at_least: ４}", gives="{full: 20}"), TOTAL)
    assert (problem.key, problem.nearest) == ("items.visits.asks.at_least", "4")


@pytest.mark.parametrize(
    ("written", "number"), [("4", "4"), ("0.5", "1/2"), ("-2", "-2"), ("2/3", "2/3"), ("90%", "9/10")]
)
def test_numbers_are_read_exactly(written, number):
    items = f"visits: {{name: 走访, assumed: true, gives: {{base: {written}}}, at_least: open}}"
    assert str(make_regulation(items).regulation.items[0].gives.base) == number


def test_items_stand_after_those_they_need():
    items = f"block: {{name: 合计, assumed: true, gives: {{adds: [visits, calls]}}}}\n{TWO}"
    written = make_regulation(items, TOTAL)
    assert [one.code for one in written.regulation.items] == ["visits", "calls", "block"]
    assert written.regulation.total.gives.items[0][1] == ("block",)


@pytest.mark.parametrize("bad", ["&all visit", "*all", "!!str visit"])
def test_anchors_and_tags_are_refused(bad):
    (problem,) = problems_of(VISITS.replace("counts: visit", f"counts: {bad}"), TOTAL)
    assert "&" in problem.expected
    assert problem.line == text_of(VISITS).splitlines().index(f"  {VISITS}") + 1


def two_versions(later: str) -> str:
    """A section with two versions of one regulation: one to the end of 2025, and one from a later day."""
    former = text_of(VISITS).replace("{from: 2020-01-01}", "{from: 2020-01-01, to: 2025-12-31}")
    latter = text_of(VISITS).replace("2020-01-01", later)
    return f"regulations:\n  one:\n{indent(former, '    ')}  two:\n{indent(latter, '    ')}"


def test_two_versions_of_one_regulation_are_not_in_force_on_one_day():
    problem = only_problem_of(regulations=two_versions("2025-12-31"))
    assert problem.key == "regulations.two.in_force"
    assert problem.expected == "与“one”错开的日子：两份都是《青河县人大代表履职办法》，同一天只能有一份施行"


def test_a_version_may_begin_on_the_day_after_the_last_of_the_one_before():
    assert set(make_preset(regulations=two_versions("2026-01-01")).section(DutyRules).regulations) == {"one", "two"}
