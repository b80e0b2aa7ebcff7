"""A process that is killed at any point of keeping leaves no row without its content, and the rest is swept away."""

import signal

import pytest

from tests.ground.vault.whole import Whole

pytestmark = [pytest.mark.sql, pytest.mark.load]

PRELUDE = """
import os, time
from lianxin.ground.documents import actions, blobs, jobs
from lianxin.ground.documents.models import File, FileKind
from tests.ground.documents import builders as files

def stop(*_given, **_more):
    print("now", flush=True)
    time.sleep(60)
"""
POINTS = {  # at which the process stands when it is killed
    "before a blob is whole": "os.fsync = stop",
    "between its two blobs": """
real = blobs.write
blobs.write = lambda file_id, part, sealed: stop() if part == "preview" else real(file_id, part, sealed)
""",
    "before the row": "File.save = stop",
    "before the commit": "File.tell = stop",
    "after the commit": """
real = actions.keep
actions.keep = lambda *given, **more: (real(*given, **more), stop())
""",
    "while the blobs are taken away": """
file = files.make_file()
blobs.remove = stop
actions.discard(file, by=None, at=clock.now())
""",
}
ROWS = {"after the commit": 2}  # besides the file that was there before, by whoever was told of it
STATE = (
    PRELUDE
    + """
for file in File.objects.all():
    assert len(file.content()) == file.size and len(file.content(preview=True)) > 100
for name in list(blobs.all_names()):
    os.utime(blobs.store().path(name), (time.time() - 90_000,) * 2)
jobs.sweep(clock.now())
kept = Event.objects.filter(kind="documents.kept").count() - Event.objects.filter(kind="documents.discarded").count()
print(json.dumps([File.objects.count(), kept, len(list(blobs.all_names()))]))
"""
)


@pytest.mark.parametrize("point", POINTS)
def test_kill_9_leaves_rows_with_their_content_and_nothing_else(whole: Whole, point: str):
    whole.python(PRELUDE + "files.make_file()")
    with whole.start_python(PRELUDE + POINTS[point] + "\nfiles.make_file()") as process:
        assert process.stdout.readline() == "now\n"
        process.send_signal(signal.SIGKILL)
    rows = ROWS.get(point, 1)
    assert whole.python(STATE) == [rows, rows, 2 * rows]


KEEP = (
    PRELUDE
    + """
while True:
    print(files.make_file().pk, flush=True)
"""
)


@pytest.mark.parametrize("files", [1, 7])
def test_kill_9_while_files_are_kept_loses_none_that_was_confirmed(whole: Whole, files: int):
    process = whole.start_python(KEEP)
    confirmed = [process.stdout.readline().strip() for _ in range(files)]
    process.send_signal(signal.SIGKILL)
    rest, _nothing = process.communicate(timeout=60)
    confirmed += [line for line in rest.split() if len(line) == 36]
    rows, events, blobs = whole.python(STATE)
    assert rows in (len(confirmed), len(confirmed) + 1)  # the last may be committed and not yet told
    assert (events, blobs) == (rows, 2 * rows)
    there = whole.python(PRELUDE + "print(json.dumps([str(pk) for pk in File.objects.values_list('pk', flat=True)]))")
    assert set(confirmed) <= set(there)
