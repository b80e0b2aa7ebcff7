"""lianxin vault wipe: take the remains of destroyed identities out of the database's files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lianxin.ground.core import running
from lianxin.ground.vault.erasing import wipe
from lianxin.ground.vault.errors import ReadersInTheWay


class Command(BaseCommand):
    """Empties SQLite's log, or writes PostgreSQL's tables of the vault anew."""

    help = "清除已销毁身份信息在数据库文件里的残留；PostgreSQL 上会短暂占住保险柜的表，请在夜间运行。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the option."""
        parser.add_argument("--texts", action="store_true", help="PostgreSQL：连同记录的文字，要花很久，其间不能记事")

    def handle(self, *, texts: bool, **options: Any) -> None:
        """Wipe. Raises ReadersInTheWay."""
        running.hold()
        if not wipe(texts=texts):
            raise ReadersInTheWay
        self.stdout.write(_("清除好了。"))
