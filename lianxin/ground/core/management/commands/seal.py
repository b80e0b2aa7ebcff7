"""lianxin seal: seal the days that are over, or list the roots as they are printed."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lianxin.ground.core.events.roots import line_of
from lianxin.ground.core.events.sealing import seal_days_over
from lianxin.ground.core.models import DaySeal, Platform


class Command(BaseCommand):
    """What the worker does every night, by hand."""

    help = "封存已经过完的日子；用 --list 列出每一天的根，供刊印和对照。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--list", action="store_true", help="只列出根，不封存")
        parser.add_argument("--since", type=date.fromisoformat, metavar="日期", help="从哪一天列起")

    def handle(self, *, list: bool, since: date | None, **options: Any) -> None:
        """List, or seal and tell what was sealed."""
        if list:
            seals = DaySeal.objects.filter(day__gte=since or date.min).defer("leaves").order_by("day", "number")
            for seal in seals.iterator():
                self.stdout.write(line_of(seal))
            return
        Platform.current()  # a rehearsal has a clock of its own
        sealed = seal_days_over()
        for seal in sealed.seals:
            self.stdout.write(line_of(seal))
        self.stdout.write(_("封存了%(count)s条记录。") % {"count": number_format(sealed.events)})
        for day, _body in sealed.lost:
            self.stderr.write(_("✗ %(day)s的记录比封存时少了。请运行 lianxin verify。") % {"day": day})
