"""`lianxin import roster FILE`: take over a workbook of deputies, whole or not at all."""

from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.core.clock import now
from lianxin.ground.core.refusals import takes_nothing
from lianxin.ground.people.roster import report
from lianxin.ground.people.roster.plan import Plan
from lianxin.ground.people.roster.problems import RosterUnreadable
from lianxin.ground.people.roster.sheets import read
from lianxin.ground.people.roster.taking import RosterRefused, look, take_over
from lianxin.terminal import explained

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
            reading = read(file)
            plan = look(reading) if dry_run else take_over(reading, by=None, at=now())
        except RosterUnreadable as unreadable:
            raise CommandError(str(unreadable)) from unreadable
        except OSError as error:
            raise CommandError(explained(error)) from error
        except DatabaseError as error:
            if not takes_nothing(error):
                raise
            told = _("磁盘满了，或者数据库不许写，名册什么也没有导入。请腾出空间或改好权限，再导入一次。")
            raise CommandError(told) from error
        except RosterRefused as refused:
            plan = refused.plan
        for note in report.notes(plan):
            self.stdout.write(note)
        if plan.problems:
            self._refuse(plan)
        self._tell(plan, dry_run)

    def _refuse(self, plan: Plan) -> None:
        for problem in islice(plan.problems, SHOWN):
            self.stderr.write(str(problem))
        more = plan.problems.count - SHOWN
        if more > 0:
            self.stderr.write(ngettext("……还有%(count)s处。", "……还有%(count)s处。", more) % {"count": more})
        told = ngettext(
            "名册有%(count)s处要改，什么也没有导入。", "名册有%(count)s处要改，什么也没有导入。", plan.problems.count
        )
        raise CommandError(told % {"count": plan.problems.count})

    def _tell(self, plan: Plan, dry_run: bool) -> None:
        if plan.is_empty:
            told = ngettext(
                "和平台里的一样，什么也不用改。共%(count)s位代表。",
                "和平台里的一样，什么也不用改。共%(count)s位代表。",
                plan.unchanged,
            )
            self.stdout.write(told % {"count": plan.unchanged})
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
        for line in islice(report.lines(plan), SHOWN):
            self.stdout.write(f"  {line}")
        if (more := report.count(plan) - SHOWN) > 0:
            self.stdout.write(ngettext("……还有%(count)s处。", "……还有%(count)s处。", more) % {"count": more})
