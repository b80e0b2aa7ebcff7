"""A process that is killed while it records, or that finds the disk full, leaves whole events, or none."""

import signal

import pytest

RECORD = """
for n in range(100_000):
    parties = [Party("mandate", new_id(), "deputy"), Party("group", new_id(), "guest")]
    make_visits(*[visit(parties=parties) for _ in range(3)])
    print(n, flush=True)
"""
LOOK = """
from django.db.models import Count
whole = Event.objects.annotate(p=Count("parties__role", distinct=True), m=Count("measures__name", distinct=True), t=Count("texts__name", distinct=True))
print(json.dumps([
    Event.objects.count(), whole.filter(p=2, m=1, t=1).count(),
    EventParty.objects.count(), EventMeasure.objects.count(), EventText.objects.count(),
]))
"""


@pytest.mark.sql
@pytest.mark.parametrize("acts", [1, 12])
def test_kill_9_while_recording_leaves_whole_events(apart, acts):
    with apart.start_python(RECORD) as process:
        confirmed = [process.stdout.readline().strip() for _ in range(acts)]
        process.send_signal(signal.SIGKILL)
        confirmed += process.stdout.read().split()  # communicate() would leave what has been read ahead
    assert process.returncode == -signal.SIGKILL
    assert confirmed == [str(n) for n in range(len(confirmed))]
    events, whole, parties, measures, texts = apart.python(LOOK)
    assert events in (3 * len(confirmed), 3 * len(confirmed) + 3)  # the last act may be committed and not yet told
    assert (whole, parties, measures, texts) == (events, 2 * events, events, events)


FILL = """
from django.db import OperationalError
with connection.cursor() as cursor:
    cursor.execute("PRAGMA page_count")
    [pages] = cursor.fetchone()
    cursor.execute(f"PRAGMA max_page_count={pages + 20}")
told = 0
try:
    while True:
        make_visits(*[visit(parties=[Party("mandate", new_id(), "deputy"), Party("group", new_id(), "guest")]) for _ in range(3)])
        told += 1
except OperationalError as error:
    print(json.dumps([told, str(error)]))
"""


def test_a_full_disk_refuses_new_events_and_loses_none(apart):
    """On SQLite, whose file can be kept from growing; what PostgreSQL does is its own affair."""
    told, error = apart.python(FILL)
    assert error == "database or disk is full"
    assert told > 3
    events = told * 3
    assert apart.python(LOOK) == [events, events, 2 * events, events, events]
    assert "✓" in apart.lianxin("verify")
