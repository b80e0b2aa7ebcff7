"""A platform starts only where it can write, and never twice on one file."""

import errno
import os
import shutil
import signal
import subprocess
import sys

import pytest
from django.db import OperationalError

from lianxin.ground.core.serving import home
from lianxin.terminal import Failed

HOLD = """
import sys, time
from lianxin.ground.core.serving import home
home.hold({"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1]})
print("held", flush=True)
time.sleep(60)
"""


def sqlite(folder):
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "lianxin.sqlite3")}


@pytest.fixture
def other(tmp_path, monkeypatch):
    """Another process that holds the file."""
    monkeypatch.setattr(home, "PATIENCE_S", 0.3)
    command = [sys.executable, "-c", HOLD, sqlite(tmp_path)["NAME"]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_two_processes_do_not_hold_one_file(tmp_path, other):
    with pytest.raises(Failed, match=str(other.pid)):
        home.hold(sqlite(tmp_path))


def test_a_killed_process_leaves_no_lock(tmp_path, other):
    other.send_signal(signal.SIGKILL)
    other.wait()
    lock = home.hold(sqlite(tmp_path))
    assert os.pread(lock, 20, 0).decode() == str(os.getpid()), "It is ours now, and says so to whoever comes next."
    os.close(lock)


def test_children_hold_the_file_on(tmp_path, monkeypatch):
    monkeypatch.setattr(home, "PATIENCE_S", 0.3)
    lock = home.hold(sqlite(tmp_path))
    with subprocess.Popen(["sleep", "60"], pass_fds=[lock]) as child:
        os.close(lock)
        with pytest.raises(Failed):
            home.hold(sqlite(tmp_path))
        child.kill()
    os.close(home.hold(sqlite(tmp_path)))


def test_postgresql_serves_many():
    assert home.hold({"ENGINE": "django.db.backends.postgresql", "NAME": "lianxin"}) is None


def test_a_home_is_made_where_there_is_none(tmp_path):
    home.need_room(tmp_path / "new" / "home")
    assert (tmp_path / "new" / "home").stat().st_mode & 0o777 == 0o700


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "home").write_text("")
    with pytest.raises(Failed, match="LIANXIN_HOME"):
        home.need_room(tmp_path / "home")


def test_a_disk_that_is_almost_full_is_refused(tmp_path, monkeypatch):
    nearly = shutil.disk_usage(tmp_path)._replace(free=home.SPACE_NEEDED - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: nearly)
    with pytest.raises(Failed, match="199 MB"):
        home.need_room(tmp_path)


def test_a_full_disk_is_told_apart_from_a_database_that_is_not_there():
    assert "磁盘" in home.database_failed(OperationalError("database or disk is full"))
    assert "LIANXIN_DATABASE" in home.database_failed(OperationalError("connection refused"))


def test_what_cannot_be_explained_is_raised_on():
    from lianxin.terminal import explained

    with pytest.raises(OSError, match="odd"):
        explained(OSError(errno.EBADF, "odd"))
