"""The schedule: which jobs are due, and that each runs once, however many workers there are."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.jobs import Job, all_jobs
from lianxin.ground.core.models import JobRun, Worker

log = logging.getLogger("lianxin.jobs")

ATTEMPTS = 3
PAUSE = timedelta(minutes=5)  # after a failure, before the next attempt; twice as long after the second
NOTE = JobRun._meta.get_field("note").max_length
RUNNING, DONE, FAILED = JobRun.Outcome.RUNNING, JobRun.Outcome.DONE, JobRun.Outcome.FAILED


def run_due(worker_id: UUID, is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Run every job that is due and that nobody runs, none when stopping; how many were run."""
    ran = 0
    for job in all_jobs():
        if not is_stopping() and (run := claim(job, worker_id)):
            carry_out(job, run)
            ran += 1
    return ran


def claim(job: Job, worker_id: UUID) -> JobRun | None:
    """Take the run that is due now, or one that a dead worker or a failure left; None where there is nothing to do."""
    at = now()
    due_at = job.last_due(at)
    run = JobRun.objects.filter(name=job.name, due_at=due_at).first()
    if run is None:
        return None if _is_at_work(job) else _first(job, due_at, worker_id, at)
    if run.outcome == DONE or run.attempt >= ATTEMPTS or not _may_be_tried_again(run, at):
        return None
    mine = JobRun.objects.filter(pk=run.pk, attempt=run.attempt, outcome=run.outcome).update(
        attempt=run.attempt + 1, outcome=RUNNING, worker_id=worker_id, started_at=at, finished_at=None, note=""
    )
    run.refresh_from_db()
    return run if mine else None


def _first(job: Job, due_at: datetime, worker_id: UUID, at: datetime) -> JobRun | None:
    """The claim is the row: who adds it runs the job."""
    try:
        with transaction.atomic():
            run = JobRun.objects.create(name=job.name, due_at=due_at, started_at=at, worker_id=worker_id)
    except IntegrityError:
        return None
    left = JobRun.objects.filter(name=job.name, outcome=RUNNING, due_at__lt=due_at)  # by workers that are dead
    left.update(outcome=FAILED, finished_at=at, note="interrupted")
    return run


def _is_at_work(job: Job) -> bool:
    """Whether a worker that lives is still busy with an earlier run."""
    running = JobRun.objects.filter(name=job.name, outcome=RUNNING).values("worker_id")
    return Worker.objects.alive(timezone.now()).filter(pk__in=running).exists()


def _may_be_tried_again(run: JobRun, at: datetime) -> bool:
    if run.outcome == RUNNING:
        return not Worker.objects.alive(timezone.now()).filter(pk=run.worker_id).exists()
    return run.finished_at is not None and at >= run.finished_at + PAUSE * run.attempt


def carry_out(job: Job, run: JobRun) -> None:
    """Run the job and write down how it ended. A failure is logged and tried again later; it stops no other job."""
    log.info("%s begins", job.name)
    try:
        note, outcome = job.run(run.due_at) or "", DONE
    except RuleError as refusal:
        note, outcome = str(refusal), FAILED
        log.error("%s failed: %s", job.name, type(refusal).__name__)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is written down and told by `lianxin check`
        note, outcome = type(error).__name__, FAILED
        log.exception("%s failed", job.name)
    JobRun.objects.filter(pk=run.pk, attempt=run.attempt).update(outcome=outcome, finished_at=now(), note=note[:NOTE])
    log.info("%s ends: %s", job.name, outcome)
