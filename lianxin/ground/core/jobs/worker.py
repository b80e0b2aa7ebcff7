"""The worker: one process that runs what is due and what waits in the queue, one thing after another."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from lianxin.ground.core.jobs import schedule, tasks
from lianxin.ground.core.models import Platform, Worker

log = logging.getLogger("lianxin.jobs")

LOOK_EVERY_S = 1.0  # for tasks that wait
SCHEDULE_EVERY_S = 10.0  # for jobs that are due
GRACE_S = 8.0  # how long a job may go on after SIGTERM; then it is cut off, and the next worker begins it anew
REST_S = 5.0  # when the database does not answer


class Stop:
    """Asked to stop, by SIGTERM, SIGINT or SIGHUP; a second signal does not wait."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked.is_set():
            os._exit(1)
        self.asked.set()


def run() -> int:
    """Work until asked to stop (0), or until something unforeseen happens (1).

    The work is done in a thread of its own, so that this one hears a signal at once, whatever the database is doing.
    """
    stop = Stop()
    work = threading.Thread(target=_work, args=[stop.asked], daemon=True)
    work.start()
    while work.is_alive() and not stop.asked.is_set():
        work.join(LOOK_EVERY_S)
    if not stop.asked.is_set():
        return 1
    until = time.monotonic() + GRACE_S
    while work.is_alive() and time.monotonic() < until:
        work.join(0.1)
    if work.is_alive():
        log.warning("stopped in the midst of a job, which will be run again")
        sys.stdout.flush()
        logging.shutdown()
        os._exit(0)  # as a crash would end it: what was begun is rolled back and taken up by the next worker
    return 0


def _work(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            with _alive() as me:
                _look_after(me, stop)
        except (DatabaseError, InterfaceError) as error:
            log.warning("the database does not answer: %s", type(error).__name__)
            stop.wait(REST_S)
        except Exception:  # noqa: BLE001 - a worker that ended would take the pages down with it
            log.exception("something unforeseen; going on")
            stop.wait(REST_S)
        finally:
            connection.close()


def _look_after(me: Worker, stop: threading.Event) -> None:
    """Run what is due and what waits, again and again, until asked to stop."""
    looked = float("-inf")
    while not stop.is_set():
        if time.monotonic() - looked > SCHEDULE_EVERY_S:
            Platform.current()  # a rehearsal has a clock of its own
            tasks.give_back()
            schedule.run_due(me.pk, stop.is_set)
            looked = time.monotonic()
        tasks.run_some(me.pk, stop.is_set)
        stop.wait(LOOK_EVERY_S)


@contextmanager
def _alive() -> Iterator[Worker]:
    """A row that says this worker lives, kept fresh by a thread of its own while the block lasts."""
    at = timezone.now()
    me = Worker.objects.create(started_at=at, beat_at=at)
    ended = threading.Event()
    heart = threading.Thread(target=_beat, args=[me, ended], daemon=True)
    heart.start()
    try:
        yield me
    finally:
        ended.set()
        heart.join()
    Worker.objects.filter(pk=me.pk).delete()  # so that what it left is taken up at once


def _beat(me: Worker, ended: threading.Event) -> None:
    while not ended.wait(Worker.BEAT_EVERY.total_seconds()):
        try:
            Worker.objects.filter(pk=me.pk).update(beat_at=timezone.now())
        except (DatabaseError, InterfaceError) as error:
            log.warning("no sign of life could be given: %s", type(error).__name__)
        finally:
            connection.close()
