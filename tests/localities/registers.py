"""A locality's own regulation, worked out by a register and a list of people that a test writes down."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.conf import settings

from lianxin.account.duty.files import Written, read
from lianxin.account.duty.plain.registers import id_of, read_events, read_people
from lianxin.account.duty.plain.working import Worked, worked
from lianxin.lib.scoring.closing import fires
from lianxin.lib.scoring.sheets import Figure

HEAD = "对象,记录,日期,数量,对谁,角色,状态,事件"


def regulation(place: str, code: str) -> Written:
    """The regulation of this code in the preset of a place."""
    return read(settings.PRESETS[-1] / place / f"regulation-{code}.yaml")


def work(written: Written, register: str, people: str, year: int = 2026) -> Worked:
    """Everybody's sheet for one year. The register has the columns of HEAD, the last of which may be left away."""
    lines = read_events("events.csv", f"{HEAD}\n{register.strip()}\n".encode(), written.rule)
    listed = read_people("people.csv", people.strip().encode(), written.rule)
    return worked(written, lines, listed, date(year, 12, 31))


def on_days(who_and_what: str, days: str, year: int = 2026) -> str:
    """One line for each day, written `01-05 02-03`; after a colon stands toward whom: `01-05:甲家`."""
    told = (day.partition(":") for day in days.split())
    return "\n".join(f"{who_and_what},{year}-{day},,{toward}" for day, _colon, toward in told)


def figure(done: Worked, name: str, item: str) -> Figure:
    """What one item came to for somebody."""
    return done.sheets[id_of(name)].figures[item]


def points(done: Worked, name: str) -> dict[str, Fraction]:
    """What every item gave somebody, the total among them; obligations, and what was not asked, left aside."""
    given = [item.code for item in done.written.regulation.items if item.gives]
    figures = done.sheets[id_of(name)].figures
    return {code: figures[code].points for code in (*given, "total") if figures[code].state.value == "known"}


def missing(done: Worked, name: str) -> dict[str, Fraction]:
    """What somebody lacks of every item that was asked and is not met."""
    return {code: one.missing for code, one in done.sheets[id_of(name)].figures.items() if one.is_met is False}


def grade(done: Worked, name: str) -> str:
    """Somebody's grade after the period is closed."""
    return done.closed[id_of(name)].grade


def proposed(name: str, periods: Sequence[Worked]) -> set[str]:
    """The consequences that are proposed of somebody after these periods, the last of them the last one."""
    history = [done.closed.get(id_of(name)) for done in periods]
    return {trigger.code for trigger in periods[-1].written.regulation.triggers if fires(trigger, history)}
