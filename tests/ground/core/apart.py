"""A platform on a database of its own, for what only processes of their own can show: being killed, meeting each other."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[3]
MIGRATED = ("core", "django_tasks_database", "sessions")
PRELUDE = """
import django, json, sys
django.setup()
from lianxin.ground.core.events import register
from tests.ground.core import builders
from tests.ground.core.builders import *
register(*builders.KINDS)
from django.db import connection, transaction
from lianxin.ground.core import clock
from lianxin.ground.core.models import *
from lianxin.ground.core.ids import new_id

def meet():  # wait until all processes that were started together are here
    print("here", flush=True)
    sys.stdin.readline()
"""


@dataclass
class Apart:
    """One such platform: its home and the URL of its database."""

    home: Path
    url: str

    @property
    def environ(self) -> dict[str, str]:
        """What its processes find in their environment."""
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("LIANXIN_", "DJANGO_", "PYTEST_"))
        }
        ours = {"LIANXIN_HOME": str(self.home), "LIANXIN_DATABASE": self.url, "PYTHONUNBUFFERED": "1"}
        return clean | ours | {"DJANGO_SETTINGS_MODULE": "tests.ground.core.settings_apart"}

    def python(self, code: str) -> Any:
        """Run Python on the platform; what it prints last is JSON and is returned."""
        done = self._finish(self.start_python(code))
        return json.loads(done.splitlines()[-1]) if done.strip() else None

    def together(self, *codes: str) -> list[Any]:
        """Run several pieces of Python at once, let them go on together where each says `meet()`, and return what they print."""
        processes = [self.start_python(code) for code in codes]
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "here\n"
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        return [json.loads(self._finish(process).splitlines()[-1]) for process in processes]

    def lianxin(self, *words: str, code: int = 0, **environ: str) -> str:
        """Run a command of the product, expect its exit code, and return what it said on both channels."""
        return self._finish(self.start("-m", "lianxin", *words, **environ), code)

    def start_python(self, code: str) -> "subprocess.Popen[str]":
        """Start Python on the platform."""
        return self.start("-c", PRELUDE + code)

    def start(self, *arguments: str, **environ: str) -> "subprocess.Popen[str]":
        """Start a process on the platform."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environ | environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _finish(self, process: "subprocess.Popen[str]", code: int = 0) -> str:
        said, _nothing = process.communicate(timeout=120)
        assert process.returncode == code, said
        return said


@contextmanager
def template(home: Path) -> Iterator[Apart]:
    """An empty platform to copy; a database of PostgreSQL is dropped at the end."""
    home.mkdir(parents=True)
    with _database(home, None) as url:
        empty = Apart(home, url)
        for app in MIGRATED:
            empty.lianxin("migrate", app, "-v0")
        yield empty


@contextmanager
def copy(empty: Apart, home: Path) -> Iterator[Apart]:
    """A platform of its own."""
    shutil.copytree(empty.home, home)
    with _database(home, empty.url) as url:
        yield Apart(home, url)


@contextmanager
def _database(home: Path, template: str | None) -> Iterator[str]:
    server = os.environ.get("LIANXIN_TEST_POSTGRES")
    if not server:
        yield f"sqlite://{home}/lianxin.sqlite3"
        return
    name = f"apart_{uuid.uuid4().hex}"
    with psycopg.connect(_named(server, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {urlsplit(template).path[1:]}" if template else ""))
        yield _named(server, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
