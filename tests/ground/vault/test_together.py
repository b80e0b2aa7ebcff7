"""Two people at one identity in the same moment: one waits for the other, and neither undoes what the other did."""

import json
import time

import pytest

from tests.ground.vault.whole import Whole

pytestmark = pytest.mark.sql

CAST = """
from lianxin.ground.vault import actions
from tests.ground.access import builders as people
from tests.ground.vault import builders as vault
people.make_platform()
clerk = people.make_user("谷办事")
people.make_grant(clerk, "office_clerk", "place", vault.COUNTY)
people.make_administrator("audit", "阚审计")
vault.make_opening(clerk, reason="柳溪村九组的郗棠梨要回电")
"""
WHO = """
from lianxin.ground.access.models import User
from lianxin.ground.vault import actions
from lianxin.ground.vault.models import Opening
opening, reviewer = Opening.objects.get(), User.objects.get(name="阚审计")
"""
HELD = """
with transaction.atomic():
    {act}
    print("done", flush=True)
    sys.stdin.readline()
"""
JUDGE = 'opening.judge("not_justified", by=reviewer, at=clock.now(), note="郗棠梨的事不用看")'
ERASE = 'actions.erase(opening.voice_id, by=None, at=clock.now(), cause="asked")'
WORDS = "from lianxin.ground.vault.models import *; print(json.dumps(list(Opening.objects.values_list('reason', 'note', 'finding').get())))"


@pytest.mark.parametrize(("first", "second"), [(JUDGE, ERASE), (ERASE, JUDGE)], ids=["judging first", "erasing first"])
def test_judging_and_erasing_at_once_leave_no_words(whole: Whole, first: str, second: str):
    whole.python(CAST)
    with whole.start_python(WHO + HELD.format(act=first)) as holds:
        assert holds.stdout.readline() == "done\n"
        with whole.start_python(f"{WHO}\nprint('begins', flush=True)\n{second}") as waits:
            assert waits.stdout.readline() == "begins\n"
            time.sleep(1)
            assert waits.poll() is None  # it waits until the other has ended
            holds.communicate("go on\n", timeout=60)
            waits.communicate(timeout=60)
            assert waits.returncode == holds.returncode == 0
    assert whole.python(WORDS) == ["", "", "not_justified"]


KEEP = """
from uuid import UUID
from lianxin.ground.vault import actions
from tests.ground.vault.builders import TOLD
meet()
for number in range(20):
    actions.keep(UUID(int=number + 1), TOLD, by=None, at=clock.now())
print(json.dumps("kept"))
"""
KEPT = """
from lianxin.ground.vault.models import Identity, Remains
names = {identity.unseal().name for identity in Identity.objects.select_related("master")}
print(json.dumps([sorted(names), Identity.objects.count(), Event.objects.filter(kind="vault.kept").count(), Remains.objects.count()]))
"""


def test_a_voice_that_is_kept_twice_at_once_is_kept_once(whole: Whole):
    """As a phone sends it that got no answer and tried again."""
    assert whole.together(KEEP, KEEP, KEEP) == ["kept"] * 3
    assert whole.python(KEPT) == [["郗棠梨"], 20, 60, 40]


OPEN = """
from lianxin.ground.vault.errors import AlreadyErased
try:
    print("begins", flush=True)
    actions.open_identity(opening.voice_id, by=opening.opened_by, at=clock.now(), purpose="call", reason="回电核实路灯")
except AlreadyErased as told:
    print(json.dumps(str(told)))
"""


def test_nobody_reads_what_is_being_erased(whole: Whole):
    whole.python(CAST)
    with whole.start_python(WHO + HELD.format(act=ERASE)) as holds:
        assert holds.stdout.readline() == "done\n"
        with whole.start_python(WHO + OPEN) as reads:
            assert reads.stdout.readline() == "begins\n"
            time.sleep(1)
            holds.communicate("go on\n", timeout=60)
            said, _nothing = reads.communicate(timeout=60)
    assert "已经按规定销毁" in json.loads(said)
