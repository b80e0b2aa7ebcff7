"""`lianxin rules score REGULATION --events EVENTS.csv`: everybody's sheet, worked out from plain files."""

import csv
import json
from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianxin.account.duty import telling
from lianxin.account.duty.language.numbers import in_figures
from lianxin.account.duty.plain.commands import PlainCommand, day, files, notes
from lianxin.account.duty.plain.working import Worked, work
from lianxin.ground.rulebook.problems import listed
from lianxin.lib.scoring.figures import Figure, State


class Command(PlainCommand):
    """Prints a table, CSV or JSON; nothing is stored anywhere."""

    help = "按办法算出每个人的得分：只用文件，不用服务器"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which files, which period, which form."""
        files(parser)
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="输出的形式")

    def act(self, options: dict[str, Any]) -> None:
        """Work it out and print it."""
        done = work(options["regulation"], options["events"], options["people"], day(options["period"]))
        {"table": self._table, "csv": self._csv, "json": self._json}[options["format"]](done)
        self.stderr.write("\n".join(notes(done)))

    def _rows(self, done: Worked) -> list[list[str]]:
        codes = [item.code for item in done.written.regulation.items]
        codes += ["total"] if done.written.rule.total else []
        proposes = bool(done.written.rule.consequences)
        rows = [[_("对象"), *(telling.name(done.written.rule, code) for code in codes), _("等次")]]
        rows[0] += [pgettext("后果", "提出")] if proposes else []
        for party in done.parties:
            figures = done.sheets[party.id].figures
            cells = [_cell(figures[code], done) for code in codes]
            rows.append([party.name, *cells, done.closed[party.id].grade])
            rows[-1] += [listed(one.proposes for one in done.proposed(party))] if proposes else []
        return rows

    def _table(self, done: Worked) -> None:
        for line in telling.in_columns(self._rows(done)):
            self.stdout.write(line)

    def _csv(self, done: Worked) -> None:
        csv.writer(self.stdout, lineterminator="\n").writerows(self._rows(done))

    def _json(self, done: Worked) -> None:
        told = {
            "regulation": done.written.code,
            "period": [done.period.start.isoformat(), done.period.end.isoformat()],
            "parties": [
                {
                    "party": party.name,
                    "grade": done.closed[party.id].grade,
                    "proposed": [{"what": one.proposes, "to": one.to} for one in done.proposed(party)],
                    "is_complete": done.sheets[party.id].is_complete,
                    "figures": {code: _as_json(figure, done) for code, figure in done.sheets[party.id].figures.items()},
                }
                for party in done.parties
            ],
        }
        json.dump(told, self.stdout, ensure_ascii=False, indent=1)
        self.stdout.write("")


def _cell(figure: Figure, done: Worked) -> str:
    """A figure as one cell: points; of an obligation, whether it is met; what waits is marked by a question mark."""
    item = done.written.rule.items.get(figure.code)
    if figure.state in (State.LEFT_OUT, State.NOT_ASKED):
        return "—"
    if item and item.gives is None:
        return "?" if figure.is_met is None else "✓" if figure.is_met else f"-{in_figures(figure.missing)}"
    return in_figures(figure.points) + ("?" if figure.is_open else "")


def _as_json(figure: Figure, done: Worked) -> dict[str, Any]:
    return {
        "state": figure.state.value,
        "points": str(figure.points),
        "met": figure.is_met,
        "count": str(figure.count),
        "missing": str(figure.missing),
        "article": telling.source(done.written.rule, figure.code),
        "arithmetic": telling.arithmetic(done.written.rule, figure),
    }
