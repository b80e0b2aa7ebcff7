"""`lianxin import roster FILE`: take over a workbook of deputies, whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lianxin.ground.core.clock import now
from lianxin.ground.people.roster.checking import check
from lianxin.ground.people.roster.comparing import Plan, compare
from lianxin.ground.people.roster.problems import Problem, RosterUnreadable
from lianxin.ground.people.roster.taking import RosterRefused, take_over

SHOWN = 50


class Command(BaseCommand):
    """Checks the whole workbook first; with --dry-run nothing is taken over."""

    help = "导入名册 FILE.xlsx"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether to look only."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="只看会改什么，不导入")

    def handle(self, file: Path, dry_run: bool, **options: Any) -> None:
        """Print what changed, or every mistake."""
        if not file.is_file():
            raise CommandError(_("没有找到文件 %(file)s。") % {"file": file})
        try:
            plan = self._look(file) if dry_run else take_over(file, by=None, at=now())
        except RosterUnreadable as unreadable:
            raise CommandError(str(unreadable)) from unreadable
        except RosterRefused as refused:
            self._print_problems(refused.problems)
            raise CommandError(
                _("名册有%(count)s处要改，什么也没有导入。") % {"count": len(refused.problems)}
            ) from refused
        self._print_plan(plan, dry_run)

    def _look(self, file: Path) -> Plan:
        checked = check(file)
        for note in checked.notes:
            self.stdout.write(note)
        plan = compare(checked) if not checked.problems else Plan(problems=checked.problems)
        if plan.problems:
            raise RosterRefused(plan.problems)
        return plan

    def _print_problems(self, problems: list[Problem]) -> None:
        for problem in problems[:SHOWN]:
            self.stderr.write(str(problem))
        if len(problems) > SHOWN:
            self.stderr.write(_("……还有%(count)s处。") % {"count": len(problems) - SHOWN})

    def _print_plan(self, plan: Plan, dry_run: bool) -> None:
        if plan.is_empty:
            self.stdout.write(_("和平台里的一样，什么也不用改。共%(count)s位代表。") % {"count": plan.unchanged})
            return
        words = {
            "persons": _("新增人员"),
            "mandates": _("新增代表资格"),
            "changed": _("改动资料"),
            "endings": _("终止代表资格"),
            "districts": _("新增选区"),
            "parts": _("新增选区范围"),
            "groups": _("新增代表小组"),
            "joining": _("加入代表小组"),
            "leaving": _("离开代表小组"),
            "unchanged": _("没有变化"),
        }
        self.stdout.write(_("只看不改：会有这些变化") if dry_run else _("已经导入"))
        for name, count in plan.counts().items():
            if count:
                self.stdout.write(f"  {words[name]} {count}")
