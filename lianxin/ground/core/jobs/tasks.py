"""The queue: tasks that requests put off. Django's tasks with the database backend; they carry ids only."""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from lianxin.ground.core.models import Worker

log = logging.getLogger("lianxin.jobs")

PREFIX = "lianxin-"  # the ids of our workers in the table of tasks begin so
AT_ONCE = 20  # tasks that are run before the schedule is looked at again
BUSY_S = 0.2  # how long to wait when SQLite is busy
ATTEMPTS = 3
KEPT_FOR = timedelta(days=7)  # how long a finished task stays in the table


class WorkersDied(RuntimeError):
    """A task brought down every worker that began it."""


def name_of(worker_id: UUID) -> str:
    """What a worker is called in the table of tasks."""
    return f"{PREFIX}{worker_id}"


def run_some(worker_id: UUID, is_stopping: Callable[[], bool]) -> int:
    """Run tasks that wait, not too many at once and none when stopping; how many."""
    ran = 0
    while ran < AT_ONCE and not is_stopping() and DBTaskResult.objects.ready().exists():
        TaskWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=BUSY_S,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=name_of(worker_id),
        ).run()
        ran += 1
    return ran


def give_back() -> int:
    """Tasks that a dead worker had begun wait again; one that has outlived three workers has failed. How many there were."""
    alive = {name_of(id) for id in Worker.objects.alive(timezone.now()).values_list("pk", flat=True)}
    given = 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        last = task.worker_ids[-1] if task.worker_ids else ""
        if not last.startswith(PREFIX) or last in alive:
            continue
        if len(task.worker_ids) >= ATTEMPTS:
            task.set_failed(WorkersDied())
        else:
            same = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, worker_ids=task.worker_ids)
            same.update(status=TaskResultStatus.READY)
        log.warning("task %s was left by a dead worker", task.task_path)
        given += 1
    return given


def forget_finished() -> int:
    """Take finished tasks out of the table when they are old; how many there were."""
    ended, _rows = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
    return ended
