"""A platform on a database of its own, for what only processes of their own can show: being killed, meeting each other."""

import atexit
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

SERVES = """
import ast, os, signal, tempfile, traceback
from django.db import connections

def run(code, out):
    signal.alarm(120)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(out.fileno(), 2)
    try:
        exec(compile(code, "<code>", "exec"), dict(globals()))
        sys.stdout.flush()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        sys.stdout.flush()
    finally:
        os._exit(1)

for line in sys.stdin:
    codes = json.loads(line)
    for code in codes:  # what each imports is imported once
        imports = [node for node in ast.parse(code).body if isinstance(node, ast.Import | ast.ImportFrom)]
        exec(compile(ast.Module(imports, []), "<imports>", "exec"), {})
    connections.close_all()
    here, go = os.pipe(), os.pipe()

    def meet():
        os.write(here[1], b"h")
        os.read(go[0], 1)

    said, processes = [tempfile.TemporaryFile("w+") for code in codes], []
    for code, out in zip(codes, said):
        processes.append(os.fork())
        if not processes[-1]:
            os.close(here[0])
            run(code, out)
    os.close(here[1])
    met = 0
    while met < len(codes) and (more := os.read(here[0], len(codes))):  # nothing, when all that never meet have ended
        met += len(more)
    os.write(go[1], b"g" * len(codes))
    ended = [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes]
    for each in (here[0], *go):
        os.close(each)
    told = []
    for out in said:
        out.seek(0)
        told.append(out.read())
        out.close()
    print("ANSWER", json.dumps([met, ended, told]), flush=True)
"""
_servers: "dict[tuple[str, ...], subprocess.Popen[str]]" = {}


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
        """Run Python on the platform in a process of its own; what it prints last is JSON and is returned."""
        _met, [told] = self._served(code)
        return json.loads(told.splitlines()[-1]) if told.strip() else None

    def together(self, *codes: str) -> list[Any]:
        """Run several pieces of Python at once, let them go on together where each says `meet()`, and return what they print."""
        met, told = self._served(*codes)
        assert met == len(codes), told
        return [json.loads(text.splitlines()[-1]) for text in told]

    def _served(self, *codes: str) -> tuple[int, list[str]]:
        """Each in a process of its own, which goes on from one that has loaded what all of a platform's need."""
        key = (str(self.home), *self.environ.values())
        server = _servers.get(key) or _servers.setdefault(key, self.start_python(SERVES))
        assert server.stdin
        assert server.stdout
        print(json.dumps(codes), file=server.stdin, flush=True)
        said = ""
        while (line := server.stdout.readline()) and not line.startswith("ANSWER "):
            said += line
        assert line, said
        met, ended, told = json.loads(line.removeprefix("ANSWER "))
        assert not any(ended), "\n".join([f"ended with {ended}", *told])
        return met, told

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
        try:
            yield Apart(home, url)
        finally:
            stop_serving()


def stop_serving() -> None:
    """End what runs Python on platforms: the test is over."""
    while _servers:
        _key, server = _servers.popitem()
        server.communicate()


atexit.register(stop_serving)


@contextmanager
def _database(home: Path, template: str | None) -> Iterator[str]:
    name = f"apart_{uuid.uuid4().hex}"
    create(name, template)
    yield url_of(home, name)
    drop(name)


def url_of(home: Path, name: str) -> str:
    """Where a database lies: on the server of the tests under its name, else in the home."""
    server = os.environ.get("LIANXIN_TEST_POSTGRES")
    return _named(server, name) if server else f"sqlite://{home}/lianxin.sqlite3"


def create(name: str, template: str | None = None) -> None:
    """Make a database of PostgreSQL, empty or as one with that URL is; SQLite makes its own file."""
    _on_the_server(f"CREATE DATABASE {name}" + (f" TEMPLATE {urlsplit(template).path[1:]}" if template else ""))


def drop(name: str) -> None:
    """Take it away."""
    _on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_the_server(statement: str) -> None:
    if server := os.environ.get("LIANXIN_TEST_POSTGRES"):
        with psycopg.connect(_named(server, "postgres"), autocommit=True) as connection:
            connection.execute(statement)


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
