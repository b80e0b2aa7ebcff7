"""./bin/run: one command from a clone to a platform, and one Ctrl-C back."""

import os
import re
import resource
import signal
import sqlite3
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.running import memory_of, processes_of

pytestmark = pytest.mark.alone

READY = "Ctrl-C"
MB = 1_000_000


def page(port, path="/"):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.status, answer.read().decode()


def test_a_first_start_tells_each_step_and_where_to_sign_in(first_start):
    for step in ("static files", "database", "made-up people", "Starting web server", "http://localhost:"):
        assert step in first_start.said
    assert first_start.process.returncode == 0


def test_the_platform_answers(start, home, port):
    run = start("./bin/run", "--port", port, LIANXIN_HOME=home)
    run.until(READY)
    status, text = page(port)
    assert status == 200
    assert "连心桥" in text


def test_a_second_start_takes_seconds(start, home, port):
    before = seconds_of_work()
    run = start("./bin/run", "--port", port, LIANXIN_HOME=home)
    run.until(READY)
    run.stop()
    assert seconds_of_work() - before < 15
    assert "Installing" not in run.said
    assert "Making the platform" not in run.said


def seconds_of_work():
    """Processor time of every command that has ended: says more than a clock on a busy computer."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_a_first_start_that_is_killed_leaves_nothing_half_done(start, tmp_path, port):
    run = start("./bin/run", "--port", port, LIANXIN_HOME=tmp_path)
    run.until("家站点户、会议")
    run.kill()
    assert "演示登录" not in run.said, "It was killed too late to tell."
    with sqlite3.connect(tmp_path / "lianxin.sqlite3") as database:
        counts = [
            database.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("core_platform", "core_event")
        ]
    database.close()
    assert counts == [(0,), (0,)]


def test_a_migration_that_is_killed_is_gone_on_with(start, tmp_path, port):
    run = start("./bin/run", "--empty", "--port", port, LIANXIN_HOME=tmp_path)
    run.until("database up to date")
    while migrations(tmp_path) < 5:
        assert run.process.poll() is None, run.said
        time.sleep(0.01)
    run.kill()
    done = migrations(tmp_path)
    assert "Making the platform" not in run.said, "It was killed too late to tell."
    again = start("./bin/run", "--empty", "--port", port, LIANXIN_HOME=tmp_path)
    again.until(READY)
    assert migrations(tmp_path) > done, "It was killed too late to tell."
    assert len(invitations(again.said, port)) == 3
    assert page(port)[0] == 200


def migrations(home):
    """How many the database of this home has behind it."""
    file = home / "lianxin.sqlite3"
    if not file.exists():
        return 0
    with closing(sqlite3.connect(file, timeout=20)) as database:
        [begun] = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'django_migrations'").fetchone()
        return database.execute("SELECT count(*) FROM django_migrations").fetchone()[0] if begun else 0


def invitations(said, port):
    """The paths of the one-time links to the platform on this port."""
    return re.findall(rf"http://localhost:{port}(/\S+)#\S{{20,}}", said)


def test_an_empty_platform_is_opened_by_three_administrators(start, tmp_path, port):
    run = start("./bin/run", "--empty", "--port", port, LIANXIN_HOME=tmp_path)
    run.until(READY)
    links = invitations(run.said, port)
    assert len(links) == 3
    assert page(port, links[0])[0] == 200
    asked = start("./bin/lianxin", "administrators", LIANXIN_HOME=tmp_path)
    assert asked.ends() == 0
    assert len(invitations(asked.said, port)) == 3
    run.stop()
    again = start("./bin/run", "--port", port, LIANXIN_HOME=tmp_path)
    again.until(READY)
    assert "#" not in again.said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_leaves_no_process(start, home, port, number):
    run = start("./bin/run", "--port", port, LIANXIN_HOME=home)
    run.until(READY)
    assert run.stop(number) == 0
    assert run.left_behind(0) == {}


def name_of(pid):
    """What `ps` calls a process."""
    return Path(f"/proc/{pid}/comm").read_text().strip()


def test_a_killed_run_leaves_no_process_and_no_lock(start, home, port):
    run = start("./bin/run", "--port", port, LIANXIN_HOME=home)
    run.until(READY)
    run.kill()
    assert run.left_behind() == {}
    start("./bin/run", "--port", port, LIANXIN_HOME=home).until(READY)


def test_when_one_process_ends_all_are_stopped(start, home, port):
    run = start("./bin/run", "--port", port, LIANXIN_HOME=home)
    run.until(READY)
    worker = next(pid for pid in processes_of(run.folder) if name_of(pid) == "lianxin worker")
    os.kill(worker, signal.SIGKILL)
    assert run.ends() == 1
    assert "worker ended by itself" in run.said
    assert run.left_behind(0) == {}


def test_two_servers_do_not_serve_one_file(start, home, port):
    first = start("./bin/run", "--port", port, LIANXIN_HOME=home)
    first.until(READY)
    second = start("./bin/run", "--port", port + 1, LIANXIN_HOME=home)
    assert second.ends() == 1
    assert f"running already (process {first.process.pid})" in second.said
    assert page(port)[0] == 200


def test_a_platform_stays_that_of_its_place(start, home, port):
    run = start("./bin/run", "--place", "elsewhere", "--port", port, LIANXIN_HOME=home)
    assert run.ends() == 1
    assert "LIANXIN_HOME=var/elsewhere ./bin/run --place elsewhere" in run.said


def test_the_server_takes_less_than_250_mb(start, home, port):
    run = start("./bin/run", "--port", port, LIANXIN_HOME=home)
    run.until(READY)
    for _ in range(20):
        page(port)
    assert memory_of(run.folder) < 250 * MB
