"""The books of a period: what the sheets of many parties, or of one, ask, fetched beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from uuid import UUID

from lianxin.account.duty.counting import Counting
from lianxin.lib.scoring.figures import Marks
from lianxin.lib.scoring.parties import Tenure
from lianxin.lib.scoring.periods import Stretch
from lianxin.lib.scoring.questions import Counts, Question
from lianxin.lib.scoring.sheets import Scorer, Sheet
from lianxin.lib.scoring.spec import Regulation
from lianxin.lib.scoring.tallies import Row, tally

ZERO = Fraction(0)
Traits = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Party:
    """对象 Somebody or something with a sheet: its id, kind and name, its traits, when it served, its ties by scheme.

    `ties` are so many for the whole period, `tied` the days of each.
    """

    id: UUID
    kind: str
    name: str
    traits: Traits = field(default_factory=dict)
    tenure: Tenure = Tenure()
    ties: Mapping[str, Fraction] = field(default_factory=dict)
    tied: Mapping[str, Sequence[Stretch]] = field(default_factory=dict)

    def targets(self, scheme: str, stretch: Stretch) -> Fraction:
        """How many ties of a scheme it has in these days; one that ran for half of those on which it served is half a tie."""
        found = self.ties.get(scheme, ZERO)
        if (spans := self.tied.get(scheme)) and (served := stretch.shared(self.tenure.start, self.tenure.end)):
            shared = (served.shared(span.start, span.end) for span in spans)
            found += Fraction(sum(days.days for days in shared if days), served.days)
        return found


class Shelf:
    """Everything counted for one regulation in one period: one or two queries for each question, however many parties."""

    def __init__(self, regulation: Regulation, counting: Counting, period: Stretch):
        self.regulation, self.period = regulation, period
        self.scorer = Scorer(regulation, period)
        self.rated = {
            gives.rated.record: gives.rated for item in regulation.items if (gives := item.gives) and gives.rated
        }
        self._fetch(counting)

    def _fetch(self, counting: Counting) -> None:
        waiting = counting.waiting(self.period)
        self.counts = {question: counting.counts(question) for question in self.scorer.questions}
        self.hopes = {
            question: counting.counts(question, hopes=True)
            for question in self.scorer.questions
            if waiting.intersection(question.measure.records)
        }
        self.marks = {record: counting.marks(record, self.period) for record in self.rated}
        rated = waiting.intersection(self.rated)
        self.hoped_marks = {record: counting.marks(record, self.period, hopes=True) for record in rated}

    def sheet(self, party: Party) -> Sheet:
        """The sheet of one party; no query."""
        return self.scorer.sheet(Book(self, party), party.kind, party.traits)


class OneShelf(Shelf):
    """The same of one party alone: what it did on days on which it served. One query, and two for marks, however many items."""

    def __init__(self, regulation: Regulation, counting: Counting, period: Stretch, party: Party):
        self.party = party
        super().__init__(regulation, counting, period)

    def _fetch(self, counting: Counting) -> None:
        questions = self.scorer.questions
        records = sorted({record for question in questions for record in question.measure.records})
        found = counting.rows(records, self.period, self.party.id) if records else []
        rows = [row for row in found if self.party.tenure.holds(row.on)]
        confirmed = [replace(row, is_waiting=False) for row in rows]
        waiting = {row.record for row in rows if row.is_waiting}
        self.counts = {question: {self.party.id: _tallied(rows, question)} for question in questions}
        self.hopes = {
            question: {self.party.id: _tallied(confirmed, question)}
            for question in questions
            if waiting.intersection(question.measure.records)
        }
        own = self.party.id
        self.marks = {record: counting.marks(record, self.period, own) for record in self.rated}
        self.hoped_marks = {record: counting.marks(record, self.period, own, hopes=True) for record in self.rated}


def _tallied(rows: Sequence[Row], question: Question) -> Counts:
    own = [row for row in rows if row.record in question.measure.records]
    return tuple(tally(own, question.measure, stretch) for stretch in question.stretches)


@dataclass(frozen=True)
class Book:
    """The book of one party, read from the shelf. See lianxin.lib.scoring.questions.Book."""

    shelf: Shelf
    party: Party

    def counts(self, question: Question) -> Counts:
        """How much counts in each part."""
        return self.shelf.counts[question].get(self.party.id) or (ZERO,) * len(question.stretches)

    def hopes(self, question: Question) -> Counts | None:
        """How much would count in each part, were everything confirmed; None where nothing of it waits."""
        hopes = self.shelf.hopes.get(question)
        return None if hopes is None else hopes.get(self.party.id)

    def targets(self, scheme: str, stretch: Stretch) -> Fraction:
        """How many ties of the scheme the party has."""
        return self.party.targets(scheme, stretch)

    def share(self, stretch: Stretch) -> Fraction:
        """Which part of what these days ask is asked of the party."""
        own = self.shelf.regulation
        return self.party.tenure.share(stretch, self.shelf.period, own.join, own.leaves)

    def marks(self, record: str, *, hopes: bool = False) -> Marks:
        """The marks by the raters' roles, as points."""
        given = self.shelf.hoped_marks.get(record, self.shelf.marks[record]) if hopes else self.shelf.marks[record]
        grades = self.shelf.rated[record].grades
        found: dict[str, list[Fraction]] = {}
        for mark in given.get(self.party.id, ()):
            found.setdefault(mark.role, []).append(grades.get(mark.grade, mark.points))
        return found
