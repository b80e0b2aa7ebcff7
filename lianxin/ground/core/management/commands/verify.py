"""lianxin verify: does the record still say what it said when its days were sealed?"""

import sqlite3
import sys
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.core.events import roots as on_paper
from lianxin.ground.core.events.verifying import Verification
from lianxin.ground.core.models import Platform

GIVEN = "given"  # how the file of --database is called while it is read
TOLD = 20  # findings that are told one by one


class Command(BaseCommand):
    """Exit code 0: whole. 1: something is wrong. 2: it could not be read."""

    help = "核对记录：封存以后有没有被改动、删掉或塞进什么。平台可以开着，也可以停着。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--database", type=Path, metavar="文件", help="核对这个SQLite文件，而不是本平台的数据库")
        parser.add_argument(
            "--roots", type=Path, metavar="文件", help="和这份印出去的根对照（lianxin seal --list 的样子）"
        )
        parser.add_argument(
            "--since", type=date.fromisoformat, metavar="日期", help="只核对这一天以后记的，例如 2026-11-01"
        )

    def handle(self, *, database: Path | None, roots: Path | None, since: date | None, **options: Any) -> None:
        """Tell every finding, the earliest first, and end with how many there were."""
        using = self._open(database) if database else DEFAULT_DB_ALIAS
        try:
            look = Verification(self._now(using), using, since, self._printed(roots) if roots else ())
            found = 0
            for found, finding in enumerate(look.findings(), 1):  # noqa: B007 - told below
                if found == 1:
                    self.stdout.write(_("最早的一处：%(finding)s") % {"finding": finding})
                elif found <= TOLD:
                    self.stdout.write(f"  {finding}")
        except DatabaseError as error:
            told = _(
                "数据库读不下去了：%(error)s。如果它属于另一个版本，请用那个版本核对；否则请先复制一份数据库，再从最近的备份恢复。"
            )
            raise CommandError(told % {"error": error}, returncode=2) from error
        self._sum_up(look, found)
        if found:
            sys.exit(1)

    def _open(self, file: Path) -> str:
        """Give the file a name among the databases; it is opened for reading alone."""
        uri = f"{file.resolve().as_uri()}?mode=ro" + ("" if Path(f"{file}-wal").exists() else "&immutable=1")
        try:
            sqlite3.connect(uri, uri=True).execute("SELECT 1 FROM core_event LIMIT 1").close()
        except sqlite3.Error as error:
            told = _("%(file)s不是连心桥的数据库，或者打不开：%(error)s")
            raise CommandError(told % {"file": file, "error": error}, returncode=2) from error
        read_only = {"ENGINE": "django.db.backends.sqlite3", "NAME": uri, "OPTIONS": {"uri": True}}
        both = {DEFAULT_DB_ALIAS: settings.DATABASES[DEFAULT_DB_ALIAS], GIVEN: read_only}
        connections.settings[GIVEN] = connections.configure_settings(both)[GIVEN]
        return GIVEN

    def _now(self, using: str) -> Any:
        """The present moment of that platform, which may be a rehearsal's."""
        platform = Platform.objects.using(using).order_by("id").first()
        return timezone.now() + timedelta(seconds=platform.rehearsal_offset_s if platform else 0)

    def _printed(self, file: Path) -> list[on_paper.Printed]:
        try:
            with file.open(encoding="utf-8") as lines:
                return list(on_paper.read(lines))
        except (OSError, UnicodeDecodeError, on_paper.UnreadableRoots) as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error

    def _sum_up(self, look: Verification, found: int) -> None:
        """How much was looked at, what is no fault but worth knowing, and the result."""
        unlisted = max(found - TOLD, 0)
        numbers = {"events": look.events, "days": len(look.days), "seals": look.seals, "found": found}
        numbers |= {"late": look.late, "open": look.open, "unlisted": unlisted}
        told = {name: number_format(number) for name, number in numbers.items()}
        lines = [_("核对了%(days)s天里的%(events)s条记录和%(seals)s个封存。")]
        if unlisted:
            lines.insert(0, ngettext("  还有%(unlisted)s处没有列出。", "  还有%(unlisted)s处没有列出。", unlisted))
        if look.late:
            text = ngettext(
                "%(late)s条在当天封存以后才到，已另行封存。", "%(late)s条在当天封存以后才到，已另行封存。", look.late
            )
            lines.append(text)
        if look.open:
            lines.append(ngettext("%(open)s条等着封存。", "%(open)s条等着封存。", look.open))
        if found:
            lines.append(ngettext("✗ 发现%(found)s处不对。", "✗ 发现%(found)s处不对。", found))
        else:
            lines.append(_("✓ 记录完整。"))
        for line in lines:
            self.stdout.write(line % told)
