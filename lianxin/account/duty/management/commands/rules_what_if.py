"""`lianxin rules what-if A B --events EVENTS.csv`: person by person, what another version of a regulation would do."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import ngettext

from lianxin.account.duty.comparing import compare
from lianxin.account.duty.plain.commands import PlainCommand, day, files, notes
from lianxin.account.duty.plain.working import work
from lianxin.account.duty.telling import in_columns
from lianxin.account.duty.telling_changes import cells, heads


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
        rows = [heads(), *map(cells, changes)]
        for line in in_columns(rows) if changes else ():
            self.stdout.write(line)
        same = len(after.parties) - len(changes)
        self.stdout.write(
            ngettext("%(count)d个对象没有变化。", "%(count)d个对象没有变化。", same) % {"count": max(same, 0)}
        )
        self.stderr.write("\n".join(notes(after)))
