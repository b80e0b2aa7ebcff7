"""Sheets worked out from plain files, and what another version of a regulation would change in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from uuid import UUID

from lianxin.account.duty.books import Party, Shelf
from lianxin.account.duty.counting import Counting
from lianxin.account.duty.errors import NoEvents, NoSuchParty, NotInAnyPeriod
from lianxin.account.duty.files import Written, read
from lianxin.account.duty.language.regulation import ConsequenceRule
from lianxin.account.duty.plain import memory
from lianxin.account.duty.plain.registers import Line, id_of, people_of, read_events, read_people
from lianxin.lib.scoring.closing import Closed, close, fires
from lianxin.lib.scoring.parties import Tenure
from lianxin.lib.scoring.periods import Stretch
from lianxin.lib.scoring.sheets import Sheet
from lianxin.lib.scoring.spec import Measure
from lianxin.lib.scoring.tallies import Row, counted


@dataclass(frozen=True)
class Evidence:
    """One event of a figure: its name in the register, its day, and how much of it counted; None while it waits."""

    event: str
    on: date
    record: str
    counts: Fraction | None


@dataclass(frozen=True)
class Worked:
    """A register worked out by a regulation: every party with its sheet and how it closed, in the order of the list.

    `earlier` are the periods before it that its consequences look back on, the oldest first.
    """

    written: Written
    period: Stretch
    parties: Sequence[Party]
    sheets: Mapping[UUID, Sheet]
    closed: Mapping[UUID, Closed]
    lines: Sequence[Line]
    earlier: Sequence["Worked"] = ()

    @property
    def outside(self) -> int:
        """How many lines lie outside the period."""
        return sum(line.at.date() not in self.period for line in self.lines)

    @property
    def before_or_after(self) -> int:
        """How many lines in the period are of somebody who did not serve on that day."""
        served = {party.id: party.tenure for party in self.parties}
        inside = (line for line in self.lines if line.at.date() in self.period and id_of(line.party) in served)
        return sum(not served[id_of(line.party)].holds(line.at.date()) for line in inside)

    @property
    def before_regulation(self) -> int:
        """How many lines in the period are of days before the regulation began; they count, for it goes by its last day."""
        start = self.written.rule.in_force.start
        return sum(line.at.date() in self.period and line.at.date() < start for line in self.lines)

    @property
    def unknown(self) -> list[str]:
        """Whom the register names and the list of people does not."""
        known = {party.id for party in self.parties}
        return [word for word in dict.fromkeys(line.party for line in self.lines) if id_of(word) not in known]

    def proposed(self, party: Party) -> list[ConsequenceRule]:
        """What the regulation proposes because of a party's sheet, and of those of the periods before."""
        history = [one.closed.get(party.id) for one in (*self.earlier, self)]
        found = self.written.rule.consequences
        return [found[one.code] for one in self.written.regulation.triggers if fires(one, history)]

    def party(self, word: str) -> Party:
        """The party that the files call so. Raises NoSuchParty."""
        for party in self.parties:
            if party.id == id_of(word) or party.name == word:
                return party
        raise NoSuchParty(word, [party.name for party in self.parties])


def work(regulation: Path, events: Path, people: Path | None = None, on: date | None = None) -> Worked:
    """Everybody's sheet for the period in which a day lies, or else the last event.

    Raises OSError, RulesRefused with the mistakes of a file, NoEvents, NotInAnyPeriod.
    """
    written = read(regulation)
    lines = read_events(events.name, events.read_bytes(), written.rule)
    listed = read_people(people.name, people.read_bytes(), written.rule) if people else None
    return worked(written, lines, listed, on)


def worked(written: Written, lines: Sequence[Line], listed: Sequence[Party] | None, on: date | None) -> Worked:
    """The same of files that were read. Raises NoEvents, NotInAnyPeriod."""
    period = _period(written, lines, on)
    return replace(_within(written, lines, listed, period), earlier=_earlier(written, lines, listed, period))


def _earlier(
    written: Written, lines: Sequence[Line], listed: Sequence[Party] | None, period: Stretch
) -> tuple[Worked, ...]:
    """The periods before that one in which the regulation held, as many as its consequences look back on; the oldest first."""
    rule, found = written.rule, list[Worked]()
    for _number in range(max((one.in_a_row for one in written.regulation.triggers), default=1) - 1):
        last = period.start - timedelta(days=1)
        before = None if rule.period.single or last < rule.in_force.start else rule.period.at(last)
        if before is None:
            break
        found.insert(0, _within(written, lines, listed, before))
        period = before
    return tuple(found)


def _within(written: Written, lines: Sequence[Line], listed: Sequence[Party] | None, period: Stretch) -> Worked:
    """Everybody's sheet of one period."""
    rule = written.rule
    everybody = listed if listed is not None else people_of(lines, rule.whom.kind)
    parties = [
        party
        for party in everybody
        if (listed is None or written.regulation.who.takes_in(party.kind, party.traits))
        and party.tenure.is_within(period)
    ]
    served = {party.id: party.tenure for party in parties}
    with memory.tables() as using:
        memory.fill(using, rule, [line for line in lines if _is_served(served, line)])
        shelf = Shelf(written.regulation, Counting(rule, memory.kinds_of(rule), using), period)
    sheets = {party.id: shelf.sheet(party) for party in parties}
    return Worked(written, period, parties, sheets, close(written.regulation, sheets), lines)


def _is_served(served: Mapping[UUID, Tenure], line: Line) -> bool:
    """Whether a line is of somebody on the list, and of a day on which they served."""
    tenure = served.get(id_of(line.party))
    return tenure is not None and tenure.holds(line.at.date())


def _period(written: Written, lines: Sequence[Line], on: date | None) -> Stretch:
    day = on or max((line.at.date() for line in lines), default=None)
    rule = written.rule.period
    period = rule.single or (rule.at(day) if day else None)
    if period is None:
        raise NoEvents
    if on and on not in period:
        raise NotInAnyPeriod(on)
    return period


def evidence(done: Worked, party: Party, measure: Measure) -> Iterator[Evidence]:
    """The events of one party that a measure counts, in order."""
    rule = done.written.rule
    names = {str(id_of(f"event {line.event}")): line.event for line in done.lines}
    own = [line for line in done.lines if id_of(line.party) == party.id]
    same = {line.event for line in own}
    with memory.tables() as using:
        memory.fill(using, rule, [line for line in done.lines if line.event in same])
        rows = Counting(rule, memory.kinds_of(rule), using).rows(measure.records, done.period, party.id)
    counts = {row.id: much for row, much in counted(rows, measure, done.period)}
    for row in sorted(rows, key=_when):
        yield Evidence(names[str(UUID(row.id))], row.on, row.record, counts.get(row.id))


def _when(row: Row) -> tuple[object, str]:
    return (row.happened_at, row.id)
