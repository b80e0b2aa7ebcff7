"""`lianxin seal` and `lianxin verify`, as an operator runs them."""

import shutil
import sqlite3

import pytest

pytestmark = pytest.mark.sql

HISTORY = """
import datetime
for day in (17, 18, 19):
    with clock.travel(datetime.datetime(2026, 11, day, 4, tzinfo=datetime.UTC)):
        make_visits(*[visit() for _ in range(4)])
"""
DAMAGE = """
event = Event.objects.filter(recorded_on="2026-11-18").order_by("id")[2]
with connection.cursor() as cursor:
    cursor.execute("UPDATE core_event SET township = '420504' WHERE id = %s", [event.pk.hex if connection.vendor == "sqlite" else event.pk])
print(json.dumps(str(event.pk)))
"""


@pytest.fixture
def sealed(apart):
    apart.python(HISTORY)
    apart.lianxin("seal")
    return apart


def test_a_whole_record_is_told_so_and_a_damaged_one_names_the_event(sealed):
    said = sealed.lianxin("verify")
    assert "核对了3天里的12条记录和3个封存。" in said
    assert "✓ 记录完整。" in said
    event = sealed.python(DAMAGE)
    said = sealed.lianxin("verify", code=1)
    assert f"最早的一处：2026-11-18 · 记录 {event} · 这条记录在封存以后被改动" in said
    assert "✗ 发现1处不对。" in said
    assert "✓ 记录完整。" in sealed.lianxin("verify", "--since", "2026-11-19")


def test_the_printed_roots_are_compared(sealed, tmp_path):
    printed = tmp_path / "roots.txt"
    printed.write_text(sealed.lianxin("seal", "--list"))
    assert len(printed.read_text().splitlines()) == 3
    assert "✓" in sealed.lianxin("verify", "--roots", str(printed))
    first, *rest = printed.read_text().splitlines()
    changed = first[:-1] + ("0" if first[-1] != "0" else "1")
    printed.write_text("\n".join([changed, *rest]))
    assert "2026-11-17 · 印出去的根与封存不符" in sealed.lianxin("verify", "--roots", str(printed), code=1)
    printed.write_text("今天的根")
    assert "第1行读不懂" in sealed.lianxin("verify", "--roots", str(printed), code=2)


def test_the_roots_can_be_listed_from_a_day_on(sealed):
    assert [line[:10] for line in sealed.lianxin("seal", "--list", "--since", "2026-11-18").splitlines()] == [
        "2026-11-18",
        "2026-11-19",
    ]
    assert "封存了0条记录" in sealed.lianxin("seal")


def test_a_copy_of_the_file_is_verified_where_nothing_runs(apart, tmp_path):
    """The file of any platform on SQLite, given to somebody who runs none: here a platform that is empty."""
    if not apart.url.startswith("sqlite"):
        assert "不是连心桥的数据库" in apart.lianxin("verify", "--database", str(tmp_path / "none.sqlite3"), code=2)
        return
    file = tmp_path / "someone else's #1.sqlite3"
    shutil.copy(apart.home / "lianxin.sqlite3", tmp_path / "empty.sqlite3")
    apart.python(HISTORY)
    apart.lianxin("seal")
    shutil.move(apart.home / "lianxin.sqlite3", file)
    shutil.copy(tmp_path / "empty.sqlite3", apart.home / "lianxin.sqlite3")
    file.chmod(0o400)
    assert "核对了3天里的12条记录和3个封存。" in apart.lianxin("verify", "--database", str(file))
    assert "核对了0天" in apart.lianxin("verify")
    file.chmod(0o600)
    with sqlite3.connect(file) as database:
        database.execute("DELETE FROM core_eventmeasure WHERE rowid = 1")
    assert "2026-11-17" in apart.lianxin("verify", "--database", str(file), code=1)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + bytes(200)])
def test_a_file_that_is_no_database_is_told_so(apart, tmp_path, content):
    file = tmp_path / "file"
    file.write_bytes(content)
    assert "不是连心桥的数据库，或者打不开" in apart.lianxin("verify", "--database", str(file), code=2)
