"""What papers cost on the database of the environment. Prints a line of JSON for each row of a table."""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - all below needs the setup above

from lianxin.ground.core.clock import now  # noqa: E402
from lianxin.ground.core.events import Ref  # noqa: E402
from lianxin.ground.core.ids import new_id  # noqa: E402
from lianxin.ground.documents import papers, printing  # noqa: E402
from lianxin.ground.documents.models import Letterhead, Paper, PaperKind  # noqa: E402
from lianxin.ground.people.models import Body  # noqa: E402
from lianxin.lib.papers import Form, Part  # noqa: E402
from lianxin.lib.papers import Paper as Content  # noqa: E402

PAPERS, PRINTED = 200, 20
WORDS = "桥边镇土城村到小学的路上七盏路灯都不亮，晚上接孩子看不见路，请尽快派人到现场看一看。" * 4
LETTER = Content(Form.LETTER, "", "", "关于转办群众意见的函", to="交通运输局", body=(Part(WORDS),) * 5)


def main() -> None:
    """Issue so many, write them, and print a few."""
    call_command("migrate", verbosity=0)
    call_command("demo", "dianjun", stdout=sys.stderr)
    told = {"issuer": "点军区人大常委会办公室", "mark": "点人办函", "contact": ""}
    body = Body.objects.congresses().earliest("position", "pk")
    head = Letterhead.lay_down(body, by=None, at=now(), **told)
    about = Ref("opinion", new_id())

    def issue() -> None:
        papers.issue(LETTER, PaperKind.TRANSFER, id=new_id(), about=about, to=new_id(), head=head, at=now())

    measure("issued: numbered and asked for", PAPERS, issue)
    waiting = [str(pk) for pk in Paper.objects.values_list("pk", flat=True)]
    with ProcessPoolExecutor(2, get_context("spawn"), without_office) as pool:
        list(pool.map(time.sleep, (2, 2)))  # until both are there
        what = "written as DOCX and as PDF in the built-in layout, sealed and kept, by two processes"
        measure(what, 1, lambda: sum(pool.map(written, waiting)), aim="500", each=PAPERS)
    if any(map(shutil.which, printing.PROGRAMS)):
        docx = papers.written(LETTER)
        measure("made into PDF by LibreOffice, one at a time", PRINTED // 4, lambda: printing.as_pdfs([docx]))
        what = f"made into PDF by LibreOffice, {PRINTED} in one start"
        measure(what, 1, lambda: printing.as_pdfs([docx] * PRINTED), each=PRINTED)


def written(paper: str) -> float:
    """Seconds of the processor that it took."""
    began = time.process_time()
    papers.make.func(paper)
    return time.process_time() - began


def without_office() -> None:
    """In a process of its own: nothing is printed but by the built-in layout, whose fonts are read once."""
    printing.PROGRAMS = ()
    papers.layout.families()


def measure(what: str, times: int, act: Callable[[], object], aim: str = "", each: int = 1) -> None:
    """How many a minute, `each` time so many, and what each took of the processor; `act` says what processes still at work took."""
    began, spent = time.perf_counter(), sum(os.times()[:4])
    elsewhere = sum(float(told) for told in [act() for _time in range(times)] if isinstance(told, float))
    a_minute = times * each / (time.perf_counter() - began) * 60
    each_took = (sum(os.times()[:4]) - spent + elsewhere) / (times * each)
    row = {"what": what, "a minute": f"{a_minute:,.0f}", "CPU s each": f"{each_took:.3f}", "aim": aim}
    print(json.dumps(["Papers", row]), flush=True)


if __name__ == "__main__":
    main()
