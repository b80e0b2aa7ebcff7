import pytest

from tests.ground.core.apart import Apart
from tests.ground.core.backups import backups

pytestmark = pytest.mark.sql

REDACT = """
from lianxin.ground.core.events import redact
redact(Event.objects.get(), "story", by=None, at=clock.now(), reason="本人要求删去")
print(json.dumps(str(Event.objects.filter(kind="tests.visited").get().pk)))
"""
TOLD = """
texts = EventText.objects.filter(event__kind="tests.visited").order_by("name").values_list("name", flat=True)
print(json.dumps([list(texts), Event.objects.filter(kind="core.redacted").count()]))
"""


def test_a_text_that_was_taken_away_does_not_come_back_with_a_backup(apart: Apart):
    apart.python('make_visits(visit(texts={"story": "说了家里的事", "note": "其他"}))')
    apart.lianxin("backup")
    event = apart.python(REDACT)
    line = (apart.home / "backups" / "erasures.jsonl").read_text()
    assert f'"{event}"' in line
    assert '"part": "story"' in line
    said = apart.lianxin("restore", str(backups(apart)[0]), "--replace")
    assert "又销毁了一遍：1项" in said
    assert apart.python(TOLD) == [["note"], 1]
    if apart.url.startswith("sqlite"):
        assert "说了家里的事".encode() not in (apart.home / "lianxin.sqlite3").read_bytes()


def test_the_present_database_tells_what_a_lost_list_does_not(apart: Apart):
    apart.python("make_visit()")
    apart.lianxin("backup")
    apart.python(REDACT)
    (apart.home / "backups" / "erasures.jsonl").unlink()
    apart.lianxin("restore", str(backups(apart)[0]), "--replace")
    assert apart.python(TOLD) == [[], 1]
