"""After an erasure the remains go from below the tables: by night, or by hand."""

from datetime import timedelta

import psycopg
import pytest

from lianxin.ground.core.clock import now
from lianxin.ground.vault import jobs
from lianxin.ground.vault.errors import ReadersInTheWay
from lianxin.ground.vault.models import Erasure
from tests.ground.vault.whole import Whole

KEEP_AND_ERASE = """
from lianxin.ground.vault import actions
from tests.ground.vault import builders as vault
actions.erase(vault.make_voice(), by=None, at=clock.now(), reason="本人要求删除")
"""


@pytest.mark.sql
def test_the_file_below_the_table_is_emptied_or_written_anew(whole: Whole):
    whole.python(KEEP_AND_ERASE)
    before = below(whole)
    assert "清除好了" in whole.lianxin("vault", "wipe")
    assert below(whole) != before or before == "no log"


def below(whole: Whole) -> str:
    """What lies below the table of identities: the size of SQLite's log, the name of PostgreSQL's file."""
    if whole.url.startswith("sqlite"):
        log = whole.home / "lianxin.sqlite3-wal"
        return str(log.stat().st_size) if log.exists() and log.stat().st_size else "no log"
    with psycopg.connect(whole.url) as connection:
        return str(connection.execute("SELECT pg_relation_filenode('vault_identity')").fetchone())


@pytest.mark.django_db
def test_the_night_after_an_erasure_wipes_and_others_do_not(monkeypatch: pytest.MonkeyPatch):
    wiped: list[int] = []
    monkeypatch.setattr(jobs, "wipe", lambda: not wiped.append(1))
    jobs.wipe_remains(now())
    assert wiped == []
    Erasure.objects.create(voice_id="0199aaaa-0000-7000-8000-000000000001", erased_at=now())
    assert jobs.wipe_remains(now()) == "1"
    jobs.wipe_remains(now() + timedelta(days=4))
    assert len(wiped) == 1


@pytest.mark.django_db
def test_readers_in_the_way_make_the_job_come_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "wipe", lambda: False)
    Erasure.objects.create(voice_id="0199aaaa-0000-7000-8000-000000000001", erased_at=now())
    with pytest.raises(ReadersInTheWay, match="稍后"):
        jobs.wipe_remains(now())
