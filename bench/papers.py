"""Papers a minute: numbered, and written as DOCX and PDF. What LibreOffice takes is its own, and stands beside."""

import tempfile
from pathlib import Path

from django.core.management import call_command

from bench.record import measured_by
from bench.report import Report


def run(report: Report) -> None:
    """Measure on SQLite: a number is taken by one at a time on either database."""
    call_command("translations", verbosity=0)
    with tempfile.TemporaryDirectory() as home:
        environ = {"LIANXIN_HOME": home, "LIANXIN_DATABASE": f"sqlite://{Path(home)}/bench.sqlite3"}
        measured_by("bench.papers_engine", report, "SQLite", environ)
