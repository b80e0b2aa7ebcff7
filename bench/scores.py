"""Sheets of 9,000 deputies by forty items on SQLite and on PostgreSQL: each engine is measured by bench/scores_engine.py."""

import tempfile
from pathlib import Path

from bench.record import measured_by, postgres
from bench.report import Report


def run(report: Report, events: int = 0) -> None:
    """Measure both engines, at last with so many events where that is more than they have."""
    with tempfile.TemporaryDirectory() as home, postgres(Path(home)) as url:
        for engine, database in (("SQLite", f"sqlite://{home}/bench.sqlite3"), ("PostgreSQL", url)):
            environ = {"LIANXIN_HOME": home, "LIANXIN_DATABASE": database}
            measured_by("bench.scores_engine", report, engine, environ, str(events))
