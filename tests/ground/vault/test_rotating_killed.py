"""The master key is changed while others go on keeping identities, and the change is killed in the middle."""

import pytest

from tests.ground.vault.whole import Whole

KEEP = """
from tests.ground.vault import builders as vault
while True:
    vault.make_voice()
    print("kept", flush=True)
"""
ROTATE = """
from lianxin.ground.vault import rotating
rotating.BATCH = 3
rotating.rotate(say=lambda count: print(count, flush=True))
"""
STATE = """
from lianxin.ground.vault.models import Identity, MasterKey
identities = list(Identity.objects.select_related("master"))
print(json.dumps({
    "opened": sum(identity.unseal().name == "郗棠梨" for identity in identities),
    "kept": len(identities),
    "under": sorted({identity.master.fingerprint for identity in identities}),
    "current": MasterKey.objects.get(is_current=True).fingerprint,
}))
"""


@pytest.mark.sql
@pytest.mark.load
def test_a_rotation_that_is_killed_amid_others_at_work_loses_nothing_and_ends_well(whole: Whole):
    with whole.start_python(KEEP) as keeper:
        for _each in range(20):
            assert keeper.stdout.readline() == "kept\n"
        with whole.start_python(ROTATE) as killed:
            assert killed.stdout.readline() == "3\n"
            killed.kill()
        half = whole.python(STATE)
        assert len(half["under"]) == 2
        assert half["opened"] == half["kept"]
        said = whole.lianxin("vault", "rotate")
        keeper.kill()
    assert "换好了" in said
    done = whole.python(STATE)
    assert done["under"] == [done["current"]] == [half["current"]]
    assert done["opened"] == done["kept"] >= half["kept"]
