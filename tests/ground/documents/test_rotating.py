"""When the master key changes, files come under the new one, and the former one may go."""

import pytest
from pytest_django import Settings

from lianxin.ground.core import keys
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.vault import keyring, rotating
from lianxin.ground.vault.models import MasterKey
from tests.ground.documents.builders import SOUND, make_file
from tests.ground.vault.builders import make_voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_file(settings: Settings) -> bytes:
    """The key lies in a file; without files nothing else would need it."""
    settings.VAULT_KEY = ""
    return keys.make(keys.place("VAULT_KEY"))


def make_voices(count: int) -> None:
    for _each in range(count):
        make_file(SOUND, kind=FileKind.VOICE)


def all_open() -> bool:
    keyring.forget()
    return all(file.content() == SOUND for file in File.objects.select_related("master"))


def test_every_file_comes_under_the_new_key_and_its_content_is_not_touched(by_file, settings, lying):
    make_voices(3)
    make_voice()
    before = [path.read_bytes() for path in lying()]
    assert rotating.rotate() == 4
    (settings.KEYS / f"vault_key_old_{keys.fingerprint(by_file)[:8]}").unlink()
    assert all_open()
    assert [path.read_bytes() for path in lying()] == before


def test_a_rotation_that_was_killed_among_the_files_goes_on(by_file, settings, monkeypatch):
    monkeypatch.setattr(rotating, "BATCH", 2)
    make_voices(5)
    make_voice()

    def killed(count: int) -> None:
        if File.objects.filter(master__is_current=True).exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotating.rotate(say=killed)
    assert File.objects.filter(master__is_current=True).count() == 2
    assert all_open()
    make_voices(1)
    assert MasterKey.objects.in_use().count() == 2  # the former one is needed still
    rotating.rotate()
    assert MasterKey.objects.in_use().count() == 1
    (settings.KEYS / f"vault_key_old_{keys.fingerprint(by_file)[:8]}").unlink()
    assert all_open()
    assert File.objects.count() == 6


def test_a_start_is_refused_where_only_files_need_a_key_that_is_missing(by_file, settings):
    make_voices(1)
    MasterKey.objects.update(is_current=False)
    keys.place("VAULT_KEY").unlink()
    keyring.forget()
    with pytest.raises(keyring.KeyDoesNotFit):
        keyring.refuse_wrong_key()
