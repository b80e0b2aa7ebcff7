"""A disk that is full or may not be written, and a clock set back: a plain answer, and nothing that was confirmed is lost."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.ground.core.apart import PRELUDE, ROOT, Apart
from tests.ground.vault.whole import Whole

REFUSING_SQLITE = {  # how the database is made to take nothing, and to take it again
    "a full disk": (
        "sql('PRAGMA max_page_count = 1')",
        "sql('PRAGMA max_page_count = 1073741823')",
    ),  # 1: no more than now
    "a file of somebody else": ("chmod(0o444)", "chmod(0o600)"),
}
REFUSING_POSTGRESQL = {
    "a server that only reads": [f"sql('SET default_transaction_read_only = {now}')" for now in ("on", "off")]
}
REFUSING = REFUSING_POSTGRESQL if os.environ.get("LIANXIN_TEST_POSTGRES") else REFUSING_SQLITE
LIKE_ANYBODY = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []  # root may write everything
POST = """
import itertools
from pathlib import Path
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"] = {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
from django.test import Client
from tests.ground.access import builders as people
people.make_platform()
user = people.make_user("谷办事")
addresses = (f"10.0.{{n}}.1" for n in itertools.count())  # from one of them nobody may ask so often
def ask():
    answer = Client(REMOTE_ADDR=next(addresses)).post("/accounts/login/", {{"login": user.username, "password": "wrong-" + "x" * 50}})
    return [answer.status_code, answer.content.decode()]
def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
def chmod(mode):
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    for file in database.parent.glob(database.name + "*"):  # with its log, which has the same rights
        file.chmod(mode)
before = ask()
{refuse}
refused = next(told for told in (ask() for _ in range(200)) if told[0] != 422)  # begun pages have room for some rows
{again}
print(json.dumps([before, refused, ask()]))
"""


@pytest.mark.sql
@pytest.mark.parametrize(("refuse", "again"), REFUSING.values(), ids=REFUSING)
def test_a_page_that_cannot_be_saved_says_so_and_the_next_one_works_again(whole: Whole, refuse: str, again: str):
    code = PRELUDE + POST.format(refuse=refuse, again=again)
    done = run_like_anybody(whole, sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr
    before, refused, after = json.loads(done.stdout.splitlines()[-1])
    assert before[0] == after[0] == 422  # the password is wrong, and that is told
    assert refused[0] == 507
    assert "服务器的磁盘满了，或者不许写" in refused[1]
    assert "以前存的都还在" in refused[1]


def run_like_anybody(platform: Apart, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command for which the rights of folders and files hold, also where root runs the tests."""
    environ = platform.environ | {"LIANXIN_SECRET_KEY": "a key for tests, never for an office"}
    return subprocess.run([*LIKE_ANYBODY, *command], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120)


@pytest.mark.sql
@pytest.mark.parametrize("command", ["worker", "backup"])
def test_a_home_that_may_not_be_written_is_told(apart: Apart, command: str):
    apart.home.chmod(0o555)
    done = run_like_anybody(apart, sys.executable, "-m", "lianxin", command)
    apart.home.chmod(0o755)
    assert done.returncode == 1
    assert f"✗ 不许写入{apart.home}" in done.stderr
    assert "Traceback" not in done.stderr


ERRORS = """
from django.db import OperationalError
from lianxin.ground.core.refusals import takes_nothing
with connection.cursor() as cursor:
    cursor.execute("PRAGMA max_page_count = 1")
try:
    while True:
        make_visit()
except OperationalError as error:
    print(json.dumps([str(error), takes_nothing(error)]))
"""


def test_a_disk_that_is_full_is_known_by_what_sqlite_says(apart: Apart):
    assert apart.python(ERRORS) == ["database or disk is full", True]


@pytest.mark.sql
@pytest.mark.parametrize("command", ["worker", "backup"])
def test_a_home_on_a_read_only_disk_is_told(apart: Apart, command: str):
    """A disk that the system has made read-only after an error, in a mount namespace of its own."""
    outside = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    mount = f"mount --bind {apart.home} {apart.home} && mount -o remount,bind,ro {apart.home} && exec "
    run = f"{sys.executable} -m lianxin {command}"
    environ = apart.environ | {"LIANXIN_SECRET_KEY": "a key for tests, never for an office"}
    done = subprocess.run(
        [*outside, "sh", "-c", mount + run], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 1
    assert f"✗ 不许写入{apart.home}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.sql
def test_any_command_says_in_plain_words_that_the_database_is_not_there(apart: Apart):
    gone = {"LIANXIN_DATABASE": "postgres://lianxin@127.0.0.1:9/lianxin"}
    for command in ("seal", "rebuild"):
        said = apart.lianxin(command, code=1, **gone)
        assert "✗ 无法使用数据库" in said
        assert "LIANXIN_DATABASE" in said
        assert "Traceback" not in said


AHEAD = "import datetime\nwith clock.travel(datetime.timedelta(hours=3)): make_visit()"


@pytest.mark.sql
def test_a_worker_that_starts_after_the_clock_was_set_back_says_so_and_works(apart: Apart):
    apart.python(AHEAD)
    worker = apart.start("-m", "lianxin", "worker")
    try:
        assert worker.stdout.readline().startswith("✗ 时钟倒退了")
        assert "timedatectl set-ntp true" in worker.stdout.readline()
        until = time.monotonic() + 60
        while not apart.python("print(Worker.objects.count())") and time.monotonic() < until:
            time.sleep(0.1)
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=60)
        assert worker.returncode == 0
    finally:
        worker.kill()
        worker.communicate()
    assert "✗ 电脑时钟：时钟倒退了" in apart.lianxin("check", code=1)
    assert "✓ 记录完整" in apart.lianxin("verify")
