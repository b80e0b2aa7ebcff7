import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lianxin.ground.core import keys
from lianxin.ground.core.backups.archive import Manifest, pack, unpack
from lianxin.ground.core.backups.errors import Damaged, NotABackup
from tests.ground.core.apart import Apart
from tests.ground.core.backups import EVENTS, backups, events_aside, fill, fresh, left_behind

pytestmark = pytest.mark.sql

WHOLE = """
print(json.dumps([list(map(str, row)) for row in Event.objects.order_by('id').values_list(
    'id', 'facts', 'parties__party_id', 'measures__count', 'texts__text', 'happened_at', 'recorded_on')]))
"""


def test_a_platform_comes_back_on_a_new_machine_as_it_was(apart: Apart, tmp_path: Path):
    fill(apart)
    before = apart.python(WHOLE)
    apart.lianxin("backup")
    with fresh(tmp_path / "new", apart) as new:
        assert "恢复好了" in new.lianxin("restore", str(backups(apart)[0]))
        assert new.python(WHOLE) == before
        assert (new.home / "files" / "scans" / "来信.jpg").read_bytes() == b"a scan"
        assert left_behind(new) == []
        new.python("make_visit()")  # counters and constraints work
        assert len(new.python(EVENTS)) == 3


def test_days_that_no_worker_sealed_are_sealed_so_that_verify_finds_nothing_wrong(apart: Apart):
    apart.python("from datetime import timedelta\nwith clock.travel(timedelta(days=-5)): make_visit()")
    apart.lianxin("backup")
    assert "记录完整" in apart.lianxin("restore", str(backups(apart)[0]), "--replace")
    assert apart.python("print(DaySeal.objects.count())") == 1


def test_what_stood_there_is_moved_aside_and_not_deleted(apart: Apart, kept: Path):
    assert "--replace" in apart.lianxin("restore", str(kept), code=1)
    assert len(apart.python(EVENTS)) == 3
    said = apart.lianxin("restore", str(kept), "--replace")
    assert len(apart.python(EVENTS)) == 2
    assert not (apart.home / "files" / "later.jpg").exists()
    (aside,) = apart.home.glob("replaced-*")
    assert str(aside) in said
    assert (aside / "files" / "later.jpg").read_bytes() == b"later"
    assert events_aside(apart, aside) == 3


def test_a_damaged_backup_is_refused_with_the_member_and_nothing_is_touched(apart: Apart):
    fill(apart, megabytes=4)
    apart.lianxin("backup")
    (file,) = backups(apart)
    damaged = bytearray(file.read_bytes())
    damaged[-3_000_000] ^= 1
    file.write_bytes(damaged)
    said = apart.lianxin("restore", str(file), "--replace", code=1)
    assert "已经损坏或不完整" in said
    assert "files/sound.wav" in said or "files/scans" in said
    assert "Traceback" not in said
    assert len(apart.python(EVENTS)) == 2
    assert not list(apart.home.glob("replaced-*"))
    assert left_behind(apart) == []


def test_a_backup_that_is_cut_short_is_refused(apart: Apart, kept: Path):
    key, whole = keys.read(apart.home / "keys" / "backup_key"), kept.read_bytes()
    for length in (0, 14, 100, 1000, len(whole) // 2, len(whole) - 1):
        kept.write_bytes(whole[:length])
        with pytest.raises((Damaged, NotABackup)):
            unpack(kept, key)
    assert "已经损坏或不完整" in apart.lianxin("restore", str(kept), "--replace", code=1)
    assert len(apart.python(EVENTS)) == 3


def test_a_backup_of_another_key_and_no_key_are_told_apart_from_damage(apart: Apart, kept: Path):
    key = apart.home / "keys" / "backup_key"
    right = key.read_text()
    key.write_text(keys.new_text())
    assert "另一把密钥" in apart.lianxin("restore", str(kept), "--replace", code=1)
    key.unlink()
    assert "没有备份密钥" in apart.lianxin("restore", str(kept), "--replace", code=1)
    assert not key.exists()  # none is made up
    said = apart.lianxin("restore", str(kept), "--replace", LIANXIN_BACKUP_KEY=right)
    assert "恢复好了" in said


def test_a_backup_whose_manifest_says_otherwise_is_refused(apart: Apart, tmp_path: Path):
    fill(apart)
    apart.lianxin("backup")
    key = keys.read(apart.home / "keys" / "backup_key")

    def refused(**facts: object) -> str:
        manifest = Manifest(**{**about, **facts})
        with (tmp_path / "made.backup").open("wb") as out:
            pack(out, key, [], manifest)
        return apart.lianxin("restore", str(tmp_path / "made.backup"), "--replace", code=1)

    here, other = ("sqlite", "PostgreSQL") if apart.url.startswith("sqlite") else ("postgresql", "SQLite")
    about = {
        "version": "99.0", "made_at": "2026-11-21T03:00:00+00:00", "platform": "", "engine": here,
        "migrations": ["core.0001_initial"], "tables": {}, "members": {"files/gone.jpg": {"sha256": "0", "bytes": 1}},
    }  # fmt: skip
    assert "files/gone.jpg" in refused()
    assert other in refused(members={}, engine="postgresql" if here == "sqlite" else "sqlite")
    assert "core.0999_later" in refused(members={}, migrations=["core.0001_initial", "core.0999_later"])
    assert len(apart.python(EVENTS)) == 2


def test_a_running_platform_is_not_overwritten(apart: Apart, kept: Path):
    with at_work(apart, "from lianxin.ground.core import running; running.hold()"):
        assert "平台还在运行" in apart.lianxin("restore", str(kept), "--replace", code=1)
        assert "平台还在运行" in apart.lianxin("upgrade", code=1)
    with at_work(apart, "connection.ensure_connection(); Event.objects.count()"):
        assert "还有别的程序开着" in apart.lianxin("restore", str(kept), "--replace", code=1)
    assert len(apart.python(EVENTS)) == 3
    apart.lianxin("restore", str(kept), "--replace")


def test_nobody_starts_while_a_restore_is_under_way(apart: Apart):
    with at_work(apart, "from lianxin.ground.core import running; alone = running.alone(); alone.__enter__()"):
        said = apart.python(
            "from lianxin.ground.core import running\ntry: running.hold()\nexcept running.BeingReplaced as no: print(json.dumps(str(no)))"
        )
    assert "正在恢复或升级" in said
    apart.python("from lianxin.ground.core import running\nrunning.hold()")


@contextmanager
def at_work(platform: Apart, code: str) -> Iterator[None]:
    """A process that does this and then goes on until it is killed."""
    process = platform.start_python(f"{code}\nprint('ready'); import time; time.sleep(600)")
    try:
        assert process.stdout.readline() == "ready\n"
        yield
    finally:
        process.kill()
        process.communicate()


def test_a_restore_that_is_killed_leaves_the_platform_as_it_was(apart: Apart):
    fill(apart, megabytes=24)
    apart.lianxin("backup")
    apart.python("make_visit()")
    process = apart.start("-m", "lianxin", "restore", str(backups(apart)[0]), "--replace")
    while not list(apart.home.glob("restoring-*/files/*")):
        assert process.poll() is None, process.stdout.read()
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert len(apart.python(EVENTS)) == 3
    apart.lianxin("restore", str(backups(apart)[0]), "--replace")
    assert len(apart.python(EVENTS)) == 2
    assert left_behind(apart) == []


def test_a_file_that_is_not_there_is_told(apart: Apart, tmp_path: Path):
    assert "没有" in (said := apart.lianxin("restore", str(tmp_path / "no.backup"), code=1))
    assert "Traceback" not in said
