"""bin/test runs the right tests on both databases, and passes on what fails."""

from contextlib import nullcontext
from itertools import product

import pytest

from bin.commands import check, environment, test, tools

NOTHING = test.NOTHING_CHOSEN


@pytest.fixture
def rounds(monkeypatch):
    """What would run: kind of database, marks and what was chosen; `answers` gives the exit codes in order."""
    seen = []

    def run(kind, marks_and_ways, chosen, extra):
        seen.extend((kind, marks, tuple(chosen)) for marks, _how in marks_and_ways)
        return [rounds_answers.pop(0) if rounds_answers else 0 for _ in marks_and_ways]

    rounds_answers = []
    monkeypatch.setattr(test, "run", run)
    monkeypatch.setattr(test, "postgres", lambda: nullcontext("postgres://"))
    monkeypatch.setattr(environment, "prepare", lambda dev: None)
    monkeypatch.setattr(tools, "need_all", lambda: seen.append("tools"))
    monkeypatch.setattr(check, "main", lambda arguments: seen.append("check") or 0)
    return seen, rounds_answers


def test_the_quick_round_leaves_out_what_is_slow_on_both_databases(rounds):
    seen, _ = rounds
    assert test.main([]) == 0
    assert [kind for kind, _marks, _chosen in seen] == ["SQLite", "PostgreSQL"]
    assert all("not (browser or documents or load or alone)" in marks for _kind, marks, _chosen in seen)


def test_all_leaves_nothing_out(rounds):
    seen, _ = rounds
    assert test.main(["--all"]) == 0
    assert seen[:2] == ["tools", "check"]
    for has in product((False, True), repeat=4):
        marked = dict(zip(("sql", "alone", "browser", "either"), has, strict=True))
        chosen = [kind for kind, marks, _ in seen[2:] if eval(marks, marked.copy())]
        on_both = marked["sql"] and (marked["alone"] or not (marked["browser"] or marked["either"]))
        assert chosen == (["SQLite", "PostgreSQL"] if on_both else ["SQLite"])


def test_other_arguments_go_to_pytest(rounds):
    seen, _ = rounds
    test.main(["tests/x", "-k", "y"])
    assert {chosen for _kind, _marks, chosen in seen} == {("tests/x", "-k", "y")}


@pytest.mark.parametrize(
    ("answers", "code"),
    [([0, 0], 0), ([0, 1], 1), ([1, 0], 1), ([0, NOTHING], 0), ([NOTHING, NOTHING], NOTHING), ([NOTHING, 2], 2)],
)
def test_a_round_that_fails_fails_the_command(rounds, answers, code):
    rounds[1].extend(answers)
    assert test.main([]) == code


def test_a_check_that_fails_fails_all(rounds, monkeypatch):
    monkeypatch.setattr(check, "main", lambda arguments: 2)
    assert test.main(["--all"]) == 2


def test_a_server_that_is_named_is_used(monkeypatch):
    monkeypatch.setenv("LIANXIN_TEST_POSTGRES", "postgres://there/db")
    with test.postgres() as url:
        assert url == "postgres://there/db"
