"""Papers that several workers print at once, or that one prints when it is killed: each is written once."""

import signal

import pytest

from tests.ground.vault.whole import Whole

pytestmark = [pytest.mark.sql, pytest.mark.load]
PRELUDE = """
import time
from lianxin.ground.documents import papers, printing
from lianxin.ground.documents.models import File, Paper
from lianxin.ground.people.models import Body
from tests.ground.documents import builders as files

papers.TOGETHER, printing.PROGRAMS = 4, ("sh",)
printing.as_pdfs = lambda docxs: time.sleep(0.3) or [files.PDF for _docx in docxs]
"""
ISSUE = """
body = Body.objects.create(name="青禾县人民代表大会", kind="congress", level="county")
head = files.lay_down(body)
for _paper in range(12):
    files.make_paper(head)
print("0")
"""
WORK = """
for paper in Paper.objects.order_by("issued_at").values_list("pk", flat=True):
    papers.make.func(str(paper))
print("0")
"""
STATE = """
print(json.dumps([Paper.objects.exclude(made_at=None).count(), File.objects.count()]))
"""


def test_workers_that_print_at_once_write_each_paper_once(whole: Whole):
    whole.python(PRELUDE + ISSUE)
    whole.together(*[f"{PRELUDE}\nmeet()\n{WORK}"] * 3)
    assert whole.python(PRELUDE + STATE) == [12, 24]


def test_what_a_killed_worker_was_printing_is_written_by_the_next(whole: Whole):
    whole.python(PRELUDE + ISSUE)
    stops = 'printing.as_pdfs = lambda docxs: print("now", flush=True) or time.sleep(60)\n'
    with whole.start_python(PRELUDE + stops + WORK) as worker:
        assert worker.stdout.readline() == "now\n"
        worker.send_signal(signal.SIGKILL)
    assert whole.python(PRELUDE + STATE) == [0, 0]
    whole.python(PRELUDE + WORK)
    assert whole.python(PRELUDE + STATE) == [12, 24]
