"""Does the worker do what is due, and is there a backup?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.backups import making, replaced
from lianxin.ground.core.clock import now
from lianxin.ground.core.doctor import Answer, fine, soon, wrong
from lianxin.ground.core.jobs import Job, all_jobs
from lianxin.ground.core.models import JobRun, Platform, Worker

PATIENCE = timedelta(hours=1)  # how late a job may be before it counts as late
BACKUP_AGE = timedelta(hours=50)  # two nights


def worker_lives() -> Iterator[Answer]:
    """Is there a worker?"""
    if Worker.objects.alive(timezone.now()).exists():
        yield fine(_("在运行"))
        return
    last = Worker.objects.order_by("-beat_at").first()
    told = _("没有在运行，最后一次报到是%(at)s") % {"at": when(last.beat_at)} if last else _("没有在运行")
    yield wrong(told, _("它和网页服务一同启动：请运行 ./bin/run，或 systemctl restart lianxin。"))


def jobs_are_done() -> Iterator[Answer]:
    """Is every job done that was due?"""
    undone = _undone()
    yield from (_told(*one) for one in undone)
    if not undone:
        yield fine(_("都按时做完了"))


def jobs_to_mend() -> int:
    """How many jobs a person has to see to: those that failed, and late ones that no living worker will make up."""
    undone = _undone()
    failed = sum(_has_failed(run) for _job, _due_at, run in undone)
    return failed if failed == len(undone) or Worker.objects.alive(timezone.now()).exists() else len(undone)


def _undone() -> list[tuple[Job, datetime, JobRun | None]]:
    """The jobs that should have been done, and are not, with what was run of them; two queries."""
    at, platform = now(), Platform.objects.order_by("id").first()
    if platform is None:
        return []
    due = {job: job.last_due(at) for job in all_jobs()}
    due = {job: due_at for job, due_at in due.items() if platform.created_at <= due_at <= at - PATIENCE}
    runs = JobRun.objects.filter(name__in=[job.name for job in due], due_at__in=due.values())
    found = {(run.name, run.due_at): run for run in runs}
    tried = [(job, due_at, found.get((job.name, due_at))) for job, due_at in due.items()]
    return [one for one in tried if not (one[2] and one[2].outcome == JobRun.Outcome.DONE)]


def _has_failed(run: JobRun | None) -> bool:
    return run is not None and run.outcome == JobRun.Outcome.FAILED


def _told(job: Job, due_at: datetime, run: JobRun | None) -> Answer:
    if run and _has_failed(run):
        told = _("“%(job)s”%(at)s没有做成：%(note)s") % {"job": job.label, "at": when(due_at), "note": run.note}
        return wrong(told, _("请看 HOME/logs 里当天的日志，改正后它会在下一次应做的时候再做。"))
    told = _("“%(job)s”晚了：该在%(at)s做") % {"job": job.label, "at": when(due_at)}
    return wrong(told, _("请看后台进程是否在运行；它一启动就会补做。"))


def backup_is_fresh() -> Iterator[Answer]:
    """How old is the newest backup?"""
    made = making.made()
    todo = _("请运行 lianxin backup，并看看“备份”任务为什么没有做成。")
    if not made:
        platform = Platform.objects.order_by("id").first()
        is_new = platform is None or timezone.now() - platform.created_at < BACKUP_AGE
        told = _("还没有备份")
        yield soon(told, _("后台进程每夜会做一份；也可以现在运行 lianxin backup。")) if is_new else wrong(told, todo)
        return
    at = making.made_at(made[-1])
    told = _("最近一份是%(at)s的，保留%(days)s天") % {"at": when(at), "days": settings.BACKUP_DAYS}
    yield fine(told) if timezone.now() - at < BACKUP_AGE else wrong(told, todo)


def replaced_are_few() -> Iterator[Answer]:
    """Which platforms that a restore has replaced are still there?"""
    there = replaced.all_replaced()
    for one in there:
        told = {"at": when(one.at), "places": "、".join(one.places), "expires": when(one.expires_at)}
        yield soon(
            _("恢复时换下的平台还在（%(at)s）：%(places)s") % told,
            _("里面有身份信息。确定用不着了就删掉它；到%(expires)s，后台进程会删。") % told,
        )
    if not there:
        yield fine(_("没有"))


def when(moment: datetime) -> str:
    """A moment as it is told."""
    return date_format(timezone.localtime(moment, timezone.get_default_timezone()), _("Y年n月j日H:i"))
