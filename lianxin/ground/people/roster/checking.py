"""From rows to lines: every name is looked up, every mistake collected. One mistake never hides another."""

from dataclasses import dataclass, field

from lianxin.ground.people.roster.cards import Cards
from lianxin.ground.people.roster.columns import DEPUTIES, DISTRICTS
from lianxin.ground.people.roster.known import Known
from lianxin.ground.people.roster.lines import DeputyLine, DistrictLine
from lianxin.ground.people.roster.lookups import Lookups, May, Reach, anywhere
from lianxin.ground.people.roster.problems import Problems
from lianxin.ground.people.roster.sheets import Reading, Row


@dataclass
class Checked:
    """A workbook that was checked against what the platform knows: its mistakes, what was left aside, its lines without a mistake."""

    problems: Problems
    notes: list[str]
    reach: Reach
    districts: list[DistrictLine] = field(default_factory=list)
    deputies: list[DeputyLine] = field(default_factory=list)


def check(reading: Reading, may: May = anywhere) -> Checked:
    """Look up what the rows name. `may` says whose congresses may be touched; a row of another one is a mistake."""
    checked = Checked(reading.problems.copy(), list(reading.notes), Reach(may))
    look = Lookups(Known.load(), checked.problems, checked.reach)
    for row in reading.rows[DISTRICTS]:
        congress = look.congress(row)
        region = look.region(row, congress)
        look.draw(row, congress)
        if look.is_in_reach(row, congress) and row.is_whole and congress and region:
            checked.districts.append(DistrictLine(row, congress, region))
    cards = Cards()
    lines = [line for row in reading.rows[DEPUTIES] if (line := _deputy(look, row, cards))]
    twins = cards.tell_twins(checked.problems)
    checked.deputies = [line for line in lines if line.row not in twins]
    return checked


def _deputy(look: Lookups, row: Row, cards: Cards) -> DeputyLine | None:
    """The line of one row; None where anything in it is wrong."""
    before = look.problems.count
    congress = look.congress(row)
    term = look.term(row, congress)
    district = look.district(row, congress)
    electing = look.electing_body(row, congress)
    group = look.group(row, congress)
    look.days(row)
    if look.is_in_reach(row, congress, electing):
        cards.add(row, term)
    if look.problems.count > before or not (row.is_whole and congress and term):
        return None
    return DeputyLine(row, congress, term, district, electing, group)
