"""Pages and verbs of opinions, among few and among many, on SQLite and on PostgreSQL: see bench/opinions_engine.py."""

import tempfile
from pathlib import Path

from django.core.management import call_command

from bench.record import measured_by, postgres
from bench.report import Report


def run(report: Report) -> None:
    """Measure both engines."""
    call_command("translations", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with tempfile.TemporaryDirectory() as home, postgres(Path(home)) as url:
        for engine, database in (("SQLite", f"sqlite://{home}/bench.sqlite3"), ("PostgreSQL", url)):
            measured_by("bench.opinions_engine", report, engine, {"LIANXIN_HOME": home, "LIANXIN_DATABASE": database})
