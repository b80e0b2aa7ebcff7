"""lianxin rebuild: make derived tables anew from the record."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lianxin.ground.core.projections import all_projections, projection, rebuild


class Command(BaseCommand):
    """Exit code 1 when `--check` finds that a table differs."""

    help = "重建派生表（计数、到期日等），并报告和原来有什么不同。不写名称就重建全部。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("name", nargs="*", metavar="名称", help=f"只重建这些：{'、'.join(all_projections())}")
        parser.add_argument("--check", action="store_true", help="只比较，不改动")

    def handle(self, *, name: list[str], check: bool, **options: Any) -> None:
        """Rebuild each in a transaction of its own, and tell how it differed."""
        differs = False
        for one in [projection(given) for given in name] or all_projections().values():
            found = rebuild(one, keep=not check)
            differs |= bool(found)
            if not found:
                self.stdout.write(_("✓ %(table)s：和记录一致") % {"table": one.label})
                continue
            counts = {name: number_format(getattr(found, name)) for name in ("missing", "surplus", "wrong")}
            self.stdout.write(
                (_("✗ %(table)s：") if check else _("%(table)s已重建：")) % {"table": one.label}
                + _("少了%(missing)s行，多了%(surplus)s行，有%(wrong)s行不对") % counts
            )
        if check and differs:
            sys.exit(1)
