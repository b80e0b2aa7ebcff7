"""lianxin restore FILE: bring the platform of a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lianxin.ground.core.backups.errors import NoFile, local_minute
from lianxin.ground.core.backups.restoring import Restored, finish, restore


class Command(BaseCommand):
    """Checks a backup, loads it, erases again what was erased since, and verifies the record."""

    help = "恢复：先核对备份，再换上它；原来的数据挪到一边，过期才删。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file and the option."""
        parser.add_argument("file", type=Path, nargs="?", metavar="备份文件", help="不写：把停在最后一步的恢复做完")
        parser.add_argument("--replace", action="store_true", help="换下这里已有的数据（挪到一边，过期才删）")

    def handle(self, *, file: Path | None, replace: bool, **options: Any) -> None:
        """Restore, tell what was done, and verify. Raises NoFile where none is named and nothing is to be ended."""
        done = restore(file.resolve(), replace=replace, say=self.stdout.write) if file else finish()
        if done is None:
            raise NoFile
        self.tell(done)
        self.stdout.write(_("核对记录……"))
        call_command("verify", stdout=self.stdout)

    def tell(self, done: Restored) -> None:
        """What was done, and what remains to be done."""
        for table in done.left_out:
            self.stderr.write(_("这个版本没有表%(table)s，它没有恢复，还在备份里。") % {"table": table})
        if done.aside:
            told = {"places": "、".join(done.aside), "days": settings.BACKUP_DAYS}
            self.stdout.write(_("原来的数据挪到了：%(places)s。%(days)s天后删除。") % told)
        if done.erased_again:
            self.stdout.write(_("备份之后销毁过的，又销毁了一遍：%(count)d项。") % {"count": done.erased_again})
        self.stdout.write(_("恢复好了：%(made_at)s的备份。") % {"made_at": local_minute(done.made_at)})
