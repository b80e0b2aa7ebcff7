"""What the commands on plain files have alike: which files, which day, and mistakes in the language of the terminal."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.account.duty.errors import NotReadable
from lianxin.account.duty.plain.tables import day_of
from lianxin.account.duty.plain.working import Worked
from lianxin.ground.core.errors import RuleError
from lianxin.terminal import CHINESE_ALONE

LANGUAGES = ("zh-hans", "en")


class PlainCommand(BaseCommand):
    """A command on plain files; --english says everything in English, and mistakes are said in both languages."""

    requires_system_checks: list[str] = []

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        """The options, and the language."""
        parser = super().create_parser(*args, **kwargs)
        parser.add_argument("--english", action="store_true", help="用英文输出")
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        """Act, and tell what is wrong in every language of the terminal."""
        language = LANGUAGES[options["english"]]
        try:
            with translation.override(language):
                self.act(options)
        except (RuleError, OSError) as error:
            raise CommandError("\n  ".join(dict.fromkeys(self._told(error, options, language)))) from None

    def act(self, options: dict[str, Any]) -> None:
        """What the command does. Raises RuleError, OSError."""
        raise NotImplementedError

    def _told(self, error: RuleError | OSError, options: dict[str, Any], language: str) -> Iterator[str]:
        """The mistake in the language in which it was met, then in the other one, where it is met again."""
        yield _words(error, language)
        if CHINESE_ALONE:
            return
        other = next(one for one in LANGUAGES if one != language)
        try:
            with translation.override(other):
                self.act(options)
        except (RuleError, OSError) as again:
            yield _words(again, other)


def _words(error: RuleError | OSError, language: str) -> str:
    with translation.override(language):
        return str(NotReadable(str(error.filename)) if isinstance(error, OSError) else error)


def files(parser: ArgumentParser) -> None:
    """The files that are worked with."""
    parser.add_argument("regulation", type=Path, help="考核办法（YAML）")
    parser.add_argument("--events", type=Path, required=True, help="事件登记表（CSV）")
    parser.add_argument("--people", type=Path, help="名单（CSV）")
    parser.add_argument("--period", help="要算的那一期里的任意一天，如 2026-03-01")


def day(text: str | None) -> date | None:
    """The day somebody wrote. Raises CommandError for what is none."""
    if text is None:
        return None
    if (found := day_of(text)) is None:
        raise CommandError(_("--period 要写日历上有的日子，如 2026-03-01；现在是“%(text)s”。") % {"text": text})
    return found


def notes(done: Worked) -> Iterator[str]:
    """What whoever reads the result has to know: the period, what was left aside, whether the regulation held then."""
    start, last = done.period.start, date.fromordinal(done.period.end.toordinal() - 1)
    yield _("周期：%(start)s至%(end)s。") % {"start": date_format(start), "end": date_format(last)}
    if count := done.outside:
        yield ngettext("%(count)d条不在这一期里，没有计入。", "%(count)d条不在这一期里，没有计入。", count) % {
            "count": count
        }
    if count := done.before_or_after:
        words = ngettext(
            "%(count)d条在到任以前或离任以后，没有计入。", "%(count)d条在到任以前或离任以后，没有计入。", count
        )
        yield words % {"count": count}
    if unknown := done.unknown:
        words = ngettext(
            "%(count)d个对象不在名单上，没有计入：%(words)s",
            "%(count)d个对象不在名单上，没有计入：%(words)s",
            len(unknown),
        )
        yield words % {"count": len(unknown), "words": "、".join(unknown[:5])}
    held = done.written.rule.in_force
    if held.start <= last and (count := done.before_regulation):
        words = ngettext(
            "注意：%(count)d条早于办法施行的%(day)s；这一期按期末施行的办法算，也计入了。",
            "注意：%(count)d条早于办法施行的%(day)s；这一期按期末施行的办法算，也计入了。",
            count,
        )
        yield words % {"count": count, "day": date_format(held.start)}
    if held.start > last or (held.end and held.end < last):
        yield _("注意：这一期结束时，这份办法没有施行。")
