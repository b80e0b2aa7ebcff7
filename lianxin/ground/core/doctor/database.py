"""Is the database there, as it should be, and growing at a rate that the disk can bear?"""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.core import running
from lianxin.ground.core.backups import upgrading
from lianxin.ground.core.backups.errors import local_minute
from lianxin.ground.core.clock import today
from lianxin.ground.core.doctor import Answer, fine, soon, wrong
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import DailyCount, Worker

GIGABYTE = 2**30
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}  # 2 is FULL


def answers_and_takes() -> Iterator[Answer]:
    """Can it be read and written?"""
    if running.half_replaced().exists():
        yield wrong(str(running.HalfReplaced()), _("请运行 lianxin restore，不写文件。"))
        return
    try:
        with transaction.atomic():
            Worker.objects.filter(pk=new_id()).update(beat_at=None)  # no row: only asks for the right to write
    except DatabaseError as error:
        yield wrong(
            _("数据库读不了或写不了：%(error)s") % {"error": str(error).strip()},
            _next_for(error),
        )
    else:
        yield fine(_("能读能写（%(kind)s）") % {"kind": connection.display_name})


def _next_for(error: DatabaseError) -> str:
    """A damaged SQLite file comes back from a backup alone; everything else is mended where it is."""
    if any(sign in str(error) for sign in ("malformed", "not a database")):
        return _("数据库文件坏了。请停下平台，先复制一份数据库，再从最近的备份恢复：lianxin restore 备份文件。")
    return _("请看数据库是否在运行、磁盘是否满了、文件是不是只读，以及 LIANXIN_DATABASE 写得对不对。")


def is_set_up() -> Iterator[Answer]:
    """Is SQLite set up so that a crash loses nothing and what is deleted is gone?"""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    if off := [name for name, wanted in PRAGMAS.items() if found[name] != wanted]:
        yield wrong(
            _("SQLite的设置不对：%(names)s") % {"names": ", ".join(f"{name}={found[name]}" for name in off)},
            _("请确认数据库文件不在网络共享盘上，然后重新启动平台。"),
        )
    else:
        yield fine(_("写前日志已开，删去的内容会抹掉"))


def is_migrated() -> Iterator[Answer]:
    """Does the database have the form of this version?"""
    if begun := upgrading.unfinished():
        told = _("%(at)s开始的升级没有做完") % {"at": local_minute(begun.begun_at)}
        yield wrong(told, _("请再运行一次 lianxin upgrade，它会接着做。"))
        return
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        told = ngettext("有%(count)s步迁移没有做", "有%(count)s步迁移没有做", len(waiting)) % {"count": len(waiting)}
        yield wrong(told, _("请停下平台，运行 lianxin upgrade。"))
    else:
        yield fine(_("数据库和这个版本相符"))


def has_room() -> Iterator[Answer]:
    """How much is left on the disk, and for how long at the rate of the last month?"""
    free, grows = shutil.disk_usage(Path(settings.HOME)).free, _grows_by()
    days = int(free / grows) if grows else None
    told = _("还剩%(free)s") % {"free": filesizeformat(free)}
    if days is not None and days < 10_000:
        told += ngettext("，照最近一个月的速度够用%(days)s天", "，照最近一个月的速度够用%(days)s天", days) % {
            "days": number_format(days)
        }
    todo = _("请腾出空间，或者把平台搬到更大的磁盘上。满了以后什么也存不下。")
    if free < GIGABYTE or (days is not None and days < 7):
        yield wrong(told, todo)
    elif free < 5 * GIGABYTE or (days is not None and days < 60):
        yield soon(told, todo)
    else:
        yield fine(told)


def _grows_by() -> float:
    """Bytes a day: the share of the record that the last thirty days hold, of what the database takes."""
    counts = DailyCount.objects.aggregate(all=Sum("count"))["all"] or 0
    since = today() - timedelta(days=30)
    recent = DailyCount.objects.filter(recorded_on__gte=since).aggregate(all=Sum("count"))["all"] or 0
    return size() * recent / counts / 30 if counts else 0.0


def size() -> int:
    """Bytes that the database takes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
