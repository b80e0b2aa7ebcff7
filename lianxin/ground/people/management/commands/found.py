"""`lianxin found PRESET`: make the platform of a place, with its rules, places and bodies, and without people."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.models import Platform
from lianxin.ground.people.founding import found_platform
from lianxin.ground.rulebook.errors import RulesRefused


class Command(BaseCommand):
    """Fills an empty database once. Whether it is a rehearsal is decided here, and never after."""

    help = "建立平台：规则、地方和机构，不载入人员"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which preset, and whether it is a rehearsal."""
        parser.add_argument("preset")
        parser.add_argument("--rehearsal", action="store_true", help="演练平台：可以拨动时钟，永远不能转为正式平台")

    def handle(self, preset: str, rehearsal: bool, **options: Any) -> None:
        """Found, or say why not."""
        if Platform.objects.exists():
            raise CommandError(_("这个平台已经建立过了。要另建一个，请换一个数据库。"))
        try:
            home = found_platform(preset, at=now(), is_rehearsal=rehearsal)
        except (RuleError, RulesRefused) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(_("%(place)s的平台建立好了。") % {"place": home.name})
