"""lianxin backup: one encrypted file with everything, while the platform runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from lianxin.ground.core import running
from lianxin.ground.core.backups import making
from lianxin.ground.core.backups.errors import local_minute


class Command(BaseCommand):
    """Makes a backup, and deletes those of HOME/backups that are too old."""

    help = "备份：数据库、文件和清单写进一个加密的文件，平台照常运行。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--to", type=Path, metavar="文件夹", help="写到哪里，默认 HOME/backups")

    def handle(self, *, to: Path | None, **options: Any) -> None:
        """Make it, tell where it and the keys lie."""
        running.hold()
        file = making.make(to and to.resolve())
        told = {"file": file, "at": local_minute(making.made_at(file).isoformat())}
        self.stdout.write(_("备份好了，已经读回核对：%(file)s") % told)
        self.stdout.write(_("文件名里的时间是世界标准时间（UTC），按名字排就是先后；这里的时间是%(at)s。") % told)
        for old in making.expire(timezone.now()):
            self.stdout.write(_("过期的备份已删除：%(file)s") % {"file": old.name})
        self.stdout.write(
            _("密钥不在备份里，没有它们打不开备份。请另存一份，和备份分开放：%(keys)s") % {"keys": settings.KEYS}
        )
