"""`lianxin rules explain REGULATION --events EVENTS.csv --party NAME`: how every figure of a sheet came about."""

from argparse import ArgumentParser
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.account.duty import telling
from lianxin.account.duty.books import Party
from lianxin.account.duty.errors import NoSuchItem
from lianxin.account.duty.language.numbers import in_figures
from lianxin.account.duty.plain.commands import PlainCommand, day, files, notes
from lianxin.account.duty.plain.working import Worked, evidence, work


class Command(PlainCommand):
    """For each item its article, its arithmetic as one line, and the events that counted, each with how much."""

    help = "说明一个人的得分是怎样来的：条款、算式、每一条记录"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which files, whose sheet, which item."""
        files(parser)
        parser.add_argument("--party", required=True, help="谁的：代表证号或姓名")
        parser.add_argument("--item", help="只看一个项目：代码或名称")

    def act(self, options: dict[str, Any]) -> None:
        """Work it out and tell it."""
        done = work(options["regulation"], options["events"], options["people"], day(options["period"]))
        party = done.party(options["party"])
        self.stdout.write(f"{party.name}  {done.written.rule.title}")
        for code in _codes(done, options["item"]):
            self._tell(done, party, code)
        for one in done.proposed(party) if options["item"] is None else ():
            self.stdout.write(f"\n{telling.proposal(one)}")
        self.stdout.write("\n".join(notes(done)))

    def _tell(self, done: Worked, party: Party, code: str) -> None:
        rule, figure = done.written.rule, done.sheets[party.id].figures[code]
        source = telling.source(rule, code)
        self.stdout.write(f"\n{telling.name(rule, code)}" + (f"（{source}）" if source else ""))
        self.stdout.write(f"  {telling.arithmetic(rule, figure)}")
        item = next((item for item in done.written.regulation.items if item.code == code), None)
        for one in evidence(done, party, item.counts) if item and item.counts else ():
            counts = _("等核实") if one.counts is None else _("计%(count)s") % {"count": in_figures(one.counts)}
            self.stdout.write(f"  · {date_format(one.on)} {rule.records[one.record].called} {one.event}：{counts}")


def _codes(done: Worked, word: str | None) -> list[str]:
    """The items to tell of. Raises NoSuchItem."""
    rule = done.written.rule
    codes = [*rule.items, *(["total"] if rule.total else [])]
    if word is None:
        return codes
    found = [code for code in codes if word in (code, telling.name(rule, code))]
    if not found:
        raise NoSuchItem(word, [*codes, *(telling.name(rule, code) for code in codes)])
    return found
