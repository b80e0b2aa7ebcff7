"""What the worker did when, and which workers are alive."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models.record import Record


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Questions asked of workers."""

    def alive(self, at: datetime) -> "WorkerQuerySet":
        """Workers that gave a sign of life not long before `at`."""
        return self.filter(beat_at__gte=at - Worker.SILENT_FOR)


class Worker(Record):
    """后台进程 A process that runs jobs, and when it last gave a sign of life. Real time, not a rehearsal's."""

    BEAT_EVERY = timedelta(seconds=15)
    SILENT_FOR = timedelta(seconds=90)  # longer than the longest wait for a busy SQLite: then it counts as dead

    started_at = models.DateTimeField(_("开始时间"))
    beat_at = models.DateTimeField(_("最近一次报到"))

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("后台进程")

    def __str__(self) -> str:
        return str(self.id)


class JobRun(Record):
    """定时任务的一次运行 One due time of one job. The row is the claim: who makes or takes it over, runs it."""

    class Outcome(models.TextChoices):
        """How a run ended."""

        RUNNING = "running", _("正在运行")
        DONE = "done", _("完成")
        FAILED = "failed", _("没有完成")

    name = models.CharField(_("任务"), max_length=64)
    due_at = models.DateTimeField(_("应运行时间"))
    started_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(_("结束时间"), null=True)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome.choices, default=Outcome.RUNNING)
    attempt = models.IntegerField(_("第几次"), default=1)
    worker_id = models.UUIDField(_("后台进程"))
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("定时任务的运行")
        constraints = [models.UniqueConstraint(fields=["name", "due_at"], name="job_is_due_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M} {self.outcome}"
