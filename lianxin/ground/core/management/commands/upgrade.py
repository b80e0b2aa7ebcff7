"""lianxin upgrade: take the data of an earlier version over to this one."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lianxin.ground.core.backups.upgrading import upgrade


class Command(BaseCommand):
    """Backs up, migrates, verifies; what was stopped half-way goes on."""

    help = "升级：备份，迁移数据库，核对记录；中断了再运行一次，会接着做。"
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        """Upgrade, and tell where the backup lies."""
        backup = upgrade(say=self.stdout.write)
        self.stdout.write(_("升级好了，可以启动平台。"))
        if backup:
            self.stdout.write(_("升级前的备份：%(file)s") % {"file": backup})
