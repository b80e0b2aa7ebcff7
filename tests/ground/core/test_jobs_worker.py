"""The worker as a process: it gives signs of life, does its work, stops at once, and leaves nothing undone when killed."""

import signal
import time
from collections.abc import Iterator
from subprocess import Popen

import pytest

pytestmark = pytest.mark.sql

WORK = """
import datetime, time
from lianxin.ground.core import jobs
from lianxin.ground.core.jobs import worker
Worker.BEAT_EVERY, Worker.SILENT_FOR = datetime.timedelta(seconds=0.5), datetime.timedelta(seconds=3)
worker.GRACE_S, worker.SCHEDULE_EVERY_S = 1.0, 1.0
jobs._jobs.clear()
{job}
print("begins", flush=True)
sys.exit(worker.run())
"""
SLOW = """
def slow(due_at):
    make_visit()
    print("at work", flush=True)
    time.sleep({seconds})
jobs.register(jobs.Job("tests.slow", "慢", slow, every=datetime.timedelta(days=1)))
"""
ENQUEUE = "from tests.ground.core.tasks_for_tests import *; {task}.enqueue({file!r})"
RUNS = "print(json.dumps(list(JobRun.objects.values_list('outcome', 'attempt'))))"


@pytest.fixture
def start(apart) -> Iterator:
    started = []

    def start(job: str = "", until: str = "begins") -> "Popen[str]":
        process = apart.start_python(WORK.format(job=job))
        started.append(process)
        while (line := process.stdout.readline()) and line.strip() != until:
            pass
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def stopped(process: "Popen[str]", number: int = signal.SIGTERM) -> float:
    """Seconds until it ended after the signal."""
    asked = time.monotonic()
    process.send_signal(number)
    process.communicate(timeout=60)
    return time.monotonic() - asked


def wait_for(apart, code: str, wanted: object) -> object:
    until, found = time.monotonic() + 40, None
    while time.monotonic() < until and found != wanted:
        found = apart.python(code)
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_worker_stops_at_once_and_takes_its_sign_of_life_away(apart, start, number):
    process = start()
    assert wait_for(apart, "print(Worker.objects.count())", 1) == 1
    assert stopped(process, number) < 5
    assert process.returncode == 0
    assert apart.python("print(Worker.objects.count())") == 0


def test_a_worker_in_the_midst_of_a_job_stops_within_seconds_and_the_next_one_does_it_anew(apart, start):
    process = start(SLOW.format(seconds=300), until="at work")
    assert stopped(process) < 10
    assert process.returncode == 0
    start(SLOW.format(seconds=0), until="at work")
    assert wait_for(apart, RUNS, [["done", 2]]) == [["done", 2]]


def test_a_killed_worker_leaves_its_job_to_the_next(apart, start):
    process = start(SLOW.format(seconds=300), until="at work")
    stopped(process, signal.SIGKILL)
    assert apart.python(RUNS) == [["running", 1]]
    start(SLOW.format(seconds=0), until="at work")
    assert wait_for(apart, RUNS, [["done", 2]]) == [["done", 2]]


def test_a_waiting_task_is_run(apart, start, tmp_path):
    file = tmp_path / "note"
    apart.python(ENQUEUE.format(task="leave_a_note", file=str(file)))
    start()
    done = "from django_tasks_db.models import DBTaskResult; print(json.dumps(list(DBTaskResult.objects.values_list('status', flat=True))))"
    assert wait_for(apart, done, ["SUCCESSFUL"]) == ["SUCCESSFUL"]
    assert file.read_text() == "x"


def test_a_task_that_brings_workers_down_is_tried_three_times_and_then_given_up(apart, start, tmp_path):
    file = tmp_path / "note"
    apart.python(ENQUEUE.format(task="bring_down_the_worker", file=str(file)))
    for _ in range(3):
        assert start().wait(timeout=60) == 9
    start()
    failed = "from django_tasks_db.models import DBTaskResult; print(json.dumps(DBTaskResult.objects.get().exception_class_path))"
    wanted = "lianxin.ground.core.jobs.tasks.WorkersDied"
    assert wait_for(apart, failed, wanted) == wanted
    assert file.read_text() == "xxx"


def test_the_command_refuses_to_work_while_a_restore_is_under_way(apart):
    begin = """
from lianxin.ground.core import running
with running.alone():
    print("alone", flush=True)
    sys.stdin.readline()
"""
    restoring = apart.start_python(begin)
    assert restoring.stdout.readline() == "alone\n"
    assert "正在恢复或升级" in apart.lianxin("worker", code=1)
    restoring.communicate("go on\n", timeout=30)
