"""`lianxin import regions CODE`: load a county, a city or a province of the country."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.people.places.comparing import Difference
from lianxin.ground.people.places.loading import Kind, Loaded, load_region

SHOWN = 50


class Command(BaseCommand):
    """Loads what is missing; what stands otherwise than on the list is told, and changed only with --apply-changes."""

    help = "载入区划 CODE：县区6位、市4位或省2位代码"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which place, how far down, and whether to change what stands."""
        parser.add_argument("code")
        parser.add_argument("--with-villages", action="store_true", help="连同村和社区")
        parser.add_argument("--apply-changes", action="store_true", help="照区划表更名、改属、换代码、撤销，并留下历史")
        parser.add_argument("--on", type=date.fromisoformat, help="变动从哪一天算起，例如2026-06-01；不写就是今天")

    def handle(self, code: str, with_villages: bool, apply_changes: bool, on: date | None, **options: Any) -> None:
        """Load, and say what was done and what was not."""
        try:
            loaded = load_region(
                code, by=None, at=now(), with_villages=with_villages, apply_changes=apply_changes, on=on
            )
        except RuleError as error:
            raise CommandError(str(error)) from error
        added = ngettext("新增%(count)s个地方", "新增%(count)s个地方", loaded.added) % {"count": loaded.added}
        self.stdout.write(_("%(place)s：%(added)s。") % {"place": loaded.region.name, "added": added})
        self._tell_changes(loaded, apply_changes)

    def _tell_changes(self, loaded: Loaded, made: bool) -> None:
        if loaded.changes:
            count = {"count": len(loaded.changes) - len(loaded.refused)}
            self.stdout.write(
                _("已照区划表改了%(count)s处：") % count
                if made
                else _("和区划表有%(count)s处不同，没有改动；要照表改，加上 --apply-changes：") % count
            )
        for change in loaded.changes[:SHOWN]:
            self.stdout.write("  " + words(change))
        for change, error in loaded.refused:
            self.stdout.write(_("没有改成：%(change)s——%(reason)s") % {"change": words(change), "reason": error})
        if loaded.held:
            names = "、".join(f"{line.name}（{line.code}）" for line in loaded.held[:SHOWN])
            self.stdout.write(_("代码还被别处占着，等那处改了再载入：%(names)s") % {"names": names})


def words(change: Difference) -> str:
    """One line about one difference."""
    told = {"name": change.name, "code": change.code, "after": change.to or change.after}
    return {
        Kind.RENAMED: _("%(name)s（%(code)s）更名为%(after)s"),
        Kind.RECODED: _("%(name)s的代码由%(code)s换成%(after)s"),
        Kind.MOVED: _("%(name)s（%(code)s）改属%(after)s"),
        Kind.CLOSED: _("%(name)s（%(code)s）不在表里了"),
    }[change.kind] % told
