"""`lianxin import opinions FILE`: take over a table of opinions with time, text and likes."""

from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.affairs.opinions.importing import Desk, Report, read, take_over
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Region
from lianxin.ground.rulebook import in_force
from lianxin.terminal import explained

SHOWN = 20


class Command(BaseCommand):
    """Rows that cannot be taken are told with their line; the others are taken. Run twice, it takes nothing twice."""

    help = "导入群众意见 FILE.csv|.xlsx|.parquet"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the place its opinions are from, and how replies in it are to be taken."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--place", metavar="代码", default="", help="意见来自哪里（区划代码），不写就是平台所在的县区"
        )
        parser.add_argument("--as", dest="username", metavar="登录名", default="", help="有答复的，以谁的名义导入")
        parser.add_argument("--outcome", metavar="类别", default="", help="有答复的，算哪一类答复")

    def handle(self, file: Path, place: str, username: str, outcome: str, **options: Any) -> None:
        """Take over, and tell what became of the rows."""
        if not file.is_file():
            raise CommandError(_("没有找到文件 %(file)s。") % {"file": file})
        region, by = _region(place), _user(username)
        known = in_force(today()).section(OpinionRules).outcomes
        if outcome and outcome not in known:
            told = {"outcome": outcome, "known": "、".join(known)}
            raise CommandError(_("没有“%(outcome)s”这类答复，可以写：%(known)s。") % told)
        try:
            desk = Desk.of_platform(region, source=file.name, by=by.pk if by else None, outcome=outcome)
            report = take_over(read(file).rows, desk, at=now())
        except OSError as error:
            raise CommandError(explained(error)) from error
        self._tell(report)

    def _tell(self, report: Report) -> None:
        counts = {name: number_format(getattr(report, name)) for name in ("told", "replied", "known")}
        self.stdout.write(_("导入%(told)s条，其中有答复%(replied)s条；以前导入过%(known)s条。") % counts)
        for line, why in islice(report.wrong, SHOWN):
            self.stderr.write(_("第%(line)d行没有导入：%(why)s") % {"line": line, "why": why})
        if (more := len(report.wrong) - SHOWN) > 0:
            self.stderr.write(ngettext("……还有%(count)s处。", "……还有%(count)s处。", more) % {"count": more})


def _region(code: str) -> Region:
    platform = Platform.current()
    code = code or (platform.county_code if platform else "")
    region = Region.objects.standing().filter(code__begins=code).order_by("path").first() if code else None
    if region is None:
        raise CommandError(_("没有区划代码是%(code)s的地方。") % {"code": code or "–"})
    return region


def _user(username: str) -> User | None:
    if not username:
        return None
    if user := User.objects.filter(username=username, is_active=True).first():
        return user
    raise CommandError(_("没有登录名是%(name)s的人。") % {"name": username})
