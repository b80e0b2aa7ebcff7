"""Reads the raw files of a platform that has kept, opened, sent and erased, and finds nobody in them.

The identities are those of builders.TOLD, three hundred times; the reason of an opening is the control: it does lie in the
files as anybody can read it, and the same search finds it.
"""

import json
from pathlib import Path

import pytest

from tests.ground.vault.builders import REASON, TOLD
from tests.ground.vault.scanning import found, shapes, shapes_of_bytes
from tests.ground.vault.whole import Whole

pytestmark = pytest.mark.sql

START = """
import logging
from django.conf import settings
(settings.HOME / "logs").mkdir(exist_ok=True)
logging.basicConfig(filename=settings.HOME / "logs" / "everything.log", level=logging.DEBUG, force=True)
logging.getLogger("django").setLevel(logging.DEBUG)
connection.force_debug_cursor = True  # every statement with its values, as LIANXIN_DEBUG does
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
from django.core.management import call_command
from lianxin.ground.vault import actions
from lianxin.ground.vault.models import Identity
from tests.ground.access import builders as people
from tests.ground.vault import acts, builders as vault
"""
KEEP = (
    START
    + """
voices = [vault.make_voice() for number in range(300)]
people.make_platform()
clerk = people.make_user("谷办事")
people.make_grant(clerk, "office_clerk", "place", vault.COUNTY)
vault.make_opening(clerk, voices[0])
for refuse in (False, True):
    acts.tell.enqueue(str(voices[1]), refuse)
call_command("db_worker", "--batch", "--no-startup-delay", "--max-tasks=2", verbosity=0)
acts.tell.enqueue(str(voices[2]), False)
kept = Identity.objects.order_by("?").values_list("voice_id", "wrapped_key", "sealed")
print(json.dumps([[str(voice), bytes(key).hex(), bytes(sealed).hex()] for voice, key, sealed in kept]), flush=True)
sys.stdin.readline()
"""
)
ERASE = (
    START
    + """
for voice in {voices}:
    actions.erase(voice, by=None, at=clock.now(), cause="asked")
"""
)
NOBODY = {
    shape for value in (TOLD.name, TOLD.phone, TOLD.address, TOLD.wechat, "tangli@resident") for shape in shapes(value)
}


def test_nobody_lies_in_the_files_neither_before_nor_after_erasing(whole: Whole):
    with whole.start_python(KEEP) as at_work:  # goes on, so that logs of the database stay open
        kept = json.loads(at_work.stdout.readline())
        whole.lianxin("backup")
        assert found(whole, shapes(REASON)) & {"lianxin.sqlite3", "lianxin.sqlite3-wal", "table vault_opening"}
        assert "logs/everything.log" in found(whole, [kept[0][0].encode(), b"INSERT INTO"])
        assert found(whole, NOBODY) == set()

        gone, stay = kept[:200], kept[200:]
        assert lies_there(whole, gone)
        whole.python(ERASE.format(voices=[voice for voice, _key, _sealed in gone]))
        assert found(whole, NOBODY) == set()
        assert not lies_there(whole, gone)
        assert lies_there(whole, stay)
        whole.lianxin("backup")
        at_work.kill()
    assert found(whole, NOBODY) == set()
    assert not lies_there(whole, gone)


def lies_there(whole: Whole, kept: list[list[str]]) -> set[str]:
    """Where wrapped keys or sealed identities of these lie; a log of statements, which no office keeps, is left out."""
    sought = [
        shape
        for _voice, key, sealed in kept
        for shape in (*shapes_of_bytes(bytes.fromhex(key)), bytes.fromhex(sealed)[:48])
    ]
    return found(whole, sought) - {"logs/everything.log"}


def test_the_search_finds_what_is_there(tmp_path: Path, whole: Whole):
    for number, shape in enumerate(sorted(shapes(TOLD.name) | shapes_of_bytes(b"\x00\xff\x10key bytes"))):
        (whole.home / "planted").write_bytes(b"before " + shape + b" after")
        assert found(whole, [shape]) == {"planted"}, number
