"""`lianxin demo PLACE`: make this platform one of made-up people at a real place."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lianxin.doors.demo.building.whole import build
from lianxin.ground.core.models import Platform


class Command(BaseCommand):
    """Fills an empty platform once; a platform that is there already is left as it is."""

    help = "用虚构人员建立一个可以看的平台：demo 规则预设名"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which preset."""
        parser.add_argument("preset")
        parser.add_argument("--if-empty", action="store_true", help="已经建立过就什么也不做")

    def handle(self, preset: str, if_empty: bool, **options: Any) -> None:
        """Build, telling each step."""
        if Platform.objects.exists():
            if if_empty:
                return
            raise CommandError(_("这个平台已经建立过了。要另建一个，请换一个数据库。"))
        build(preset, tell=self._tell)

    def _tell(self, step: str) -> None:
        """At once, also where the output goes into a file."""
        self.stdout.write(step)
        self.stdout.flush()
