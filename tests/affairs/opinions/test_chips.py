"""The clock of a matter in a list is coloured by the lines that the preset draws for whoever holds it."""

from datetime import date

import pytest

from lianxin.affairs.opinions.chips import chip
from lianxin.ground.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
WEDNESDAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("stage", "waits_for", "due_on", "level"),
    [
        ("received", "office", date(2026, 3, 12), "soon"),
        ("received", "office", date(2026, 3, 13), "plenty"),
        ("handling", "unit", date(2026, 3, 16), "soon"),  # three working days, over a week-end
        ("handling", "unit", date(2026, 3, 17), "plenty"),
        ("handling", "deputy", date(2026, 3, 13), "soon"),
        ("handling", "deputy", date(2026, 3, 14), "plenty"),
        ("accepted", "office", date(2026, 3, 1), "late"),
        ("accepted", "office", date(2026, 2, 28), "long_late"),
        ("handling", "unit", date(2026, 2, 19), "late"),
        ("handling", "unit", date(2026, 2, 18), "long_late"),
        ("answered", "judging", date(2026, 3, 14), "soon"),
        ("answered", "judging", date(2026, 3, 15), "plenty"),
    ],
)
def test_it_is_soon_due_or_long_late_by_the_clock_of_whoever_holds_it(office, stage, waits_for, due_on, level):
    case = Case(body=office.congress, stage=stage, waits_for=waits_for, due_on=due_on)
    assert chip(case, WEDNESDAY).level == level
