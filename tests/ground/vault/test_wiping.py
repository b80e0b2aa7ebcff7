"""After an erasure the remains go from below the tables: by night, or by hand."""

import time
from datetime import timedelta

import psycopg
import pytest
from pytest_django import Settings

from lianxin.ground.core import keys
from lianxin.ground.core.clock import now
from lianxin.ground.vault import actions, erasing, jobs, rotating
from lianxin.ground.vault.errors import ReadersInTheWay
from lianxin.ground.vault.models import Remains
from tests.ground.vault.builders import TOLD, make_voice
from tests.ground.vault.whole import Whole

pytestmark = (
    pytest.mark.alone
)  # PostgreSQL keeps what is dead as long as anybody writes, in whatever database of the server
KEEP_AND_ERASE = """
from lianxin.ground.vault import actions
from tests.ground.vault import builders as vault
actions.erase(vault.make_voice(), by=None, at=clock.now(), cause="asked")
"""


@pytest.mark.sql
def test_the_file_below_the_table_is_emptied_or_written_anew(whole: Whole):
    whole.python(KEEP_AND_ERASE)
    before = below(whole)
    assert "清除好了" in whole.lianxin("vault", "wipe")
    assert below(whole) != before or before == "no log"


def below(whole: Whole, table: str = "vault_identity") -> str:
    """What lies below the table of identities: the size of SQLite's log, the name of PostgreSQL's file."""
    if whole.url.startswith("sqlite"):
        log = whole.home / "lianxin.sqlite3-wal"
        return str(log.stat().st_size) if log.exists() and log.stat().st_size else "no log"
    with psycopg.connect(whole.url) as connection:
        return str(connection.execute(f"SELECT pg_relation_filenode('{table}')").fetchone())


WORDS = """
from lianxin.ground.vault import actions
from tests.ground.access import builders as people
from tests.ground.vault import builders as vault
people.make_platform()
clerk = people.make_user("谷办事")
people.make_grant(clerk, "office_clerk", "place", vault.COUNTY)
reviewer = people.make_administrator("audit", "阚审计")
voice = vault.make_voice()
vault.make_opening(clerk, voice, reason="柳溪村九组的郗棠梨要回电").judge("fine", by=reviewer, at=clock.now())
visit = make_visit(texts={"story": "郗棠梨家的屋顶漏水。"})
from lianxin.ground.core.events import redact
"""
ERASE = (
    WORDS
    + """
actions.erase(voice, by=None, at=clock.now(), cause="asked")
redact(visit, "story", by=None, at=clock.now(), reason="有姓名")
"""
)
NIGHT = """
from lianxin.ground.core.jobs import own
from lianxin.ground.vault import jobs
own.tidy(clock.now())
print(json.dumps(jobs.wipe(clock.now())))
"""


@pytest.mark.sql
def test_what_the_night_leaves_below_the_tables_is_what_the_manual_says(whole: Whole):
    """Vault: nothing. Texts of events: nothing on SQLite; on PostgreSQL until `vault wipe --texts`, or another row's coming."""
    whole.python(ERASE)
    size = below(whole, "core_eventtext")
    assert int(whole.python(NIGHT)) == 2  # identity and words
    assert "郗棠梨" not in raw(whole, "vault_identity") + raw(whole, "vault_opening")
    if not whole.url.startswith("sqlite"):
        assert below(whole, "core_eventtext") == size  # millions of texts are not written anew in a night
    whole.lianxin("vault", "wipe", "--texts")
    assert "郗棠梨" not in raw(whole, "core_eventtext")


def test_the_words_of_an_opening_do_lie_below_until_they_are_wiped(whole: Whole):
    """The control: the same look at the same file finds them before."""
    whole.python(WORDS)
    assert "郗棠梨" in raw(whole, "vault_opening")


def raw(whole: Whole, table: str) -> str:
    """The bytes of the file in which a table lies: with SQLite, of all its files."""
    if whole.url.startswith("sqlite"):
        files = [path for path in whole.home.glob("lianxin.sqlite3*") if path.suffix != ".lock"]
        return "".join(path.read_bytes().decode(errors="replace") for path in files)
    with psycopg.connect(whole.url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        (content,) = connection.execute(f"SELECT pg_read_binary_file(pg_relation_filepath('{table}'))").fetchone()
        return bytes(content).decode(errors="replace")


READ_POSTGRES = """
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    cursor.execute("SELECT count(*) FROM core_event")  # begins to look: it may read the past until it ends
    print("reading", flush=True)
    sys.stdin.readline()
"""
READ_SQLITE = """
import sqlite3
from django.conf import settings
reader = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
reader.execute("BEGIN")
reader.execute("SELECT count(*) FROM core_event").fetchone()
print("reading", flush=True)
sys.stdin.readline()
"""


@pytest.mark.sql
def test_somebody_who_reads_the_past_makes_the_wiping_come_back(whole: Whole):
    with whole.start_python(READ_SQLITE if whole.url.startswith("sqlite") else READ_POSTGRES) as reader:
        assert reader.stdout.readline() == "reading\n"
        whole.python(KEEP_AND_ERASE)
        asked = time.monotonic()
        assert "现在有人在读数据库" in whole.lianxin("vault", "wipe", code=1)
        assert time.monotonic() - asked < 60
        left = "from lianxin.ground.vault.models import Remains; print(json.dumps(Remains.objects.count()))"
        assert whole.python(left) == 1
        reader.communicate("go on\n")
    assert whole.python(NIGHT) == "1"
    assert whole.python(left) == 0


@pytest.fixture
def wiped(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often it was wiped."""
    times: list[int] = []
    monkeypatch.setattr(erasing, "wipe", lambda: not times.append(1))
    return times


@pytest.mark.django_db
def test_the_night_after_an_erasure_wipes_and_others_do_not(wiped: list[int]):
    assert jobs.wipe(now()) == "0"
    actions.erase(make_voice(), by=None, at=now(), cause="asked")
    assert jobs.wipe(now()) == "1"
    assert jobs.wipe(now()) == "0"
    assert len(wiped) == 1


@pytest.mark.django_db
def test_a_week_without_nights_is_made_up_for(wiped: list[int], travel):
    actions.erase(make_voice(), by=None, at=now(), cause="asked")
    travel(timedelta(days=9))
    assert jobs.wipe(now()) == "1"


@pytest.mark.django_db
def test_what_a_restore_erases_again_is_wiped_however_long_ago_it_was_erased(wiped: list[int]):
    voice = make_voice()
    assert erasing.again(erasing.erasures.Erasure(erasing.IDENTITY, voice, now() - timedelta(days=400)))
    assert jobs.wipe(now()) == "1"


@pytest.mark.django_db
def test_a_correction_and_a_rotation_leave_remains_too(wiped: list[int], settings: Settings):
    settings.VAULT_KEY = ""
    keys.make(keys.place("VAULT_KEY"))
    voice = make_voice()
    assert jobs.wipe(now()) == "0"  # a first keeping overwrites nothing
    actions.keep(voice, TOLD, by=None, at=now())
    assert jobs.wipe(now()) == "1"
    rotating.rotate()
    assert jobs.wipe(now()) == "1"


@pytest.mark.django_db
def test_what_is_left_while_it_is_wiped_waits_for_the_next_time(monkeypatch: pytest.MonkeyPatch):
    def slow() -> bool:
        erasing.leave_remains(now())
        return True

    erasing.leave_remains(now())
    monkeypatch.setattr(erasing, "wipe", slow)
    assert jobs.wipe(now()) == "1"
    assert Remains.objects.count() == 1


@pytest.mark.django_db
def test_readers_in_the_way_make_the_job_come_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(erasing, "wipe", lambda: False)
    erasing.leave_remains(now())
    with pytest.raises(ReadersInTheWay, match="稍后"):
        jobs.wipe(now())
    assert Remains.objects.count() == 1
