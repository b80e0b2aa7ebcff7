"""A backup that is made while others write holds everything committed before it began, and nothing half."""

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.ground.core.apart import Apart
from tests.ground.core.backups import backups, fresh

WRITER = """
log = open({log!r}, "a")
while True:
    ids = [str(event.id) for event in make_visits(visit(), visit(), visit())]
    log.write("\\n".join(ids) + "\\n"); log.flush()
"""
HALF = """
events = Event.objects.count()
print(json.dumps({
    "ids": [str(id) for id in Event.objects.values_list("id", flat=True)],
    "half": [abs(events - rows.count()) for rows in (EventParty.objects, EventMeasure.objects, EventText.objects)],
    "threes": events % 3,
    "strays": EventParty.objects.filter(event__isnull=True).count(),
}))
"""


@pytest.mark.sql
@pytest.mark.load
def test_under_load_the_restored_copy_is_whole(apart: Apart, tmp_path: Path):
    logs = [tmp_path / f"writer-{number}" for number in range(3)]
    with ExitStack() as stack:
        for log in logs:
            log.touch()
            writer = apart.start_python(WRITER.format(log=str(log)))
            stack.callback(writer.communicate)
            stack.callback(writer.kill)
        until = time.monotonic() + 60
        while any(len(log.read_text().splitlines()) < 60 for log in logs):
            assert time.monotonic() < until
            time.sleep(0.05)
        committed = {id for log in logs for id in log.read_text().splitlines()[:-1]}
        apart.lianxin("backup")
        went_on = len([id for log in logs for id in log.read_text().splitlines()])
    assert went_on > len(committed) + 3  # they wrote while it was made
    with fresh(tmp_path / "new", apart) as new:
        new.lianxin("restore", str(backups(apart)[0]))
        found = new.python(HALF)
    assert committed <= set(found["ids"])
    assert found["half"] == [0, 0, 0]
    assert found["threes"] == found["strays"] == 0
