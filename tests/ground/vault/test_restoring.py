"""An identity that was erased after a backup stays erased when that backup comes back."""

import shutil
from pathlib import Path

import pytest

from tests.ground.core import apart
from tests.ground.vault.scanning import found, shapes_of_bytes
from tests.ground.vault.whole import Whole

pytestmark = pytest.mark.sql

KEEP = """
from lianxin.ground.vault.models import Identity
from tests.ground.vault import builders as vault
voices = [vault.make_voice(), vault.make_voice()]
print(json.dumps([[str(voice), bytes(Identity.objects.get(voice_id=voice).wrapped_key).hex()] for voice in voices]))
"""
ERASE = """
from uuid import UUID
from lianxin.ground.vault import actions
actions.erase(UUID("{voice}"), by=None, at=clock.now(), cause="asked")
"""
KEPT = """
from lianxin.ground.vault.models import Erasure, Identity
names = [[str(identity.voice_id), identity.unseal().name] for identity in Identity.objects.select_related("master")]
print(json.dumps([names, Erasure.objects.count(), Event.objects.filter(kind="vault.erased").count()]))
"""


def test_erasures_are_replayed_here_and_on_a_new_machine(whole: Whole, tmp_path: Path):
    (gone, key), (stays, _key) = whole.python(KEEP)
    whole.lianxin("backup")
    (file,) = (whole.home / "backups").glob("*.backup")
    whole.python(ERASE.format(voice=gone))
    assert "又销毁了一遍：1项" in whole.lianxin("restore", str(file), "--replace")
    assert whole.python(KEPT) == [[[stays, "郗棠梨"]], 1, 1]
    for aside in whole.home.glob("replaced-*"):
        shutil.rmtree(aside)  # what was replaced is not touched by anybody but the operator
    assert found(whole, shapes_of_bytes(bytes.fromhex(key))) == set()

    new = tmp_path / "new"
    for folder in ("keys", "backups"):
        shutil.copytree(whole.home / folder, new / folder)
    with apart._database(new, None) as url:
        moved = Whole(new, url)
        moved.lianxin("restore", str(new / "backups" / file.name))
        assert moved.python(KEPT) == [[[stays, "郗棠梨"]], 1, 1]
