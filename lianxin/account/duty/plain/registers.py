"""A register of events and a list of people, read from tables and held against a regulation."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from lianxin.account.duty.books import Party
from lianxin.account.duty.language.counting import UNITS
from lianxin.account.duty.language.regulation import RegulationRule
from lianxin.account.duty.language.who import PARTIES, TRAITS, plain
from lianxin.account.duty.plain.tables import (
    Column,
    Mistakes,
    TooManyMistakes,
    day_of,
    moment_of,
    number_of,
    rows,
)
from lianxin.ground.rulebook.errors import RulesRefused
from lianxin.ground.rulebook.problems import listed, nearest
from lianxin.lib.scoring.parties import Leave, Tenure

ZERO = Fraction(0)
OURS = UUID("5a1e9a3c-6f0e-5b5e-9d52-6f6a1d7c2b10")  # the space of ids made from what a file calls things
STATES = {
    "confirmed": ("", "confirmed", "已核实", "已确认", "有效"),
    "waiting": ("waiting", "待核实", "未核实", "待确认"),
    "refused": ("refused", "不予核实", "未通过", "退回"),
    "annulled": ("annulled", "撤销", "已撤销", "作废"),
}
ROLES = {"领衔": "lead", "牵头": "lead", "附议": "cosigner", "参加": "member"}
EVENTS = (
    Column("event", ("事件", "编号", "id", "序号")),
    Column("party", ("对象", "代表", "姓名", "代表证号"), is_needed=True),
    Column("record", ("记录", "事项", "类别", "kind"), is_needed=True),
    Column("day", ("日期", "时间", "date", "happened_at"), is_needed=True),
    Column("quantity", ("数量", "数", "value")),
    Column("role", ("角色",)),
    Column("share", ("份额",)),
    Column("toward", ("对谁", "联系对象")),
    Column("grade", ("等次", "评价")),
    Column("state", ("状态",)),
)
PEOPLE = (
    Column("party", ("对象", "代表", "姓名", "代表证号", "id"), is_needed=True),
    Column("name", ("名称", "姓名")),
    Column("kind", ("种类",)),
    Column("level", ("级别", "层级")),
    Column("body", ("人大",)),
    Column("group", ("小组", "代表小组", "代表团")),
    Column("township", ("乡镇", "乡镇街道")),
    Column("village", ("村", "村社区")),
    Column("station", ("家站", "联络站")),
    Column("trade", ("行业", "职业")),
    Column("post", ("职务",)),
    Column("leader", ("领导", "领导职务")),
    Column("from", ("到任", "开始")),
    Column("until", ("离任", "结束")),
    Column("leave", ("请假",)),
)
TIES = {"ties": ("结对", "tie")}


@dataclass(frozen=True)
class Line:
    """One line of a register: one event as it concerns one party. `quantity` is in the record's unit."""

    number: int
    event: str
    party: str
    record: str
    at: datetime
    quantity: Fraction = Fraction(1)
    role: str = ""
    share: Fraction = Fraction(1)
    toward: tuple[str, ...] = ()
    grade: str = ""
    state: str = "confirmed"


def id_of(word: str) -> UUID:
    """The id of whatever a file calls by this word."""
    return uuid5(OURS, word)


def read_events(file: str, content: bytes, rule: RegulationRule) -> list[Line]:
    """The lines of a register of events. Raises RulesRefused with the first mistakes, each with its line and column."""
    mistakes = Mistakes(file)
    reading = _Events(rule, mistakes)
    lines: list[Line] = []
    with suppress(TooManyMistakes):
        lines = [line for number, row in rows(file, content, EVENTS, mistakes) if (line := reading.line(number, row))]
    if mistakes.problems:
        raise RulesRefused(mistakes.problems)
    return lines


class _Events:
    """Reads one line after another, and remembers which events a party already has."""

    def __init__(self, rule: RegulationRule, mistakes: Mistakes):
        self.rule, self.mistakes = rule, mistakes
        self.records = dict(_called(rule))
        self.grades = _grades(rule)
        self.seen: dict[tuple[str, str], int] = {}
        self.first: dict[str, Line] = {}
        self.moments: dict[str, datetime | None] = {}

    def line(self, number: int, row: dict[str, str]) -> Line | None:
        """One line, or None and its mistakes noted."""
        told = len(self.mistakes.problems)
        party, record = row.get("party", ""), self.records.get(row.get("record", ""), "")
        at = self._moment(row.get("day", ""))
        if not party:
            self._wrong(number, row, "party", _("对象：代表证号或姓名"))
        if not record:
            names = dict.fromkeys(one.name for one in self.rule.records.values())
            near = nearest(row.get("record", ""), self.records)
            self._wrong(number, row, "record", _("%(words)s之一") % {"words": listed(names)}, near)
        if at is None:
            self._wrong(number, row, "day", _("日历上有的日子，如 2026-03-01"))
        if at is None or len(self.mistakes.problems) > told:
            return None
        toward = tuple(sorted(set(filter(None, row.get("toward", "").split("、")))))
        line = Line(number, row.get("event") or f"#{number}", party, record, at, toward=toward)
        line = self._with_numbers(line, row)
        self._same_event(line, row)
        return line if len(self.mistakes.problems) == told else None

    def _with_numbers(self, line: Line, row: dict[str, str]) -> Line:
        """The line with what it measures, in which role, and how it stands."""
        unit, step = UNITS[self.rule.records[line.record].unit]
        quantity, share = number_of(row.get("quantity", "1")), number_of(row.get("share", "1"))
        state = next((code for code, words in STATES.items() if row.get("state", "") in words), "")
        grade, grades = row.get("grade", ""), self.grades.get(line.record, frozenset())
        if quantity is None or quantity < 0 or (quantity * step).denominator != 1:
            self._wrong(line.number, row, "quantity", _("不小于0的数，单位是%(unit)s") % {"unit": unit})
        if share is None or not 0 <= share <= 1:
            self._wrong(line.number, row, "share", _("0到1的份额，如 1/2"))
        if not state:
            words = listed(words[1] for words in STATES.values())
            self._wrong(line.number, row, "state", _("%(words)s之一") % {"words": words})
        if grades and grade not in grades:
            self._wrong(line.number, row, "grade", _("%(words)s之一") % {"words": listed(sorted(grades))})
        role = ROLES.get(row.get("role", ""), row.get("role", ""))
        return replace(line, quantity=quantity or ZERO, share=share or ZERO, state=state, grade=grade, role=role)

    def _same_event(self, line: Line, row: dict[str, str]) -> None:
        """One event stands once for each party, and says the same of its record, day, quantity and target each time."""
        if (before := self.seen.setdefault((line.event, line.party), line.number)) != line.number:
            words = _("一个事件里每个对象只写一行；第%(line)d行已经写了") % {"line": before}
            self._wrong(line.number, row, "event", words)
            return
        first = self.first.setdefault(line.event, line)
        told = ("record", "at", "quantity", "toward", "state")
        if any(getattr(first, name) != getattr(line, name) for name in told):
            words = _("与第%(line)d行同一个事件的记录、日期、数量、对谁和状态；不是同一件事，就换一个编号")
            self._wrong(line.number, row, "event", words % {"line": first.number})

    def _moment(self, text: str) -> datetime | None:
        if text not in self.moments:
            self.moments[text] = moment_of(text)
        return self.moments[text]

    def _wrong(self, number: int, row: dict[str, str], key: str, expected: str, near: str = "") -> None:
        head = next(column.heads[0] for column in EVENTS if column.key == key)
        self.mistakes.add(number, head, row.get(key, ""), expected, near)


def _grades(rule: RegulationRule) -> dict[str, frozenset[str]]:
    """The grades that marks of a record may give; none where marks are points."""
    rated = (item.gives.rated for item in rule.items.values() if item.gives and item.gives.rated)
    return {one.record: frozenset(map(plain, one.grades)) for one in rated}


def _called(rule: RegulationRule) -> Iterator[tuple[str, str]]:
    """Every word by which a record is named: its code, its names, the kinds of events behind it."""
    for code, record in rule.records.items():
        for word in (*record.of, record.name, record.english, code):
            if word:
                yield plain(word), code


def read_people(file: str, content: bytes, rule: RegulationRule) -> list[Party]:
    """The parties of a list of people. Raises RulesRefused with the first mistakes."""
    mistakes = Mistakes(file)
    parties: dict[UUID, Party] = {}
    with suppress(TooManyMistakes):
        for number, row in rows(file, content, PEOPLE, mistakes, TIES):
            if (party := _party(number, row, rule, mistakes)) and party.id in parties:
                mistakes.add(number, "", row["party"], _("每个对象只写一行"))
            elif party:
                parties[party.id] = party
    if mistakes.problems:
        raise RulesRefused(mistakes.problems)
    return list(parties.values())


def _party(number: int, row: dict[str, str], rule: RegulationRule, mistakes: Mistakes) -> Party | None:
    if "party" not in row:
        mistakes.add(number, "", "", _("对象：代表证号或姓名"))
        return None
    start, end = _day(number, row, "from", mistakes), _day(number, row, "until", mistakes)
    traits = {name: frozenset(row[name].split("、")) for name in TRAITS if name in row}
    traits |= {"leader": frozenset(("yes",))} if row.get("leader", "") in ("是", "yes", "true", "1") else {}
    kinds = {str(words): code for code, words in PARTIES.items()}
    kind = row.get("kind", rule.whom.kind)
    ties = {
        key.partition(":")[2]: number_of(cell) or Fraction(0) for key, cell in row.items() if key.startswith("ties:")
    }
    leaves = tuple(_leaves(number, row.get("leave", ""), rule, mistakes))
    name = row.get("name", row["party"])
    return Party(id_of(row["party"]), kinds.get(kind, kind), name, traits, Tenure(start, end, leaves), ties)


def _day(number: int, row: dict[str, str], key: str, mistakes: Mistakes) -> date | None:
    if key in row and day_of(row[key]) is None:
        mistakes.add(number, key, row[key], _("日历上有的日子，如 2026-03-01"))
    return day_of(row.get(key, ""))


def _leaves(number: int, text: str, rule: RegulationRule, mistakes: Mistakes) -> Iterator[Leave]:
    """Leave as a list writes it: 病假 2026-03-01..2026-03-20; several are parted by semicolons. The last day is in it."""
    named = {
        plain(word): code for code, leave in rule.leave.items() for word in (code, leave.name, leave.english) if word
    }
    for one in filter(None, (part.strip() for part in text.replace("；", ";").split(";"))):
        kind, _space, days = one.partition(" ")
        first, _dots, last = days.partition("..")
        start, end = day_of(first.strip()), day_of((last or first).strip())
        if kind not in named or start is None or end is None or end < start:
            words = _("请假，如 %(kind)s 2026-03-01..2026-03-20") % {"kind": next(iter(named), _("病假"))}
            mistakes.add(number, "leave", one, words, nearest(kind, named))
            continue
        yield Leave(named[kind], start, date.fromordinal(end.toordinal() + 1))


def people_of(lines: Iterable[Line], kind: str) -> list[Party]:
    """The parties that a register names, where there is no list of people: of whom nothing else is known."""
    return [Party(id_of(word), kind, word) for word in dict.fromkeys(line.party for line in lines)]
