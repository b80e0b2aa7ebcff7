import subprocess
import time
from pathlib import Path

import pytest

from lianxin.ground.core.serving.ports import next_free
from tests.ground.core.apart import Apart
from tests.ground.core.backups import backups

pytestmark = pytest.mark.sql

BEFORE = {"DJANGO_SETTINGS_MODULE": "tests.ground.core.slow.settings_before"}
LATER = {"DJANGO_SETTINGS_MODULE": "tests.ground.core.slow.settings"}
THINGS = """
with connection.cursor() as cursor:
    names = [column.name for column in connection.introspection.get_table_description(cursor, "slow_thing")]
    cursor.execute("SELECT count(*) FROM slow_thing WHERE is_done")
    print(json.dumps([cursor.fetchone()[0], sorted(names)]))
"""
UNTOUCHED, DONE = [0, ["id", "is_done"]], [40, ["id", "is_done", "note"]]


@pytest.fixture
def earlier(apart: Apart) -> Apart:
    """A platform of the earlier version."""
    apart.lianxin("migrate", "-v0", **BEFORE)
    assert apart.python(THINGS) == UNTOUCHED
    return apart


@pytest.fixture
def killed(earlier: Apart, tmp_path: Path) -> Apart:
    """The same, after its upgrade was killed in the middle of a migration."""
    sign = tmp_path / "half-way"
    process = earlier.start("-m", "lianxin", "upgrade", **LATER, SLOW_SIGN=str(sign))
    wait_for(sign, process)
    process.kill()
    process.communicate()
    assert earlier.python(THINGS) == UNTOUCHED  # nothing half
    return earlier


def wait_for(sign: Path, process: "subprocess.Popen[str]") -> None:
    while not sign.exists():
        assert process.poll() is None, process.stdout.read()
        time.sleep(0.05)


def test_an_upgrade_backs_up_migrates_and_says_where_the_backup_lies(earlier: Apart):
    said = earlier.lianxin("upgrade", **LATER)
    assert earlier.python(THINGS) == DONE
    (file,) = backups(earlier)
    assert str(file) in said
    assert not (earlier.home / "upgrading.json").exists()


def test_an_upgrade_that_was_killed_goes_on_with_the_backup_it_had(killed: Apart):
    (file,) = backups(killed)
    assert str(file) in killed.lianxin("upgrade", **LATER)
    assert killed.python(THINGS) == DONE
    assert backups(killed) == [file]
    assert not (killed.home / "upgrading.json").exists()


@pytest.mark.parametrize("start", [["run"], ["worker"]])
def test_nothing_starts_before_an_upgrade_that_was_killed_has_ended(killed: Apart, start: list[str]):
    port = ["--port", str(next_free(20000, "127.0.0.1"))] if start == ["run"] else []
    said = killed.lianxin(*start, *port, code=1, **LATER)
    assert "开始的升级没有做完，现在不能启动" in said
    assert "lianxin upgrade" in said
    assert f"lianxin restore {backups(killed)[0]} --replace" in said
    assert "Traceback" not in said
    assert killed.python(THINGS) == UNTOUCHED  # nobody migrates by the way


def test_an_upgrade_that_was_killed_can_go_back(killed: Apart):
    (file,) = backups(killed)
    killed.lianxin("restore", str(file), "--replace", **BEFORE)
    assert killed.python(THINGS) == UNTOUCHED
    assert not (killed.home / "upgrading.json").exists()


def test_an_upgrade_that_fails_stops_and_says_how_to_go_on_and_back(earlier: Apart):
    said = earlier.lianxin("upgrade", code=1, **LATER, SLOW_FAILS="1")
    (file,) = backups(earlier)
    assert "two things have one number" in said
    assert f"lianxin restore {file} --replace" in said
    assert "Traceback" not in said
    assert earlier.python(THINGS) == UNTOUCHED
    earlier.lianxin("upgrade", **LATER)
    assert earlier.python(THINGS) == DONE


def test_a_backup_of_a_later_version_is_refused_by_an_earlier_one(earlier: Apart):
    earlier.lianxin("upgrade", **LATER)
    earlier.lianxin("backup", **LATER)
    said = earlier.lianxin("restore", str(backups(earlier)[-1]), "--replace", code=1, **BEFORE)
    assert "slow.0002_long" in said
    assert earlier.python(THINGS) == DONE
