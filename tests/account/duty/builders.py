"""Regulations, registers and parties for tests, made of a few lines."""

from datetime import date, datetime, time
from fractions import Fraction
from textwrap import dedent, indent
from typing import Any

import pytest

from lianxin.account.duty.books import Party
from lianxin.account.duty.files import Written, read_text
from lianxin.account.duty.plain.registers import Line, id_of, read_events, read_people
from lianxin.account.duty.plain.working import Worked, worked
from lianxin.ground.rulebook.errors import RulesRefused
from lianxin.ground.rulebook.problems import Problem

HEAD = """\
title: 青河县人大代表履职办法
body: 青河县人大常委会
in_force: {from: 2020-01-01}
assumed: true
whom: {kind: mandate}
period: {every: 1年}
join: full
records:
  visit: {name: 走访}
  call: {name: 电话联系}
  attended: {name: 出席, unit: half_day}
  held: {name: 应到, unit: half_day}
  given: {name: 捐款, unit: yuan}
  mark: {name: 评分, unit: point}
"""
TOTAL = "total: {assumed: true, at_least: open, at_most: open}\n"


def text_of(items: str, rest: str = TOTAL, head: str = HEAD) -> str:
    """The text of a regulation with these items, and what stands below them."""
    return head + "items:\n" + indent(dedent(items).strip("\n"), "  ") + "\n" + dedent(rest)


def make_regulation(items: str, rest: str = TOTAL, head: str = HEAD) -> Written:
    """The regulation of these items."""
    return read_text("regulation-qinghe.yaml", text_of(items, rest, head).encode())


def problems_of(items: str, rest: str = TOTAL, head: str = HEAD) -> list[Problem]:
    """Every mistake for which a regulation is refused."""
    with pytest.raises(RulesRefused) as caught:
        make_regulation(items, rest, head)
    return list(caught.value.problems)


def make_line(number: int, party: str, record: str, on: date, **told: Any) -> Line:
    """One line of a register; its event is its own, where no other is told."""
    return Line(number, told.pop("event", f"e{number}"), party, record, datetime.combine(on, time(9)), **told)


def make_party(name: str, **told: Any) -> Party:
    """A deputy of this name."""
    return Party(id_of(name), "mandate", name, **told)


def work(written: Written, register: str, people: str | None = None, on: date | None = None) -> Worked:
    """Sheets by a register and a list, written as CSV."""
    lines = read_events("events.csv", dedent(register).encode(), written.rule)
    listed = read_people("people.csv", dedent(people).encode(), written.rule) if people else None
    return worked(written, lines, listed, on)


def points(done: Worked, name: str, item: str = "total") -> Fraction:
    """What somebody has for an item."""
    return done.sheets[id_of(name)].figures[item].points
