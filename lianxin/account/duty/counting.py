"""Counts in the database: for each measure one reducing query, for all parties at once or for one, the same on both engines.

Numbers are whole multiples of one small step, so that sums are exact; caps are applied from the finest grain outwards.
What comes out is what `lianxin.lib.scoring.tallies.tally` counts of the same rows.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from math import gcd, lcm
from typing import Any
from uuid import UUID

from django.db import connections

from lianxin.account.duty.language.counting import UNITS
from lianxin.account.duty.language.regulation import RegulationRule
from lianxin.lib.scoring.periods import Stretch, cut
from lianxin.lib.scoring.spec import MONTHS, Credit, Grain, Measure
from lianxin.lib.scoring.tallies import LEAD, Row

TOWARD = "toward"  # the role of whom a record was toward
Counts = Mapping[UUID, Fraction]
KindsOf = Mapping[str, tuple[str, ...]]  # a record's code → the kinds of events behind it


@dataclass(frozen=True)
class Counting:
    """Counts for one regulation: `rule` as it is written, `kinds` the events behind its records, in a database.

    `party` limits it to one party.
    """

    rule: RegulationRule
    kinds: KindsOf
    using: str = "default"
    party: UUID | None = None

    def counts(self, measure: Measure, period: Stretch, months: int, *, hopes: bool = False) -> list[Counts]:
        """What each party has in each part of `months` months of a period; whoever has nothing is not in it.

        With `hopes`, what waits for a check counts too. Two queries where several share one record, else one.
        """
        statement = _Statement(self, measure, period, months, hopes)
        parts: list[dict[UUID, Fraction]] = [{} for _part in cut(period, months)]
        for party, part, count in statement.rows():
            parts[part][party] = count
        return list(parts)

    def waiting(self, period: Stretch) -> frozenset[str]:
        """The records of which some of the period need a check, whether they had it or not. One query."""
        days = connections[self.using].ops.adapt_datefield_value
        sql = (
            "SELECT DISTINCT e.kind FROM core_event e"
            " WHERE e.checks_needed > 0 AND e.happened_on >= %s AND e.happened_on < %s"
        )
        kinds = {kind for (kind,) in _run(self.using, sql, [days(period.start), days(period.end)], party=False)}
        return frozenset(code for code, own in self.kinds.items() if kinds.intersection(own))

    def marks(self, record: str, period: Stretch) -> dict[UUID, list[tuple[str, str, Fraction]]]:
        """The marks that every party was given: the rater's role, the grade, or none, and the points. One query."""
        found: dict[UUID, list[tuple[str, str, Fraction]]] = defaultdict(list)
        measure, step = self.measure_of(record)
        select = f"p.party_id, p.role, e.facts, COALESCE(m.count, 0) {_FROM} {_MEASURED}"
        where = _Where(self, (record,), period)
        where.add("p.role <> %s", TOWARD)
        sql = f"SELECT {select} WHERE {where.sql} ORDER BY e.happened_at, e.id"
        for party, role, facts, count in _run(self.using, sql, [measure, *where.values]):
            found[party].append((role, _grade(facts), Fraction(count, step)))
        return found

    def rows(self, measure: Measure, period: Stretch) -> list[Row]:
        """The records of one party that concern a measure in a period, those that wait for a check among them. One query."""
        quantity, step = self.measure_of(measure.records[0])
        codes = {kind: code for code in measure.records for kind in self.kinds[code]}
        where = _Where(self, measure.records, period, hopes=True)
        where.add("p.role <> %s", TOWARD)
        others = f"SELECT COUNT(*) FROM core_eventparty o WHERE o.event_id = e.id AND o.kind = p.kind AND o.role <> '{TOWARD}'"
        target = f"SELECT MIN(t.party_id) FROM core_eventparty t WHERE t.event_id = e.id AND t.role = '{TOWARD}'"
        if connections[self.using].features.has_native_uuid_field:
            target = target.replace("MIN(t.party_id)", "MIN(CAST(t.party_id AS text))")
        own = _Where(self, measure.records, period)
        columns = f"e.id, e.happened_at, e.happened_on, e.kind, p.role, p.share_of, p.share_in, ({others}), ({target})"
        sql = f"SELECT {columns}, m.count, CASE WHEN {own.conditions[-1]} THEN 0 ELSE 1 END {_FROM} {_MEASURED} WHERE {where.sql}"
        values = [*own.values[-2:], quantity, *where.values]
        return [_row(row, codes, step) for row in _run(self.using, sql, values)]

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
    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        kinds = sorted({kind for code in self.records for kind in self.counting.kinds[code]})
        self.add(f"e.kind IN ({', '.join(['%s'] * len(kinds)) or 'NULL'})", *kinds)
        self.add("p.kind = %s", self.counting.rule.whom.kind)
        days = connections[self.counting.using].ops.adapt_datefield_value
        self.add("e.happened_on >= %s AND e.happened_on < %s", days(self.period.start), days(self.period.end))
        if self.counting.party:
            self.add("p.party_id = %s", _id(self.counting.using, self.counting.party))
        self.add(f"e.id NOT IN ({_ANNULLED})")
        self._checked()

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

    def __init__(self, counting: Counting, measure: Measure, period: Stretch, months: int, hopes: bool):
        self.counting, self.measure, self.period, self.months = counting, measure, period, months
        self.where = _Where(counting, measure.records, period, hopes)
        if measure.roles:
            self.where.add(f"p.role IN ({', '.join(['%s'] * len(measure.roles))})", *measure.roles)
        self.where.add("p.role = %s" if measure.credit is Credit.LEAD_ONLY else "p.role <> %s", self._role())
        self.quantity, self.unit = counting.measure_of(measure.records[0]) if measure.of_quantity else ("", 1)
        self.parts_of = self._shares()
        caps = [cap * self.unit for _grain, cap in measure.caps]
        caps += [measure.a_target * self.unit] if measure.a_target is not None else []
        self.step = lcm(self.parts_of, *(cap.denominator for cap in caps))
        inner = [MONTHS[grain] for grain, _cap in measure.caps if MONTHS.get(grain)]
        self.fine = gcd(months, *inner) if months else gcd(*inner) if inner else 0

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
            yield party, part, Fraction(int(count), self.step * self.unit)

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
        part = self._coarser(self.months)
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
        parts = cut(self.period, self.fine)
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


def _run(using: str, sql: str, values: Sequence[Any], *, party: bool = True) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, the first column of which is the id of a party, or of an event."""
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        for row in cursor:
            yield (UUID(row[0]), *row[1:]) if party and isinstance(row[0], str) else row


def _row(told: tuple[Any, ...], codes: Mapping[str, str], step: int) -> Row:
    event, at, on, kind, role, share_of, share_in, others, target, count, waits = told
    return Row(
        id=str(event),
        happened_at=at if isinstance(at, datetime) else datetime.fromisoformat(at),
        on=on if isinstance(on, date) else date.fromisoformat(on),
        record=codes[kind],
        quantity=Fraction(count or 0, step),
        role=role,
        share=Fraction(share_of, share_in),
        of=others,
        target=str(target or ""),
        is_waiting=bool(waits),
    )


def _grade(facts: Any) -> str:
    """The grade that a mark's facts name; the engines hand them over as text or as values."""
    told = json.loads(facts) if isinstance(facts, str) else facts
    return str(told.get("grade", "")) if isinstance(told, dict) else ""
