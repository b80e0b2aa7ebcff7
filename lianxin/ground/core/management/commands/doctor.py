"""lianxin check: is the platform well, and what is to be done?"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lianxin.ground.core.doctor import Finding, State, examine
from lianxin.ground.core.models import Platform


class Command(BaseCommand):
    """Exit code 1 when something is wrong."""

    help = "检查平台：数据库、密钥、磁盘、时钟、后台任务、备份、规则，哪里不对，下一步做什么。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--json", action="store_true", help="写成JSON，供监控读取")

    def handle(self, *, json: bool, **options: Any) -> None:
        """Look at everything, and tell."""
        found = list(self._examined())
        is_well = all(finding.answer.state != State.WRONG for finding in found)
        if json:
            self.stdout.write(as_json(found, is_well))
        else:
            for finding in found:
                self.stdout.write(line_of(finding))
            self.stdout.write(_("✓ 平台正常。") if is_well else _("✗ 有事要处理，见上面打✗的。"))
        if not is_well:
            sys.exit(1)

    def _examined(self) -> Any:
        for finding in examine("core.database"):
            yield finding
            if finding.answer.state == State.WRONG:
                return  # nothing else can be seen
        Platform.current()  # a rehearsal has a clock of its own
        yield from (finding for finding in examine() if finding.check.name != "core.database")


def line_of(finding: Finding) -> str:
    """A finding as one line, and below it what to do."""
    line = f"{State(finding.answer.state).label} {finding.check.label}：{finding.answer.text}"
    return f"{line}\n    → {finding.answer.next}" if finding.answer.next else line


def as_json(found: list[Finding], is_well: bool) -> str:
    """The same for programs."""
    checks = [
        {
            "name": finding.check.name,
            "state": str(finding.answer.state),
            "text": finding.answer.text,
            "next": finding.answer.next,
        }
        for finding in found
    ]
    return json.dumps({"is_well": is_well, "checks": checks}, ensure_ascii=False, indent=2)
