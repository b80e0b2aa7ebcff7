"""The first start has a key without a puzzle, on either database; a machine without the right key starts nothing."""

import shutil
from pathlib import Path

import pytest

from tests.ground.core.apart import Apart
from tests.ground.vault.whole import Whole

pytestmark = pytest.mark.sql

FIRST_START = """
from lianxin.ground.core.management.commands.run import said_by
print(json.dumps(said_by("vault_key", save=True, verbosity=0)))
"""
KEEP = "from tests.ground.vault import builders as vault; vault.make_voice()"
MADE = "from lianxin.ground.vault.models import MasterKey; print(json.dumps(MasterKey.objects.count()))"


@pytest.fixture
def new(whole: Whole) -> Whole:
    """A platform on which nothing was kept, and without a key."""
    shutil.rmtree(whole.home / "keys")
    return whole


def test_the_first_start_makes_a_key_and_says_where_it_lies(new: Whole):
    key = new.home / "keys" / "vault_key"
    [told] = new.python(FIRST_START)
    assert f"保险柜的密钥造好了：{key}" in told
    assert "其他机器，先把这个文件拷过去" in told
    assert key.stat().st_mode & 0o777 == 0o600
    assert new.python(FIRST_START) == []
    assert new.python(MADE) == 1
    new.python(KEEP)


def test_by_hand_it_is_the_same(new: Whole):
    assert "造好了" in new.lianxin("vault", "key", "--save")
    assert "已经有密钥，没有改动" in new.lianxin("vault", "key", "--save")


def test_another_machine_on_the_database_is_asked_for_the_same_key(new: Whole, tmp_path: Path):
    new.python(FIRST_START)
    (tmp_path / "other").mkdir()
    other = Whole(tmp_path / "other", new.url)
    for words in (["vault", "key", "--save"], ["worker"]):
        said = other.lianxin(*words, code=1)
        assert "✗ 保险柜的密钥对不上" in said
        assert "Traceback" not in said
    assert not (other.home / "keys" / "vault_key").exists()
    shutil.copytree(new.home / "keys", other.home / "keys", dirs_exist_ok=True)
    assert "已经有密钥" in other.lianxin("vault", "key", "--save")


@pytest.mark.parametrize("start", [["-m", "lianxin", "worker"], ["-c", "import config.wsgi"]], ids=["worker", "pages"])
def test_nothing_starts_with_a_key_that_does_not_open_what_is_kept(whole: Whole, start: list[str]):
    whole.python(KEEP)
    (whole.home / "keys" / "vault_key").write_text("A" * 43)
    assert "✗ 保险柜的密钥对不上：已有的身份信息要用密钥" in refusal(whole, *start)


def refusal(platform: Apart, *start: str) -> str:
    process = platform.start(*start)
    said, _nothing = process.communicate(timeout=120)
    assert process.returncode == 1, said
    assert "Traceback" not in said
    return said
