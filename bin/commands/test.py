"""bin/test: the tests on SQLite and on PostgreSQL; quick ones, or with --all every one."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bin.commands import check, environment, tools
from lianxin.terminal import say

SLOW = "browser or documents or load or alone"
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
WORKERS = CORES + 2  # of the cores that may be used: a test often waits for a browser or another process
ALONE, TOGETHER = ["-n", "0"], ["-n", str(WORKERS), "--dist", "worksteal"]
NOTHING_CHOSEN = 5  # what pytest answers when no test was chosen

Round = tuple[str, list[str]]  # what is chosen by its marks, and how it runs

QUICK: dict[str, list[Round]] = {
    "SQLite": [(f"not ({SLOW})", TOGETHER)],
    "PostgreSQL": [(f"sql and not ({SLOW})", TOGETHER)],
}
ALL: dict[str, list[Round]] = {
    # What is alone for the sake of the database's server need not be where there is none.
    "SQLite": [("alone and not sql", ALONE), ("not alone or sql", TOGETHER)],
    # What a page looks like it looks like on both; so does whatever says of itself that either engine shows it.
    "PostgreSQL": [("sql and alone", ALONE), ("sql and not (alone or browser or either)", TOGETHER)],
}


def main(arguments: list[str]) -> int:
    """Run the tests; the answer is not 0 when a test fails, was skipped, or when with --all a check fails."""
    everything = "--all" in arguments
    chosen = [argument for argument in arguments if argument != "--all"]
    environment.prepare(dev=True)
    codes = []
    if everything:
        tools.need_all()
        codes.append(check.main([]))
    rounds = ALL if everything else QUICK
    codes += run("SQLite", rounds["SQLite"], chosen, {})
    with postgres() as url:
        codes += run("PostgreSQL", rounds["PostgreSQL"], chosen, {"LIANXIN_TEST_POSTGRES": url})
    failed = [code for code in codes if code not in (0, NOTHING_CHOSEN)]
    return failed[0] if failed else min(codes)


def run(kind: str, rounds: Sequence[Round], chosen: list[str], extra: dict[str, str]) -> list[int]:
    """Run pytest for each round on this kind of database, and return its answers."""
    codes = []
    environ = os.environ | extra
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # of the hundreds of processes that tests start, one compiles for all
    for marks, how in rounds:
        say(f"在 {kind} 上测试：{marks}", f"Testing on {kind}: {marks}")
        command = [str(environment.PYTHON), "-m", "pytest", "-m", marks, *how, *chosen]
        codes.append(subprocess.run(command, cwd=environment.ROOT, env=environ).returncode)
    return codes


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server: the one LIANXIN_TEST_POSTGRES names, or one that lives as long as the tests."""
    if url := os.environ.get("LIANXIN_TEST_POSTGRES"):
        yield url
        return
    command = [str(environment.PYTHON), "-m", "bin.commands.postgres"]
    with subprocess.Popen(
        command, cwd=environment.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()  # which tells it to end
