"""Jobs run when they are due, once, and again when something cut them short."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from lianxin.ground.core import jobs
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.jobs import Job
from lianxin.ground.core.jobs.schedule import claim, run_due
from lianxin.ground.core.models import JobRun, Worker

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 20, 17, 10, tzinfo=UTC)  # ten past one in China


@pytest.fixture(autouse=True)
def _no_other_jobs(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})


@pytest.fixture
def ran() -> list[datetime]:
    return []


@pytest.fixture
def nightly(ran) -> Job:
    job = Job("tests.nightly", "每夜", lambda due_at: ran.append(due_at), at=time(1, 10))
    jobs.register(job)
    return job


def worker(silent_for: timedelta = timedelta(0)) -> Worker:
    at = timezone.now() - silent_for
    return Worker.objects.create(started_at=at, beat_at=at)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (NIGHT, NIGHT),
        (NIGHT - timedelta(seconds=1), NIGHT - timedelta(days=1)),
        (NIGHT + timedelta(hours=23), NIGHT),
    ],
)
def test_a_nightly_job_is_due_at_its_local_time(now, due):
    assert Job("tests.x", "x", lambda due_at: None, at=time(1, 10)).last_due(now) == due


def test_a_job_of_every_quarter_of_an_hour_is_due_on_the_quarter():
    job = Job("tests.x", "x", lambda due_at: None, every=timedelta(minutes=15))
    assert job.last_due(NIGHT + timedelta(minutes=19)) == NIGHT + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-23T00:00", "2026-11-23"),
        ("2026-11-22T23:59", "2026-11-16"),
        ("2026-11-29T23:59", "2026-11-23"),
        ("2026-11-30T00:00", "2026-11-30"),
    ],
)
def test_a_weekly_job_is_due_on_its_day_of_the_week(now, due):
    job = Job("tests.x", "x", lambda due_at: None, at=time(8), weekday=0)
    assert job.last_due(datetime.fromisoformat(f"{now}+00:00")) == datetime.fromisoformat(f"{due}T00:00+00:00")


def test_a_day_of_the_week_is_one_and_comes_with_a_time():
    for when in ({"at": time(1), "weekday": 7}, {"every": timedelta(hours=1), "weekday": 0}):
        with pytest.raises(ValueError, match="day of the week"):
            Job("tests.x", "x", lambda due_at: None, **when)


def test_a_job_says_at_what_time_or_how_often():
    for when in ({}, {"at": time(1), "every": timedelta(hours=1)}):
        with pytest.raises(ValueError, match="at what time, or how often"):
            Job("tests.x", "x", lambda due_at: None, **when)


def test_a_job_is_declared_once(nightly):
    with pytest.raises(ValueError, match="declared twice"):
        jobs.register(Job("tests.nightly", "另一个", lambda due_at: None, at=time(2)))


def test_what_is_due_runs_once(travel, nightly, ran):
    travel(NIGHT + timedelta(minutes=3))
    me, other = worker(), worker()
    assert (run_due(me.pk), run_due(me.pk), run_due(other.pk)) == (1, 0, 0)
    assert ran == [NIGHT]
    run = JobRun.objects.get()
    assert (run.name, run.due_at, run.outcome, run.attempt, run.worker_id) == ("tests.nightly", NIGHT, "done", 1, me.pk)


def test_nights_that_were_missed_are_made_up_by_one_run(travel, nightly, ran):
    travel(NIGHT)
    run_due(worker().pk)
    travel(NIGHT + timedelta(days=9, hours=5))
    run_due(worker().pk)
    assert ran == [NIGHT, NIGHT + timedelta(days=9)]


def test_a_clock_set_back_runs_nothing_again(travel, nightly, ran):
    travel(NIGHT)
    run_due(worker().pk)
    travel(NIGHT + timedelta(days=1))
    run_due(worker().pk)
    travel(NIGHT + timedelta(hours=2))
    run_due(worker().pk)
    assert ran == [NIGHT, NIGHT + timedelta(days=1)]


def test_what_a_dead_worker_left_is_taken_over_and_what_a_live_one_runs_is_not(travel, nightly, ran):
    travel(NIGHT)
    busy, dead = worker(), worker(silent_for=timedelta(minutes=5))
    run = claim(nightly, busy.pk)
    assert claim(nightly, worker().pk) is None
    JobRun.objects.update(worker_id=dead.pk)
    taken = claim(nightly, busy.pk)
    assert (taken.pk, taken.attempt, taken.worker_id) == (run.pk, 2, busy.pk)


def test_a_job_that_takes_longer_than_its_interval_is_not_begun_beside_itself(travel):
    job = Job("tests.often", "常", lambda due_at: None, every=timedelta(minutes=15))
    busy = worker()
    travel(NIGHT)
    assert claim(job, busy.pk)
    travel(NIGHT + timedelta(minutes=15))
    assert claim(job, worker().pk) is None
    Worker.objects.filter(pk=busy.pk).delete()
    assert claim(job, worker().pk)
    assert list(JobRun.objects.order_by("due_at").values_list("outcome", "note")) == [
        ("failed", "interrupted"),
        ("running", ""),
    ]


def test_a_failure_is_written_down_tried_again_later_and_given_up_after_three(travel, ran):
    def fails(due_at):
        ran.append(due_at)
        raise OSError("李芳 138 0000 0000")

    jobs.register(Job("tests.fails", "坏", fails, at=time(1, 10)))
    me = worker()
    for minutes in (0, 1, 4, 5, 6, 14, 15, 30, 600):
        travel(NIGHT + timedelta(minutes=minutes))
        run_due(me.pk)
    assert len(ran) == 3
    run = JobRun.objects.get()
    assert (run.outcome, run.attempt, run.note) == ("failed", 3, "OSError")


def test_a_rule_that_says_no_is_written_down_in_its_words(travel):
    def refuses(due_at):
        raise RuleError("磁盘满了")

    jobs.register(Job("tests.refuses", "拒", refuses, at=time(1, 10)))
    run_due(worker().pk)
    assert JobRun.objects.get().note == "磁盘满了"


def test_a_failing_job_stops_no_other(travel, nightly, ran):
    def fails(due_at):
        raise OSError("…")

    jobs.register(Job("tests.a", "坏", fails, at=time(1, 10)))
    assert run_due(worker().pk) == 2
    assert len(ran) == 1


def test_nothing_is_begun_when_stopping(nightly, ran):
    assert run_due(worker().pk, lambda: True) == 0
    assert ran == []


@pytest.mark.sql
def test_two_workers_that_look_at_the_same_moment_run_a_job_once(apart):
    code = """
import datetime
from lianxin.ground.core import jobs
from lianxin.ground.core.jobs.schedule import run_due
jobs._jobs.clear()
jobs.register(*(jobs.Job(f"tests.{n}", "x", lambda due_at: make_visit() and None, every=datetime.timedelta(days=1)) for n in range(20)))
at = django.utils.timezone.now()
me = Worker.objects.create(started_at=at, beat_at=at)
meet()
print(json.dumps(run_due(me.pk)))
"""
    ran = apart.together(code, code)
    assert sum(ran) == 20
    assert apart.python("print(Event.objects.count())") == 20
