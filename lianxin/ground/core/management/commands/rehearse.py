"""lianxin rehearse SPAN: put the clock of a rehearsal platform ahead."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Platform
from lianxin.ground.core.rehearsing import move_clock
from lianxin.lib.calendars.errors import SpanError, YearNotAnnounced
from lianxin.lib.calendars.spans import Span


class Command(BaseCommand):
    """Refuses on every platform that was not made as a rehearsal; never goes back."""

    help = "把演练平台的时钟往前拨，例如 3天、2周、5个工作日、12小时。只能往前，只在演练平台上。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("span", nargs="+", metavar="多久", help="例如 3天、2周、5个工作日、12小时")

    def handle(self, *, span: list[str], **options: Any) -> None:
        """Move it, and tell what time it is now."""
        Platform.current()
        try:
            moment = move_clock(Span.parse(" ".join(span)), by=None, at=now())
        except (SpanError, YearNotAnnounced) as error:
            raise CommandError(str(error)) from error
        told = date_format(timezone.localtime(moment), _("Y年n月j日H:i"))
        self.stdout.write(_("演练时钟现在是%(moment)s。") % {"moment": told})
