"""`lianxin rules adopt NAME`: a preset comes into force on its day."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground import rulebook
from lianxin.ground.core.clock import now


class Command(BaseCommand):
    """For the whole platform, or for one body that has rules of its own."""

    help = "启用规则预设：名称或文件夹"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which preset, and for whom."""
        parser.add_argument("preset")
        parser.add_argument("--body", type=UUID, help="只给这个机构用；不写就是整个平台")

    def handle(self, preset: str, body: UUID | None, **options: Any) -> None:
        """Adopt, and say from when it is in force."""
        version = rulebook.adopt(preset, body_id=body, by=None, at=now())
        day = date_format(version.in_force_from)
        self.stdout.write(_("规则预设%(preset)s从%(day)s起施行。") % {"preset": version.preset, "day": day})
