"""A restore that is killed while two platforms change places leaves both, says so, and is ended by whoever comes next."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from lianxin.ground.core.backups import making, replaced
from tests.ground.core.apart import Apart
from tests.ground.core.backups import EVENTS, events_aside, left_behind

KILLED = """
import os
from pathlib import Path
from lianxin.ground.core.backups import restoring
left, true = {moves}, Path.rename
def rename(self, target):
    global left
    moved = true(self, target)
    left -= 1
    if not left:
        os._exit(9)
    return moved
Path.rename = rename
restoring.restore(Path({file!r}), replace=True)
"""
# the note; the old database and the new one, where they are files; the old files and the new ones
MOVES = {True: 5, False: 3}


def kill(platform: Apart, file: Path, moves: int) -> None:
    """Restore, and die after so many moves."""
    process = platform.start_python(KILLED.format(moves=moves, file=str(file)))
    said, _nothing = process.communicate(timeout=120)
    assert process.returncode == 9, said


def all_is_well(platform: Apart) -> None:
    """The platform is the one of the backup, and the one that was replaced is whole too."""
    assert len(platform.python(EVENTS)) == 2
    assert [path.name for path in (platform.home / "files").rglob("*") if path.is_file()] == ["来信.jpg"]
    (aside,) = platform.home.glob("replaced-*")
    assert (aside / "files" / "later.jpg").read_bytes() == b"later"
    assert events_aside(platform, aside) == 3
    assert left_behind(platform) == []
    assert not (platform.home / "restoring.json").exists()
    assert "✓ 记录完整" in platform.lianxin("verify")


@pytest.mark.sql
@pytest.mark.parametrize("moves", [1, 2, 3, 4, 5])
def test_killed_after_any_move_it_is_ended_by_the_same_command(apart: Apart, kept: Path, moves: int):
    kill(apart, kept, min(moves, MOVES[apart.url.startswith("sqlite")]))
    assert "恢复好了" in apart.lianxin("restore")
    all_is_well(apart)


@pytest.mark.sql
def test_until_then_nobody_works_on_it_and_check_says_what_to_do(apart: Apart, kept: Path):
    kill(apart, kept, 2)
    for refused in ("worker", "backup", "check"):
        said = apart.lianxin(refused, code=1)
        assert "上次恢复停在最后一步" in said
        assert "lianxin restore" in said
        assert "Traceback" not in said


@pytest.mark.sql
def test_a_start_ends_it_too_and_so_does_another_restore(apart: Apart, kept: Path):
    kill(apart, kept, 2)
    start = "from lianxin.ground.core.management.commands.run import finish_restore\nfinish_restore()"
    process = apart.start_python(start)
    assert "换完" in process.communicate(timeout=60)[0]
    all_is_well(apart)
    kill(apart, kept, 1)
    apart.lianxin("restore", str(kept), "--replace")
    assert len(apart.python(EVENTS)) == 2
    assert len(list(apart.home.glob("replaced-*"))) == 3


def test_a_database_that_somebody_makes_meanwhile_overwrites_nothing(apart: Apart, kept: Path):
    kill(apart, kept, 2)  # the old file is aside, the new one not yet in its place
    assert not (apart.home / "lianxin.sqlite3").exists()
    apart.lianxin("verify", code=2)  # looks for tables, and so makes an empty file
    assert (apart.home / "lianxin.sqlite3").exists()
    apart.lianxin("restore")
    all_is_well(apart)


@pytest.mark.sql
def test_a_disk_that_refuses_the_last_step_keeps_what_was_staged(apart: Apart, kept: Path):
    """An error, not a crash: the same holds."""
    refuse = KILLED.replace("os._exit(9)", "raise OSError(28, 'No space left on device', str(target))")
    process = apart.start_python(refuse.format(moves=2, file=str(kept)))
    assert "磁盘满了" in process.communicate(timeout=120)[0]
    apart.lianxin("restore")
    all_is_well(apart)


@pytest.mark.sql
def test_without_a_file_and_with_nothing_to_end_it_asks_for_one(apart: Apart):
    assert "请写出要恢复的备份文件" in apart.lianxin("restore", code=1)


@pytest.mark.sql
def test_moments_are_told_as_people_of_the_place_tell_them(apart: Apart, kept: Path):
    said = apart.lianxin("restore", str(kept), "--replace")
    local = timezone.localtime(timezone.now() - timedelta(minutes=1), timezone.get_default_timezone())
    told = re.findall(r"(\d+年\d+月\d+日\d\d:\d\d)的备份", said)
    assert len(told) == 2
    assert f"{local.year}年{local.month}月" in told[0]
    assert "+00:00" not in said


EXPIRE = """
from datetime import timedelta
from django.utils import timezone
from lianxin.ground.core.backups import replaced
print(json.dumps([list(one.places) for one in replaced.expire(timezone.now() + timedelta(days={days}))]))
"""


@pytest.mark.sql
def test_a_platform_that_was_replaced_is_named_and_goes_when_backups_do(apart: Apart, kept: Path):
    assert "30天后删除" in apart.lianxin("restore", str(kept), "--replace")
    (aside,) = apart.home.glob("replaced-*")
    said = apart.lianxin("check", code=1)  # no worker runs here
    assert "! 换下的平台：恢复时换下的平台还在" in said
    assert str(aside) in said
    assert apart.python(EXPIRE.format(days=29)) == []
    [places] = apart.python(EXPIRE.format(days=31))
    assert str(aside) in places
    assert len(places) == 1 if apart.url.startswith("sqlite") else 2
    assert not aside.exists()
    assert "换下的平台：没有" in apart.lianxin("check", code=1)
    assert len(apart.python(EVENTS)) == 2


def test_folders_of_other_names_are_left_alone(settings: Settings, tmp_path: Path, db: None):
    settings.HOME, settings.BACKUP_DAYS = tmp_path, 30
    old = tmp_path / f"replaced-{(timezone.now() - timedelta(days=31)).strftime(making.MOMENT)}"
    for folder in (old, tmp_path / "replaced-by-hand"):
        folder.mkdir()
    assert [one.places for one in replaced.expire(timezone.now())] == [(str(old),)]
    assert [path.name for path in tmp_path.glob("replaced-*")] == ["replaced-by-hand"]
    shutil.rmtree(tmp_path / "replaced-by-hand")
