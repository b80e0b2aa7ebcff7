"""The jobs of the ground: every night the days that are over are sealed, a backup is made, and old things go."""

from datetime import datetime, time, timedelta
from importlib import import_module

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.core import erasing, logs
from lianxin.ground.core.backups import making, replaced
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.events.sealing import seal_days_over
from lianxin.ground.core.jobs import Job, tasks
from lianxin.ground.core.models import JobRun, Worker

RUNS_KEPT_FOR = timedelta(days=180)


class EventsLost(RuleError):
    """Days hold fewer events than were sealed."""

    def __init__(self, days: str):
        super().__init__(_("这些日子的记录比封存时少了：%(days)s。请运行 lianxin verify。") % {"days": days})


def seal(due_at: datetime) -> str:
    """Seal every day that is over. Raises EventsLost, after sealing what there is."""
    sealed = seal_days_over()
    if sealed.lost:
        raise EventsLost("、".join(sorted({str(day) for day, _body in sealed.lost})))
    return _("%(events)s条记录，其中迟到%(late)s条") % {
        "events": number_format(sealed.events),
        "late": number_format(sealed.late),
    }


def backup(due_at: datetime) -> str:
    """Make a backup, and delete those that are too old, and platforms that were replaced as long ago. Raises NotMade."""
    file = making.make()
    making.expire(timezone.now())
    replaced.expire(timezone.now())
    return file.name


def tidy(due_at: datetime) -> str:
    """Take away what nobody needs any more: ended sessions, old logs, runs and tasks, workers long dead."""
    at = timezone.now()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    JobRun.objects.filter(due_at__lt=at - RUNS_KEPT_FOR).delete()
    Worker.objects.filter(beat_at__lt=at - timedelta(days=1)).delete()
    told = {"tasks": tasks.forget_finished(), "logs": len(logs.expire(at))}
    erasing.empty_log()
    erasing.free_redacted()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")  # what the planner of queries knows of the tables
    return _("%(tasks)s个作业、%(logs)s个日志") % {name: number_format(count) for name, count in told.items()}


JOBS = (
    Job("core.seal", gettext_lazy("每日封存"), seal, at=time(1, 10)),
    Job("core.backup", gettext_lazy("备份"), backup, at=time(3, 30)),
    Job("core.tidy", gettext_lazy("清理"), tidy, at=time(4, 20)),
)
