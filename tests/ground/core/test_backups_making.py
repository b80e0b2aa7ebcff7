import errno
import fcntl
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from lianxin.ground.core import keys
from lianxin.ground.core.backups import making
from lianxin.ground.core.backups.archive import unpack
from lianxin.ground.core.backups.errors import NoPermission, NoSpace, NotWritten
from tests.ground.core.apart import Apart
from tests.ground.core.backups import backups, fill, left_behind

STORY = "屋顶漏水，想问修缮补贴。"


@pytest.mark.sql
def test_a_backup_holds_database_files_and_what_they_must_be(apart: Apart, tmp_path: Path):
    fill(apart)
    said = apart.lianxin("backup")
    (file,) = backups(apart)
    assert str(file) in said
    assert str(apart.home / "keys") in said
    manifest = unpack(file, keys.read(apart.home / "keys" / "backup_key"), tmp_path / "out")
    assert (tmp_path / "out" / "files" / "scans" / "来信.jpg").read_bytes() == b"a scan"
    assert manifest.members["files/scans/来信.jpg"]["bytes"] == 6
    assert any(name.startswith("database/") for name in manifest.members)
    assert manifest.tables["core_event"] == manifest.tables["core_eventparty"] == 2
    assert "core.0001_initial" in manifest.migrations


@pytest.mark.sql
def test_the_time_in_the_name_is_told_beside_the_time_of_the_place(apart: Apart):
    fill(apart)
    said = apart.lianxin("backup")
    (file,) = backups(apart)
    at = making.made_at(file)
    assert f"lianxin-{at:%Y%m%dT%H%M%S%f}Z.backup" == file.name
    here = at.astimezone(ZoneInfo("Asia/Shanghai"))
    assert (
        f"世界标准时间（UTC），按名字排就是先后；这里的时间是{here.year}年{here.month}月{here.day}日{here:%H:%M}。"
        in said
    )


@pytest.mark.sql
def test_a_backup_shows_nothing_and_holds_no_key(apart: Apart, tmp_path: Path):
    fill(apart)
    apart.lianxin("backup")
    (file,) = backups(apart)
    assert STORY.encode() not in file.read_bytes()
    unpack(file, keys.read(apart.home / "keys" / "backup_key"), tmp_path / "out")
    inside = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert STORY.encode() in inside
    for key in (apart.home / "keys").iterdir():
        assert key.read_bytes() not in inside


@pytest.mark.sql
def test_a_backup_may_go_elsewhere(apart: Apart, tmp_path: Path):
    fill(apart)
    apart.lianxin("backup", "--to", str(tmp_path / "stick"))
    assert len(list((tmp_path / "stick").iterdir())) == 1
    assert backups(apart) == left_behind(apart) == []


@pytest.mark.sql
def test_a_backup_that_is_killed_leaves_no_half_file_and_the_next_one_sweeps_up(apart: Apart):
    fill(apart, megabytes=24)
    process = apart.start("-m", "lianxin", "backup")
    while not any(name.startswith(".draft-") for name in left_behind(apart)):
        assert process.poll() is None, process.stdout.read()
        time.sleep(0.002)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert backups(apart) == []
    assert left_behind(apart) != []
    (apart.home / "files" / "sound.wav").unlink()
    apart.lianxin("backup")
    assert len(backups(apart)) == 1
    assert left_behind(apart) == []


@pytest.mark.sql
def test_a_disk_that_takes_no_more_leaves_nothing_half_and_says_so(apart: Apart):
    fill(apart, megabytes=4)
    told = apart.python(
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, resource.RLIM_INFINITY))\n"
        "from lianxin.ground.core.backups import errors, making\n"
        "try: making.make()\n"
        "except errors.NotMade as told: print(json.dumps(str(told)))"
    )
    assert told.startswith("没有备份成：写入")
    assert backups(apart) == left_behind(apart) == []
    apart.lianxin("backup")
    assert len(backups(apart)) == 1


@pytest.mark.sql
def test_a_folder_that_may_not_be_written_is_named(apart: Apart, tmp_path: Path):
    fill(apart)
    with (tmp_path / "file").open("w"):
        said = apart.lianxin("backup", "--to", str(tmp_path / "file" / "below"), code=1)
    assert str(tmp_path / "file") in said
    assert "Traceback" not in said
    assert left_behind(apart) == []


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, NoSpace),
        (errno.EDQUOT, NoSpace),
        (errno.EACCES, NoPermission),
        (errno.EROFS, NoPermission),
        (errno.EIO, NotWritten),
    ],
)
def test_what_the_system_refuses_is_told_with_the_place(number: int, told: type[Exception], tmp_path: Path):
    with pytest.raises(told) as error, making.telling(tmp_path):
        raise OSError(number, os.strerror(number))
    assert str(tmp_path) in str(error.value)


@pytest.mark.sql
def test_only_one_backup_is_made_at_a_time(apart: Apart):
    fill(apart)
    with (apart.home / "backup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "正在做另一份备份" in apart.lianxin("backup", code=1)
    apart.lianxin("backup")


def test_nothing_is_made_where_there_is_no_platform(apart: Apart):
    (apart.home / "lianxin.sqlite3").unlink()
    assert "这里还没有平台" in apart.lianxin("backup", code=1)


def test_a_damaged_database_is_told_and_not_kept_as_if_it_were_good(apart: Apart):
    fill(apart)
    file = apart.home / "lianxin.sqlite3"
    with file.open("r+b") as database:
        for page in range(2, file.stat().st_size // 4096):
            database.seek(page * 4096)
            database.write(b"\xff" * 64)
    assert "数据库自己已经损坏" in apart.lianxin("backup", code=1)
    assert backups(apart) == left_behind(apart) == []


def test_old_backups_go_and_the_newest_stays(settings: Settings, tmp_path: Path):
    settings.HOME, settings.BACKUP_DAYS = tmp_path, 30
    now = datetime(2026, 11, 21, 3, tzinfo=UTC)
    making.folder().mkdir()

    def made(days_ago: float) -> Path:
        file = making.folder() / making.NAME.format((now - timedelta(days=days_ago)).strftime(making.MOMENT))
        file.touch()
        return file

    oldest, old, young = made(90), made(30.01), made(29.99)
    others = [
        making.folder() / name for name in ("erasures.jsonl", "lianxin-2021.backup", "lianxin-before-upgrade.backup")
    ]
    for other in others:
        other.touch()
    assert making.expire(now) == [oldest, old]
    assert sorted(making.folder().iterdir()) == sorted([*others, young])
    assert making.expire(now + timedelta(days=400)) == []
    assert young.exists()
