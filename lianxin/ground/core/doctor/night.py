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
    at = now()
    platform = Platform.objects.order_by("id").first()
    late = [answer for job in all_jobs() if (answer := _late(job, at, platform))]
    yield from late
    if not late:
        yield fine(_("都按时做完了"))


def jobs_to_mend() -> int:
    """How many jobs a person has to see to: those that failed, and late ones that no living worker will make up."""
    at, platform = now(), Platform.objects.order_by("id").first()
    due = {job.name: due_at for job in all_jobs() if _is_past(due_at := job.last_due(at), at, platform)}
    runs = JobRun.objects.filter(name__in=due, due_at__in=due.values()).values_list("name", "due_at", "outcome")
    outcomes = {name: outcome for name, due_at, outcome in runs if due[name] == due_at}
    left = [name for name in due if outcomes.get(name) not in (JobRun.Outcome.DONE, JobRun.Outcome.FAILED)]
    failed = sum(outcome == JobRun.Outcome.FAILED for outcome in outcomes.values())
    return failed if not left or Worker.objects.alive(timezone.now()).exists() else failed + len(left)


def _is_past(due_at: datetime, at: datetime, platform: Platform | None) -> bool:
    return platform is not None and platform.created_at <= due_at and at - due_at >= PATIENCE


def _late(job: Job, at: datetime, platform: Platform | None) -> Answer | None:
    due_at = job.last_due(at)
    if not _is_past(due_at, at, platform):
        return None
    run = JobRun.objects.filter(name=job.name, due_at=due_at).first()
    if run and run.outcome == JobRun.Outcome.DONE:
        return None
    if run and run.outcome == JobRun.Outcome.FAILED:
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
