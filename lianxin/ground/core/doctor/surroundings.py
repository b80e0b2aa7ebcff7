"""Are the keys safe, the clock right, the logs writable, and the holidays known?"""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lianxin.ground.core import logs
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.doctor import Answer, fine, soon, wrong
from lianxin.ground.core.doctor.night import when
from lianxin.ground.core.models import Event
from lianxin.lib.calendars.errors import YearFileError

SLACK = timedelta(minutes=2)


def keys_are_safe() -> Iterator[Answer]:
    """Can the owner alone read the keys?"""
    keys = Path(settings.KEYS)
    there = [keys, *keys.rglob("*")] if keys.exists() else []
    open_ = [file for file in there if file.stat().st_mode & 0o077]
    for file in open_:
        mode = "700" if file.is_dir() else "600"
        yield wrong(
            _("别人能读：%(file)s") % {"file": file}, _("请运行 chmod %(mode)s %(file)s") % {"mode": mode, "file": file}
        )
    if not open_:
        yield fine(_("只有运行平台的账号能读"))


def clock_is_right() -> Iterator[Answer]:
    """Is it later than when the newest event was recorded?"""
    newest = Event.objects.order_by("-id").only("recorded_at").first()
    if newest and newest.recorded_at > now() + SLACK:
        told = {"newest": when(newest.recorded_at), "now": when(now())}
        yield wrong(
            _("时钟倒退了：最新一条记录是%(newest)s记的，现在却是%(now)s") % told,
            _("请校准电脑的时钟（例如 timedatectl set-ntp true）。校准以前记的事日期会错，封存时会列为迟到。"),
        )
    else:
        yield fine(_("现在是%(now)s") % {"now": when(now())})


def logs_can_be_written() -> Iterator[Answer]:
    """Is there room for what has to be told?"""
    folder = logs.folder()
    there = folder if folder.exists() else Path(settings.HOME)
    if os.access(there, os.W_OK | os.X_OK):
        yield fine(_("在 %(folder)s，保留%(days)s天") % {"folder": folder, "days": settings.LOG_DAYS})
    else:
        yield wrong(_("写不了日志：%(folder)s") % {"folder": folder}, _("请让运行平台的账号能写这个文件夹。"))


def holidays_are_known() -> Iterator[Answer]:
    """Is it announced which days of this year are worked, and in December of the next?"""
    try:
        calendar = working_calendar()
    except YearFileError as error:
        yield wrong(str(error), _("请改正这个文件。"))
        return
    day = today()
    todo = _("国务院办公厅公布以后，请把那一年的文件放进 LIANXIN_CALENDARS 指的文件夹，或升级平台。")
    if not calendar.covers(day):
        yield wrong(_("没有%(year)d年的放假安排，工作日算不出来") % {"year": day.year}, todo)
    elif day.month == 12 and not calendar.covers(date(day.year + 1, 1, 1)):
        yield soon(_("还没有%(year)d年的放假安排，跨年的期限算不出来") % {"year": day.year + 1}, todo)
    else:
        yield fine(_("今年的放假安排已有"))
