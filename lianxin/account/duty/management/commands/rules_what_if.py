"""`lianxin rules what-if A B --events EVENTS.csv`: person by person, what another version of a regulation would do."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.account.duty import telling
from lianxin.account.duty.language.numbers import in_figures
from lianxin.account.duty.plain.commands import PlainCommand, day, files, notes
from lianxin.account.duty.plain.working import compare, work
from lianxin.lib.scoring.closing import Closed


class Command(PlainCommand):
    """Those for whom something would differ, the largest difference first."""

    help = "换一份办法，每个人会怎样：两份办法，同一份登记表"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two versions, and the files."""
        files(parser)
        parser.add_argument("other", type=Path, help="另一份考核办法（YAML）")

    def act(self, options: dict[str, Any]) -> None:
        """Work out both and tell the differences."""
        shared = (options["events"], options["people"], day(options["period"]))
        before, after = work(options["regulation"], *shared), work(options["other"], *shared)
        changes = [change for change in compare(before, after) if change.is_other]
        rows = [[_("对象"), _("原来"), _("改后"), _("相差"), _("等次")]]
        for change in changes:
            ends = (change.before, change.after)
            rows.append([change.party.name, *map(_points, ends), _difference(*ends), _grades(*ends)])
        for line in telling.in_columns(rows) if changes else ():
            self.stdout.write(line)
        same = len(after.parties) - len(changes)
        self.stdout.write(
            ngettext("%(count)d个对象没有变化。", "%(count)d个对象没有变化。", same) % {"count": max(same, 0)}
        )
        self.stderr.write("\n".join(notes(after)))


def _points(closed: Closed) -> str:
    return "?" if closed.points is None else in_figures(closed.points)


def _difference(before: Closed, after: Closed) -> str:
    if before.points is None or after.points is None:
        return "?"
    difference = after.points - before.points
    return f"+{in_figures(difference)}" if difference > 0 else in_figures(difference)


def _grades(before: Closed, after: Closed) -> str:
    return before.grade if before.grade == after.grade else f"{before.grade or '—'} → {after.grade or '—'}"
