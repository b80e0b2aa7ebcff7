"""Regulations of places that are written in YAML alone, and registers as an office would type them."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from textwrap import dedent

from lianxin.account.duty.files import Written, read
from lianxin.account.duty.plain.registers import id_of, read_events, read_people
from lianxin.account.duty.plain.working import Worked, worked
from lianxin.lib.scoring.sheets import Figure, Sheet

REGULATIONS = Path(__file__).parent / "regulations"


def written(place: str) -> Written:
    """The regulation of a place."""
    return read(REGULATIONS / f"{place}.yaml")


def scored(place: str, register: str, people: str = "", on: date | None = None) -> Worked:
    """Everybody's sheet by the regulation of a place, a register and perhaps a list, both as CSV."""
    own = written(place)
    lines = read_events("events.csv", dedent(register).lstrip().encode(), own.rule)
    listed = read_people("people.csv", dedent(people).lstrip().encode(), own.rule) if people else None
    return worked(own, lines, listed, on)


def sheet(done: Worked, name: str) -> Sheet:
    """The sheet of somebody."""
    return done.sheets[id_of(name)]


def total(done: Worked, name: str) -> Fraction:
    """What somebody's sheet comes to, which has to be complete."""
    own = sheet(done, name)
    assert own.is_complete
    assert own.total
    return own.total.points


def figure(done: Worked, name: str, item: str) -> Figure:
    """One item of somebody's sheet."""
    return sheet(done, name).figures[item]


def points(done: Worked, name: str) -> dict[str, Fraction]:
    """What every item of somebody's sheet comes to, without the total and those of nothing."""
    return {code: own.points for code, own in sheet(done, name).figures.items() if own.points and code != "total"}
