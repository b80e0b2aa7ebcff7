"""lianxin worker: run what is due and what waits, until told to stop."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from lianxin.ground.core import running
from lianxin.ground.core.doctor import State, examine
from lianxin.ground.core.jobs import worker


class Command(BaseCommand):
    """Part of `lianxin run`; a service of its own elsewhere (docs/operations.md)."""

    help = "后台进程：按时封存、备份、清理，并处理排队的作业。用 Ctrl-C 或 SIGTERM 停止，几秒内就停。"
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        """Work. Raises BeingReplaced during a restore or an upgrade, and whatever keeps pages from being served."""
        running.hold()
        running.refuse_unready()
        for finding in examine("core.clock"):
            if finding.answer.state == State.WRONG:
                self.stderr.write(f"✗ {finding.answer.text}\n  → {finding.answer.next}")
        connection.close()
        sys.exit(worker.run())
