"""`lianxin rules score`, `explain` and `what-if` on plain files, as a clerk types them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from tests.account.duty.builders import text_of

pytestmark = pytest.mark.usefixtures("in_memory")

ITEMS = """\
visits:
  name: 走访
  assumed: true
  counts: {records: visit, at_most: {day: 1}}
  asks: {at_least: 4, if_nothing_required: full}
  gives: {full: 20}
calls:
  name: 电话联系
  assumed: true
  counts: call
  gives: {each: 0.5}
  at_most: 10
contact:
  name: 经常联系
  assumed: true
  counts: call
  asks: {at_least: 1}
  follows: 提醒本人
"""
BELOW = "total: {assumed: true, at_most: 30}\nbands: [{grade: 称职, at_least: 15}, {grade: 不称职, less_than: 15}]\n"
REGISTER = """\
编号,代表,事项,日期,状态
1,王一,走访,2026-01-05,
2,王一,走访,2026-01-05,
3,王一,走访,2026/2/6,
4,王一,走访,2026年3月7日,
5,王一,电话联系,2026-03-08,
6,李二,电话联系,2026-03-08,待核实
7,李二,走访,2025-12-31,
8,王一,走访,2026-04-01,撤销
"""


@pytest.fixture
def files(tmp_path):
    """A regulation and a register as files."""
    (tmp_path / "rules.yaml").write_text(text_of(ITEMS, BELOW), encoding="utf-8")
    (tmp_path / "events.csv").write_text(REGISTER, encoding="utf-8")
    return tmp_path


def run(command: str, *arguments: str) -> tuple[str, str]:
    """What a command prints, and what it says beside."""
    out, aside = StringIO(), StringIO()
    call_command(command, *arguments, stdout=out, stderr=aside, no_color=True)
    return out.getvalue(), aside.getvalue()


def score(files, *more: str) -> tuple[str, str]:
    return run("rules_score", str(files / "rules.yaml"), "--events", str(files / "events.csv"), *more)


def test_a_table_has_a_line_for_everybody(files):
    table, aside = score(files)
    head, first, second = table.splitlines()
    assert head.split() == ["对象", "走访", "电话联系", "经常联系", "总分", "等次"]
    assert first.split() == ["王一", "15", "0.5", "✓", "15.5", "称职"]  # 3 days of 4: 3/4 × 20; one call: 0.5
    assert second.split() == ["李二", "0", "0?", "?", "0?"]  # a call that waits for its check, so no grade
    assert "1条不在这一期里" in aside


def test_csv_and_json_say_the_same(files):
    table, _aside = score(files, "--format", "csv")
    assert table.splitlines()[1] == "王一,15,0.5,✓,15.5,称职"
    told = json.loads(score(files, "--format", "json")[0])
    visits = told["parties"][0]["figures"]["visits"]
    assert (visits["points"], visits["count"], visits["missing"]) == ("15", "3", "1")
    assert told["parties"][1]["is_complete"] is False


def test_every_figure_is_explained_by_its_article_its_arithmetic_and_its_events(files):
    arguments = ("--events", str(files / "events.csv"), "--party", "王一", "--item", "走访")
    told, _aside = run("rules_explain", str(files / "rules.yaml"), *arguments)
    assert "走访（由我们设定）" in told
    assert "计3次；完成75% × 20 = 15分；得15分。" in told
    assert [line.rpartition("：")[2] for line in told.splitlines() if line.startswith("  ·")] == [
        "计1",
        "计0",
        "计1",
        "计1",
    ]


def test_english_is_complete(files):
    arguments = ("--events", str(files / "events.csv"), "--party", "王一", "--english")
    told, _aside = run("rules_explain", str(files / "rules.yaml"), *arguments)
    assert "3/4" in told or "75%" in told
    assert "得" not in told
    assert "计" not in told.replace("量化", "")


def test_another_version_is_compared_person_by_person(files):
    (files / "changed.yaml").write_text(text_of(ITEMS.replace("full: 20", "full: 10"), BELOW), encoding="utf-8")
    arguments = (str(files / "rules.yaml"), str(files / "changed.yaml"), "--events", str(files / "events.csv"))
    told, _aside = run("rules_what_if", *arguments)
    assert told.splitlines()[1].split() == ["王一", "15.5", "8", "-7.5", "称职", "→", "不称职", "1"]
    assert "1个对象没有变化" in told


def test_a_register_in_gbk_with_full_width_digits_is_read(files):
    (files / "events.csv").write_bytes(REGISTER.replace("2026/2/6", "２０２６／２／６").encode("gb18030"))
    assert score(files)[0].splitlines()[1].split()[1] == "15"


def test_a_bad_line_in_a_large_register_is_told_with_its_line_and_nothing_is_worked_out(files):
    lines = [f"{number},王一,走访,2026-01-05," for number in range(5000)]
    lines[4000] = "x,王一,走访,2026-02-30,"
    (files / "events.csv").write_text("编号,代表,事项,日期,状态\n" + "\n".join(lines), encoding="utf-8")
    with pytest.raises(CommandError, match=r"events.csv 第4002行 日期：现在是“2026-02-30”"):
        score(files)


def test_wrong_heads_are_told_with_those_that_are_needed(files):
    (files / "events.csv").write_text("谁,做了什么,哪天\n王一,走访,2026-01-05\n", encoding="utf-8")
    with pytest.raises(CommandError, match="一栏“对象”"):
        score(files)


def test_nobody_of_that_name_is_told_with_the_nearest(files):
    arguments = ("--events", str(files / "events.csv"), "--party", "王一一")
    with pytest.raises(CommandError, match="最接近的是“王一”"):
        run("rules_explain", str(files / "rules.yaml"), *arguments)


def test_a_file_that_is_not_there_is_told(files):
    with pytest.raises(CommandError, match="读不了"):
        run("rules_score", str(files / "no.yaml"), "--events", str(files / "events.csv"))


def test_rows_before_somebody_served_are_left_aside_and_told(files):
    (files / "people.csv").write_text("代表,到任\n王一,2026-02-01\n", encoding="utf-8")
    table, aside = score(files, "--people", str(files / "people.csv"))
    assert table.splitlines()[1].split()[1] == "10"  # two days of four
    assert "2条在到任以前或离任以后" in aside
    assert "1个对象不在名单上，没有计入：李二" in aside


def test_the_file_of_one_regulation_is_checked(files):
    assert run("rules_check", str(files / "rules.yaml"))[0].startswith("rules.yaml没有错处")
    (files / "rules.yaml").write_text(text_of(ITEMS.replace("counts: call", "counts: cal", 1), BELOW), encoding="utf-8")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("rules_check", str(files / "rules.yaml"), stdout=out)
    assert "items.calls.counts：现在是“cal”，应为records 里写明的记录。最接近的是“call”" in out.getvalue()


def test_nothing_is_left_of_the_tables_in_memory(files):
    score(files)
    assert "memory" not in connections.databases


ABSENT = """\
absences:
  name: 缺席
  assumed: true
  counts: visit
  asks: {at_most: 0}
  gives: {beyond: -1}
  at_least: -5
"""
AFTER_ABSENCE = """\
total: {assumed: true, at_least: 0}
consequences:
  notice: {name: 缺席过, assumed: true, when: {if: {item: absences, met: false}}, proposes: 通报, to: 主席团}
  talk:
    name: 连续两年缺席
    assumed: true
    when: {if: {item: absences, met: false}}
    in_a_row: 2
    proposes: 谈话
    to: 主任会议
    law: 代表法第51条
"""


def test_of_a_list_with_names_alone_the_names_are_the_parties(files):
    (files / "people.csv").write_text("姓名,级别\n王一,区县\n", encoding="utf-8")
    table, aside = score(files, "--people", str(files / "people.csv"))
    assert [line.split()[0] for line in table.splitlines()] == ["对象", "王一"]
    assert "1个对象不在名单上，没有计入：李二" in aside


@pytest.fixture
def absences(tmp_path):
    """Two years, in both of which one was absent, and another in the second alone."""
    (tmp_path / "rules.yaml").write_text(text_of(ABSENT, AFTER_ABSENCE), encoding="utf-8")
    lines = ["对象,事项,日期", "王一,走访,2026-03-01", "王一,走访,2027-03-01", "李二,走访,2027-05-01"]
    (tmp_path / "events.csv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_what_is_proposed_is_told_with_the_sheets_and_looks_back_on_earlier_periods(absences):
    first, second, third = score(absences)[0].splitlines()
    assert first.split()[-1] == "提出"
    assert (second.split()[-1], third.split()[-1]) == ("通报、谈话", "通报")
    told = json.loads(score(absences, "--format", "json")[0])["parties"][0]["proposed"]
    assert told == [{"what": "通报", "to": "主席团"}, {"what": "谈话", "to": "主任会议"}]
    before = score(absences, "--period", "2026-03-01")[0].splitlines()
    assert [line.split()[-1] for line in before[1:]] == ["通报", "0"]


def test_a_proposal_is_explained_with_whom_it_goes_to_and_what_limits_it(absences):
    told = run("rules_explain", *files_of(absences), "--party", "王一")[0]
    assert "连续两年缺席：提出谈话，由主任会议决定。法律的界限：《代表法》第51条。" in told
    told = run("rules_explain", *files_of(absences), "--party", "王一", "--english")[0]
    assert "proposes 谈话, to be decided by 主任会议. Limited by law:" in told


def files_of(folder) -> list[str]:
    return [str(folder / "rules.yaml"), "--events", str(folder / "events.csv")]


def test_lines_of_before_the_regulation_are_told(files):
    text = (files / "rules.yaml").read_text(encoding="utf-8")
    late = text.replace("from: 2020-01-01", "from: 2026-03-01")
    assert late != text
    (files / "rules.yaml").write_text(late, encoding="utf-8")
    assert "注意：3条早于办法施行的2026年3月1日；这一期按期末施行的办法算，也计入了。" in score(files)[1]
