"""Clocks, lists, recurring days and kinds of bodies, as a preset writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook.blocks import TO_BE_FILLED
from lianxin.ground.rulebook.problems import Problem
from lianxin.ground.rulebook.rules import ClockRules, DayRules, ListRules
from lianxin.lib.calendars.clocks import Level, Pause
from lianxin.lib.calendars.days import shipped_calendar
from lianxin.lib.calendars.readings import read_clock
from tests.ground.rulebook.builders import make_preset, only_problem_of, problems_of

CLOCKS = """\
clocks:
  answer:
    name: 答复
    start: people.mandate_began
    span: 10个工作日
    stop: people.mandate_ended
    pauses:
      - {name: 请代表补充, start: people.mandate_paused, stop: people.mandate_resumed}
    soon: 3个工作日
    long_late: 1个月
    article: 接待办法第9条
"""
LISTS = """\
lists:
  criteria:
    name: 标准
    article: 接待办法第9条
    count: 3
    entries:
      - {code: study, name: 每季度学习一次, article: 接待办法第10条}
      - {code: online, name: 三天内回复, assumed: true}
      - {code: third, name: 由办公室填写}
"""


def answer(**changed: str):
    text = CLOCKS
    for key, value in changed.items():
        old = next(line for line in text.splitlines() if line.startswith(f"    {key}:"))
        text = text.replace(old, f"    {key}: {value}")
    return text


def test_a_clock_of_a_preset_is_read_by_the_calendars():
    rule = make_preset(clocks=CLOCKS).section(ClockRules).clocks["answer"]
    clock = rule.clock(date(2026, 6, 1), [Pause(date(2026, 6, 3), date(2026, 6, 5), rule.pauses[0].name)])
    reading = read_clock(clock, date(2026, 6, 15), shipped_calendar())
    assert (reading.due_on, reading.level) == (date(2026, 6, 17), Level.SOON)


def test_a_clock_in_hours_runs_from_a_moment():
    rule = (
        make_preset(clocks=answer(span="24小时", soon="6小时", long_late="48小时")).section(ClockRules).clocks["answer"]
    )
    started = datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    reading = read_clock(rule.clock(started), started, shipped_calendar())
    assert reading.due_at == datetime(2026, 6, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_thresholds_are_in_units_that_the_clock_can_be_read_in():
    words = "与时限相称的单位：小时的时限用小时，其他的用天数或月数"
    assert problems_of(clocks=answer(span="24小时")) == [
        Problem("qinghe/clocks.yaml", 9, "clocks.answer.soon", "“3个工作日”", words),
        Problem("qinghe/clocks.yaml", 10, "clocks.answer.long_late", "“1个月”", words),
    ]


def test_a_clock_in_hours_gives_no_way_to_a_working_day():
    text = answer(span="24小时", soon="6小时", long_late="48小时") + "    ends_on_working_day: true\n"
    problem = only_problem_of(clocks=text)
    words = "false：以小时计算的时限不能顺延到工作日"
    assert problem == Problem("qinghe/clocks.yaml", 12, "clocks.answer.ends_on_working_day", "true", words)


def test_an_unknown_kind_that_pauses_a_clock_names_the_nearest():
    problem = only_problem_of(clocks=CLOCKS.replace("people.mandate_paused", "people.mandate_pause"))
    assert (problem.line, problem.key) == (8, "clocks.answer.pauses[1].start")
    assert problem.nearest == "people.mandate_paused"


def test_a_list_keeps_its_entries_in_order_and_what_is_open_in_sight():
    rule = make_preset(lists=LISTS).section(ListRules).lists["criteria"]
    assert [entry.code for entry in rule.entries] == ["study", "online", "third"]
    entries = {entry.code: entry for entry in rule.entries}
    assert entries["third"].name is TO_BE_FILLED
    assert str(entries["study"].article) == "《接待办法》第10条"


def test_a_list_that_lacks_entries_is_told_how_many_the_paper_says():
    problem = only_problem_of(lists=LISTS.replace("count: 3", "count: 24"))
    expected = "24项；还不知道的写“由办公室填写”"
    assert problem == Problem("qinghe/lists.yaml", 6, "lists.criteria.entries", "3项", expected)


def test_a_code_that_stands_twice_is_told_at_the_second():
    problem = only_problem_of(lists=LISTS.replace("code: third", "code: study"))
    expected = "每个代码只用一次"
    assert problem == Problem("qinghe/lists.yaml", 9, "lists.criteria.entries[3].code", "“study”", expected)


def test_a_list_without_entries_is_refused():
    problem = only_problem_of(lists="lists: {criteria: {name: 标准, assumed: true, entries: []}}\n")
    assert (problem.key, problem.expected) == ("lists.criteria.entries", "至少1项")


def test_a_recurring_day_may_be_open_and_its_move_ours():
    days = """\
        days:
          collection: {name: 集中提交, days: "每月20日，遇节假日顺延", article: 接待办法第2条, assumed: [moves]}
          meeting: {name: 会商, days: 由办公室填写, assumed: true}
        """
    rules = make_preset(days=days).section(DayRules).days
    assert rules["collection"].days.chinese() == "每月20日，遇节假日顺延"
    assert rules["collection"].assumes("moves")
    assert rules["meeting"].days is TO_BE_FILLED


BODIES = """\
kinds:
  congress: {name: 人民代表大会, levels: [county, township], article: 接待办法第1条}
  committee:
    name: 常务委员会
    levels: [county, city]
    part_of: congress
    article: 接待办法第1条
    roles:
      director: {name: 主任}
      secretary: {name: 秘书长, levels: [city]}
    quorum: {value: 过半数, article: 接待办法第2条}
"""


def test_roles_of_members_differ_by_level():
    kind = make_preset(bodies=BODIES).section(BodyRules).kinds["committee"]
    assert kind.roles_at("county") == {"director": "主任"}
    assert kind.roles_at("city") == {"director": "主任", "secretary": "秘书长"}
    assert kind.quorum.value.is_met(13, 25)
    assert not kind.quorum.value.is_met(12, 24)


def test_a_kind_of_body_is_told_by_name_and_a_forgotten_one_by_code():
    rules = make_preset(bodies=BODIES).section(BodyRules)
    assert (rules.name("committee"), rules.name("gone")) == ("常务委员会", "gone")


def test_a_body_that_is_part_of_no_known_kind_names_the_nearest():
    problem = only_problem_of(bodies=BODIES.replace("part_of: congress", "part_of: congres"))
    expected = "bodies.yaml 的 kinds 里写明的机构"
    assert problem == Problem("qinghe/bodies.yaml", 6, "kinds.committee.part_of", "“congres”", expected, "congress")


def test_a_level_that_is_none_names_the_nearest():
    problem = only_problem_of(bodies=BODIES.replace("[city]", "[citi]"))
    assert (problem.line, problem.key, problem.nearest) == (10, "kinds.committee.roles.secretary.levels[1]", "city")
    assert problem.expected == "national、province、city、county、township之一"
