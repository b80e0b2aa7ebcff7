"""lianxin vault rotate: put every identity under a new master key."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lianxin.ground.core import running
from lianxin.ground.vault.rotating import rotate


class Command(BaseCommand):
    """Wraps every data key anew, while the platform runs; interrupted, it goes on when it is run again."""

    help = "更换保险柜的主密钥：逐批进行，平台照常运行；中断了再运行一次，会接着做。"
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        """Rotate, and tell what becomes of the former key."""
        running.hold()
        count = rotate(say=lambda done: self.stdout.write(_("已换%(count)d份……") % {"count": done}))
        self.stdout.write(_("换好了，共%(count)d份。") % {"count": count})
        self.stdout.write(
            _("旧密钥还要留着：%(days)d天内的备份仍要用它打开。那些备份都过期后，再销毁旧密钥。")
            % {"days": settings.BACKUP_DAYS}
        )
