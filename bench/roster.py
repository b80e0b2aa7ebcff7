"""Rosters of a city and of a province: how long `lianxin import roster` takes, and how much memory."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.report import Report
from bench.workbooks import write

PEOPLE, ROWS, BAD = 9_000, 100_000, 60_000
FOUND = "import django; django.setup(); from bench.platforms import founded; print(founded().name)"


def run(report: Report) -> None:
    """Look at a roster, take it over, take it over again; and find one bad cell in a large one."""
    with tempfile.TemporaryDirectory() as home:
        environ = os.environ | {"LIANXIN_HOME": home}
        congress = subprocess.run(
            [sys.executable, "-c", FOUND], env=environ, check=True, capture_output=True, text=True
        ).stdout.strip()
        roster = write(Path(home) / "roster.xlsx", congress, PEOPLE)
        spoilt = write(Path(home) / "spoilt.xlsx", congress, ROWS, _spoil)
        for what, done, aim in (
            (f"{PEOPLE:,} people: a dry run", _import(environ, roster, "--dry-run"), ""),
            (f"{PEOPLE:,} people: read, checked and taken over", _import(environ, roster), "under 60 s"),
            ("the same file again, which changes nothing", _import(environ, roster), ""),
            (f"{ROWS:,} rows with one bad cell: found, nothing taken over", _import(environ, spoilt, bad=True), ""),
        ):
            row = {"seconds": f"{done.seconds:.1f}", "of them computing": f"{done.cpu:.1f}", "MB": done.megabytes}
            report.add("Rosters", what=what, **row, aim=aim)


def _spoil(number: int, row: dict[str, object]) -> None:
    if number == BAD:
        row["就任日期"] = "去年冬天"


@dataclass(frozen=True)
class Done:
    """What a command took."""

    seconds: float
    cpu: float
    megabytes: int


def _import(environ: dict[str, str], file: Path, *options: str, bad: bool = False) -> Done:
    """Import as an operator does. A file that is taken over though a cell is bad, or the other way, is an error."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "lianxin", "import", "roster", str(file), *options]
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        said = process.stderr.read()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if bool(process.returncode) != bad or (bad and f"{BAD + 2}" not in said):
        raise RuntimeError(f"{' '.join(command)}: {said}")
    return Done(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
