"""`lianxin export roster FILE`: the roster as the workbook that can be imported again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lianxin.ground.people.roster.writing import write
from lianxin.terminal import explained


class Command(BaseCommand):
    """Writes every congress of the platform; with --template the sheets are empty."""

    help = "导出名册 FILE.xlsx"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and whether empty."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--template", action="store_true", help="只要空白模板")

    def handle(self, file: Path, template: bool, **options: Any) -> None:
        """Write the workbook."""
        try:
            with file.open("wb") as out:
                write(out, with_rows=not template)
        except OSError as error:
            raise CommandError(explained(error)) from error
        self.stdout.write(_("已经写好 %(file)s") % {"file": file})
