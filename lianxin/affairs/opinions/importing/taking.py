"""Taking a table over: each row that can be told in a transaction of its own, and again changes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lianxin.affairs.opinions.actions import replying, sorting, telling
from lianxin.affairs.opinions.importing.checking import Line, batches, check
from lianxin.affairs.opinions.importing.desks import Desk
from lianxin.affairs.opinions.importing.heads import TableRefused
from lianxin.affairs.opinions.importing.sheets import Row
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.core.errors import RuleError
from lianxin.ground.people.roster.problems import Problems

NOTES = 20


@dataclass
class Report:
    """What became of the rows, or would: how many are new, answered, known already; and what is wrong, by line."""

    told: int = 0
    replied: int = 0
    known: int = 0
    wrong: list[tuple[int, str]] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    notes: dict[str, int] = field(default_factory=dict)
    first_on: date | None = None
    last_on: date | None = None

    def as_json(self) -> dict[str, Any]:
        """As plain values, to be kept with an upload; no words of anybody are among them."""
        more = len(self.notes) - NOTES
        return {
            "told": self.told,
            "replied": self.replied,
            "known": self.known,
            "wrong": len(self.wrong),
            "days": [day.isoformat() for day in (self.first_on, self.last_on) if day],
            "problems": [problem.as_json() for problem in self.problems],
            "more_problems": self.problems.more(),
            "notes": [*self.notes.items()][:NOTES],
            "more_notes": max(more, 0),
        }

    def _count(self, line: Line) -> None:
        if line.problems:
            self.wrong.append((line.row.line, line.problems[0][0].expected))
            for problem, among in line.problems:
                self.problems.add(problem, among)
        elif line.is_known:
            self.known += 1
        elif line.telling:
            self.told += 1
            self.replied += bool(line.reply)
            on = line.telling.said_on
            assert on
            self.first_on, self.last_on = min(self.first_on or on, on), max(self.last_on or on, on)
        if not line.is_known:
            for note in line.notes:
                self.notes[note] = self.notes.get(note, 0) + 1


def look(rows: Iterable[Row], desk: Desk) -> Report:
    """What taking these over would do. Changes nothing. Raises TableRefused."""
    report, seen = Report(), set[UUID]()
    for batch in batches(rows):
        for line in check(batch, desk):
            line.is_known = line.is_known or (line.id in seen and not line.problems)
            seen.add(line.id)
            report._count(line)
    if not (report.told or report.known or report.wrong):
        raise TableRefused(_("表里列名下面一行也没有填。请填好再传。"))
    return report


def take_over(
    rows: Iterable[Row], desk: Desk, *, at: datetime, between: Callable[[Report], None] = lambda _report: None
) -> Report:
    """Tell every row that can be told. `between` is called after each hundred. Raises TableRefused."""
    report = Report()
    for batch in batches(rows):
        for line in check(batch, desk):
            if line.telling and not line.problems:
                _take(line, desk, at)
            report._count(line)
        between(report)
    return report


def _take(line: Line, desk: Desk, at: datetime) -> None:
    """One row, whole or not at all; what another did meanwhile stands."""
    assert line.telling
    try:
        with transaction.atomic():
            if Opinion.objects.filter(pk=line.id).exists():
                line.is_known = True
                return
            opinion = telling.tell(line.telling, by=desk.by, at=at)
            if line.likes:
                telling.echo_all(opinion, line.likes, at=at)
            if line.reply and desk.by:
                sorting.accept(opinion, by=desk.by, at=at)
                replying.answer_now(opinion, line.reply, line.outcome, by=desk.by, at=at)
    except RuleError as error:
        line.problems.append((line.row.problem("words", "", str(error)), ()))
