import base64
from pathlib import Path

import pytest
from pytest_django import Settings

from lianxin.ground.core import keys
from lianxin.ground.vault import keyring, rotating
from lianxin.ground.vault.errors import KeyDoesNotFit, NothingKeptYet, NothingToRotate
from lianxin.ground.vault.models import Identity, MasterKey
from tests.ground.vault.builders import TOLD, make_voice

pytestmark = pytest.mark.django_db
NEW = base64.b64encode(b"another key of thirty-two bytes!").decode()


@pytest.fixture
def by_file(settings: Settings) -> None:
    """The key lies in a file, as on the embedded default."""
    settings.VAULT_KEY = ""
    keys.make(keys.place("VAULT_KEY"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def all_open() -> bool:
    keyring.forget()
    return all(identity.unseal() == TOLD for identity in Identity.objects.select_related("master"))


def test_every_identity_comes_under_the_new_key_and_opens(by_file: None, settings: Settings):
    before = [make_voice() and keys.find("VAULT_KEY") for _each in range(3)][0]
    sealed = set(Identity.objects.values_list("sealed", flat=True))
    assert rotating.rotate() == 3
    assert keys.find("VAULT_KEY") != before
    assert names(settings.KEYS) == ["vault_key", f"vault_key_old_{keys.fingerprint(before)[:8]}"]
    (settings.KEYS / f"vault_key_old_{keys.fingerprint(before)[:8]}").unlink()
    assert all_open()
    assert set(Identity.objects.values_list("sealed", flat=True)) == sealed  # what was told is not touched
    make_voice()
    assert {identity.master.fingerprint for identity in Identity.objects.all()} == {
        keys.fingerprint(keys.find("VAULT_KEY"))
    }


def test_a_rotation_that_was_killed_goes_on_under_the_same_key(
    by_file: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rotating, "BATCH", 2)
    for _each in range(5):
        make_voice()

    def killed(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotating.rotate(say=killed)
    assert Identity.objects.filter(master__is_current=True).count() == 2
    assert all_open()  # half under one key, half under the other
    make_voice()  # life goes on, under the new one
    new = keys.read(rotating.next_file())
    assert rotating.rotate() == 3
    assert keys.find("VAULT_KEY") == new
    assert all_open()
    assert not rotating.next_file().exists()


def test_a_rotation_that_was_killed_before_the_files_were_named_ends_well(
    by_file: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    make_voice()
    with monkeypatch.context() as patch:
        patch.setattr(rotating, "settle", lambda: None)
        rotating.rotate()
    assert all_open()
    assert rotating.rotate() == 0
    assert len(names(settings.KEYS)) == 2
    assert all_open()


def test_keys_of_the_environment_are_rotated_by_naming_the_former_one(settings: Settings):
    make_voice()
    with pytest.raises(NothingToRotate, match="VAULT_KEY_OLD"):
        rotating.rotate()
    former, settings.VAULT_KEY = settings.VAULT_KEY, NEW
    with pytest.raises(KeyDoesNotFit):
        rotating.rotate()
    settings.VAULT_KEY_OLD = [former]
    assert rotating.rotate() == 1
    settings.VAULT_KEY_OLD = []
    assert all_open()
    assert MasterKey.objects.get(is_current=True).fingerprint == keys.fingerprint(base64.b64decode(NEW))


def test_with_nothing_kept_there_is_nothing_to_rotate(by_file: None, settings: Settings):
    with pytest.raises(NothingKeptYet):
        rotating.rotate()
    assert names(settings.KEYS) == ["vault_key"]


def test_a_process_that_runs_meets_the_new_key_without_a_restart(by_file: None):
    make_voice()
    assert all_open()
    known = dict(keyring._known)
    rotating.rotate()
    keyring._known.clear()
    keyring._known.update(known)  # as in another process that knows the former key only
    assert all(identity.unseal() == TOLD for identity in Identity.objects.select_related("master"))
