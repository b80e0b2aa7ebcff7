"""Counts in the database: for each measure one reducing query, for all parties at once or for one, the same on both engines.

Numbers are whole multiples of one small step, so that sums are exact; caps are applied from the finest grain outwards.
What comes out is what `lianxin.lib.scoring.tallies.tally` counts of the same rows.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections

from lianxin.account.duty.language.counting import UNITS
from lianxin.account.duty.language.regulation import RegulationRule
from lianxin.lib.scoring.periods import Stretch, cut
from lianxin.lib.scoring.questions import Question
from lianxin.lib.scoring.spec import MONTHS, Credit, Grain
from lianxin.lib.scoring.tallies import LEAD, Row

TOWARD = "toward"  # the role of whom a record was toward
ZERO = Fraction(0)
KindsOf = Mapping[str, tuple[str, ...]]  # a record's code → the kinds of events behind it


class Mark(NamedTuple):
    """A mark somebody was given: the rater's role, the grade, or none, and the points."""

    role: str
    grade: str
    points: Fraction


@dataclass(frozen=True)
class Counting:
    """Counts for one regulation: `rule` as it is written, `kinds` the events behind its records, in a database."""

    rule: RegulationRule
    kinds: KindsOf
    using: str = "default"

    def counts(self, question: Question, *, hopes: bool = False) -> Mapping[UUID, tuple[Fraction, ...]]:
        """What each party has in each part of the period; whoever has nothing is not in it.

        With `hopes`, what waits for a check counts too. Two queries where several share one record, else one.
        """
        statement = _Statement(self, question, hopes)
        parts = len(question.stretches)
        if parts == 1:
            return {party: (count,) for party, _part, count in statement.rows()}
        found: dict[UUID, list[Fraction]] = defaultdict(lambda: [ZERO] * parts)
        for party, part, count in statement.rows():
            found[party][part] = count
        return {party: tuple(counts) for party, counts in found.items()}

    def waiting(self, period: Stretch) -> frozenset[str]:
        """The records of which some of the period need a check, whether they had it or not. One query."""
        days = connections[self.using].ops.adapt_datefield_value
        sql = (
            "SELECT DISTINCT e.kind FROM core_event e"
            " WHERE e.checks_needed > 0 AND e.happened_on >= %s AND e.happened_on < %s"
        )
        kinds = {kind for (kind,) in _run(self.using, sql, [days(period.start), days(period.end)])}
        return frozenset(code for code, own in self.kinds.items() if kinds.intersection(own))

    def marks(
        self, record: str, period: Stretch, party: UUID | None = None, *, hopes: bool = False
    ) -> dict[UUID, list[Mark]]:
        """The marks that every party was given, or that one was; with `hopes` also those that wait for a check. One query."""
        found: dict[UUID, list[Mark]] = defaultdict(list)
        measure, step = self.measure_of(record)
        where = _Where(self, (record,), period, hopes, party=party)
        where.add("p.role <> %s", TOWARD)
        select = f"p.party_id, p.role, e.facts, COALESCE(m.count, 0) {where.tables} {_MEASURED}"
        sql = f"SELECT {select} WHERE {where.sql} ORDER BY e.happened_at, e.id"
        for own, role, facts, count in _run(self.using, sql, [measure, *where.values]):
            found[_uuid(own)].append(Mark(role, _grade(facts), Fraction(count, step)))
        return found

    def rows(self, records: Sequence[str], period: Stretch, party: UUID) -> list[Row]:
        """The records of one party of these kinds in a period, in order; those that wait for a check among them. One query."""
        codes: dict[str, list[str]] = defaultdict(list)
        for code in records:
            for kind in self.kinds[code]:
                codes[kind].append(code)
        where = _Where(self, records, period, hopes=True, party=party)
        where.add("p.role <> %s", TOWARD)
        others = f"SELECT COUNT(*) FROM core_eventparty o WHERE o.event_id = e.id AND o.kind = p.kind AND o.role <> '{TOWARD}'"
        own = _Where(self, records, period, party=party)
        columns = f"e.id, e.happened_at, e.happened_on, e.kind, p.role, p.share_of, p.share_in, ({others})"
        measures = {code: self.measure_of(code) for code in records}
        names = sorted({name for name, _step in measures.values()})
        measured = f"LEFT JOIN core_eventmeasure m ON m.event_id = e.id AND m.name IN ({_places(names)})"
        toward = f"LEFT JOIN core_eventparty t ON t.event_id = e.id AND t.role = '{TOWARD}'"
        sql = (
            f"SELECT {columns}, CASE WHEN {own.conditions[-1]} THEN 0 ELSE 1 END, t.party_id, m.name, m.count"
            f" {where.tables} {measured} {toward} WHERE {where.sql} ORDER BY e.happened_at, e.id"
        )
        found: dict[tuple[object, str, str], Row] = {}
        targets: dict[object, set[str]] = defaultdict(set)
        for *told, waits, target, name, count in _run(self.using, sql, [*own.values[-2:], *names, *where.values]):
            if target:
                targets[told[0]].add(str(_uuid(target)))
            for code in codes[told[3]]:
                own_name, step = measures[code]
                key, is_own = (told[0], told[4], code), name == own_name
                if is_own or key not in found:
                    found[key] = _row(told, code, Fraction(count if is_own else 0, step), bool(waits))
        return [
            replace(row, targets=frozenset(targets[event])) if event in targets else row
            for (event, _role, _code), row in found.items()
        ]

    def measure_of(self, record: str) -> tuple[str, int]:
        """The name of the number that a record measures, and how many of its smallest steps make one."""
        rule = self.rule.records[record]
        return rule.measure or "quantity", UNITS[rule.unit][1]


_FROM = "FROM core_eventparty p JOIN core_event e ON e.id = p.event_id"
_MEASURED = "LEFT JOIN core_eventmeasure m ON m.event_id = e.id AND m.name = %s"
_ANNULLED = "SELECT a.of_id FROM core_event a WHERE a.of_id IS NOT NULL AND a.effect = 'annuls'"
_SAID = f"SELECT s.of_id FROM core_event s WHERE s.of_id IS NOT NULL AND s.effect = %s AND s.id NOT IN ({_ANNULLED})"


@dataclass
class _Where:
    """Conditions of a query, and their values in order."""

    counting: Counting
    records: Sequence[str]
    period: Stretch
    hopes: bool = False
    party: UUID | None = None
    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        kinds = sorted({kind for code in self.records for kind in self.counting.kinds[code]})
        self.add(f"e.kind IN ({_places(kinds)})", *kinds)
        self.add("p.kind = %s", self.counting.rule.whom.kind)
        days = connections[self.counting.using].ops.adapt_datefield_value
        self.add("e.happened_on >= %s AND e.happened_on < %s", days(self.period.start), days(self.period.end))
        if self.party:
            self._of(self.party)
        self.add(f"e.id NOT IN ({_ANNULLED})")
        self._checked()

    def _of(self, party: UUID) -> None:
        """Of one party, found by its timeline, which tells moments: a day of any clock begins within a day of ours."""
        ops = connections[self.counting.using].ops
        edges = (self.period.start - timedelta(days=1), self.period.end + timedelta(days=1))
        moments = [ops.adapt_datetimefield_value(datetime.combine(day, time(), tzinfo=UTC)) for day in edges]
        self.add("e.id = p.event_id")
        self.add(
            "p.party_id = %s AND p.happened_at >= %s AND p.happened_at < %s", _id(self.counting.using, party), *moments
        )

    @property
    def tables(self) -> str:
        """The tables it reads: of one party, from its own records onwards."""
        return "FROM core_eventparty p CROSS JOIN core_event e" if self.party else _FROM

    def _checked(self) -> None:
        """Not refused; and, unless it is hoped for, confirmed by as many people as it needs."""
        refused = f"e.id NOT IN ({_SAID})"
        if self.hopes:
            self.add(f"(e.checks_needed = 0 OR {refused})", "refuses")
            return
        by = f"SELECT COUNT(DISTINCT c.by_id) FROM core_event c WHERE c.of_id = e.id AND c.effect = %s AND c.id NOT IN ({_ANNULLED})"
        self.add(f"(e.checks_needed = 0 OR ({refused} AND ({by}) >= e.checks_needed))", "refuses", "confirms")

    def add(self, condition: str, *values: Any) -> None:
        """One more condition."""
        self.conditions.append(condition)
        self.values += values

    @property
    def sql(self) -> str:
        """All of them."""
        return " AND ".join(self.conditions)


class _Statement:
    """The reducing query of one measure."""

    def __init__(self, counting: Counting, question: Question, hopes: bool):
        self.counting, self.question = counting, question
        self.measure = measure = question.measure
        self.where = _Where(counting, measure.records, question.period, hopes)
        if measure.roles:
            self.where.add(f"p.role IN ({', '.join(['%s'] * len(measure.roles))})", *measure.roles)
        self.where.add("p.role = %s" if measure.credit is Credit.LEAD_ONLY else "p.role <> %s", self._role())
        self.quantity, self.unit = counting.measure_of(measure.records[0]) if measure.of_quantity else ("", 1)
        self.parts_of = self._shares()
        caps = [cap * self.unit for _grain, cap in measure.caps]
        caps += [measure.a_target * self.unit] if measure.a_target is not None else []
        self.step = lcm(self.parts_of, *(cap.denominator for cap in caps))
        inner = [MONTHS[grain] for grain, _cap in measure.caps if MONTHS.get(grain)]
        self.fine = gcd(question.months, *inner)

    def _role(self) -> str:
        return LEAD if self.measure.credit is Credit.LEAD_ONLY else TOWARD

    def _shares(self) -> int:
        """A number of parts of which every share is a whole number."""
        if self.measure.credit is Credit.AS_RECORDED:
            sql = f"SELECT DISTINCT p.share_in {_FROM} WHERE {self.where.sql}"
        elif self.measure.credit is Credit.SPLIT:
            sql = f"SELECT DISTINCT n.n {_FROM} {self._joined_number()} WHERE {self.where.sql}"
        else:
            return 1
        return lcm(1, *(number for (number,) in _run(self.counting.using, sql, self.where.values)))

    def _joined_number(self) -> str:
        """How many parties of the kind each event has."""
        return (
            "JOIN (SELECT o.event_id, o.kind, COUNT(*) AS n FROM core_eventparty o"
            f" WHERE o.role <> '{TOWARD}' GROUP BY o.event_id, o.kind) n ON n.event_id = e.id AND n.kind = p.kind"
        )

    def rows(self) -> Iterator[tuple[UUID, int, Fraction]]:
        """Each party with its count in each part of the period."""
        sql, values = self.sql()
        for party, part, count in _run(self.counting.using, sql, values):
            yield _uuid(party), part, _fraction(int(count), self.step * self.unit)

    def sql(self) -> tuple[str, list[Any]]:
        """The statement and its values."""
        joins, values = "", []
        if self.measure.of_quantity:
            joins, values = f" {_MEASURED}", [self.quantity]
        if self.measure.credit is Credit.SPLIT:
            joins += f" {self._joined_number()}"
        to_targets = self.measure.a_target is not None
        if to_targets:
            joins += f" JOIN core_eventparty t ON t.event_id = e.id AND t.role = '{TOWARD}'"
        part, part_values = self._part()
        columns = ["p.party_id AS party", f"{part} AS part", f"{self._value()} AS v"]
        columns += ["t.party_id AS target"] if to_targets else []
        columns += ["e.happened_on AS happened_on"] if self._caps(Grain.DAY) else []
        inner = f"SELECT {', '.join(columns)} {_FROM}{joins} WHERE {self.where.sql}"
        return self._reduced(inner, ["target"] if to_targets else []), [*part_values, *values, *self.where.values]

    def _reduced(self, inner: str, target: list[str]) -> str:
        """From the records to one number for each party and part: each cap is one more grouping around."""
        for grain, cap in self.measure.caps:
            if grain is Grain.DAY:
                inner = self._capped(inner, ["party", *target, "part", "happened_on"], cap)
            elif grain is not Grain.RECORD and (self.fine or grain is Grain.PERIOD):
                part = self._coarser(MONTHS[grain])
                inner = self._capped(inner, ["party", *target, f"{part} AS part"], cap)
                self.fine = MONTHS[grain]
        part = self._coarser(self.question.months)
        if target:
            assert self.measure.a_target is not None
            inner = self._capped(inner, ["party", "target", f"{part} AS part"], self.measure.a_target)
            part = "part"
        return f"SELECT party, {part} AS part, SUM(v) AS v FROM ({inner}) x GROUP BY 1, 2"

    def _capped(self, inner: str, keys: list[str], cap: Fraction) -> str:
        most = int(cap * self.unit * self.step)
        by = ", ".join(str(number) for number in range(1, len(keys) + 1))
        value = f"CASE WHEN SUM(v) > {most} THEN {most} ELSE SUM(v) END AS v"
        return f"SELECT {', '.join(keys)}, {value} FROM ({inner}) x GROUP BY {by}"

    def _coarser(self, months: int) -> str:
        """The number of a part of so many months, from that of a finer one; of the whole period, 0."""
        if not months or not self.fine:
            return "0"
        return "part" if months == self.fine else f"part / {months // self.fine}"

    def _caps(self, grain: Grain) -> Fraction | None:
        return dict(self.measure.caps).get(grain)

    def _part(self) -> tuple[str, list[Any]]:
        """The number of the finest part of the period in which a record lies."""
        if not self.fine:
            return "0", []
        parts = cut(self.question.period, self.fine)
        days = connections[self.counting.using].ops.adapt_datefield_value
        whens = " ".join(f"WHEN e.happened_on < %s THEN {number}" for number in range(len(parts) - 1))
        ends = [days(part.end) for part in parts[:-1]]
        return (f"CASE {whens} ELSE {len(parts) - 1} END" if ends else "0"), ends

    def _value(self) -> str:
        """What one record counts, in whole steps."""
        value = "COALESCE(m.count, 0)" if self.measure.of_quantity else "1"
        times = {
            Credit.SPLIT: f" * ({self.step} / n.n)",
            Credit.AS_RECORDED: f" * p.share_of * ({self.step} / p.share_in)",
        }.get(self.measure.credit, f" * {self.step}" if self.step != 1 else "")
        cap = self._caps(Grain.RECORD)
        if cap is None:
            return f"{value}{times}"
        most = int(cap * self.unit * self.step)
        return f"CASE WHEN {value}{times} > {most} THEN {most} ELSE {value}{times} END"


def _id(using: str, party: UUID) -> Any:
    return party if connections[using].features.has_native_uuid_field else party.hex


_fraction = lru_cache(maxsize=10_000)(Fraction)  # the same few come for every party


@lru_cache(maxsize=100_000)
def _uuid(told: UUID | str) -> UUID:
    """An id as the engine hands it over."""
    return UUID(told) if isinstance(told, str) else told


def _places(values: Sequence[object]) -> str:
    """So many places for values in a statement."""
    return ", ".join(["%s"] * len(values)) or "NULL"


def _run(using: str, sql: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query."""
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        yield from cursor


def _row(told: Sequence[Any], record: str, quantity: Fraction, waits: bool) -> Row:
    event, at, on, _kind, role, share_of, share_in, others = told
    return Row(
        id=str(_uuid(event)),
        happened_at=at if isinstance(at, datetime) else datetime.fromisoformat(at),
        on=on if isinstance(on, date) else date.fromisoformat(on),
        record=record,
        quantity=quantity,
        role=role,
        share=Fraction(share_of, share_in),
        of=others,
        is_waiting=waits,
    )


def _grade(facts: Any) -> str:
    """The grade that a mark's facts name; the engines hand them over as text or as values."""
    told = json.loads(facts) if isinstance(facts, str) else facts
    return str(told.get("grade", "")) if isinstance(told, dict) else ""
