"""定时任务 What the platform does by itself: apps register jobs, the worker runs each when it is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.utils.functional import Promise

from lianxin.ground.core.clock import day_of, start_of

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Job:
    """One job: each day `at` a local time, on one day of the week alone (`weekday`, Monday is 0), or `every` so often.

    `run` is told for which moment it runs, and may return a note of what it did, without a word about people. It may
    be called twice for one moment, when the first was cut short: it does what is left to do, and nothing again. Moments
    that were missed while no worker ran are made up by one run, so it looks for whatever is still to be done.
    """

    name: str
    label: str | Promise
    run: Callable[[datetime], str | None]
    at: time | None = None
    every: timedelta | None = None
    weekday: int | None = None

    def __post_init__(self) -> None:
        if (self.at is None) == (self.every is None):
            raise ValueError(f"{self.name}: say at what time, or how often.")
        if self.weekday is not None and (self.at is None or self.weekday not in range(7)):
            raise ValueError(f"{self.name}: a day of the week is one of 0 to 6, and comes with a time.")

    def last_due(self, now: datetime) -> datetime:
        """The last moment, not after `now`, at which it was due."""
        if self.every:
            return now - (now - EPOCH) % self.every
        assert self.at
        today = datetime.combine(day_of(now), self.at, start_of(day_of(now)).tzinfo)
        due_at = today if today <= now else today - timedelta(days=1)
        return due_at if self.weekday is None else due_at - timedelta(days=(due_at.weekday() - self.weekday) % 7)


_jobs: dict[str, Job] = {}


def register(*jobs: Job) -> None:
    """Declare jobs; a name declared twice raises ValueError."""
    for job in jobs:
        if _jobs.get(job.name, job) is not job:
            raise ValueError(f"{job.name} is declared twice.")
        _jobs[job.name] = job


def all_jobs() -> list[Job]:
    """Every job, in the order of their names."""
    return [_jobs[name] for name in sorted(_jobs)]
