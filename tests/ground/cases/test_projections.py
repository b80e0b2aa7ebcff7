"""What lists read of cases is made anew from rows: what has drifted is found, told, and mended."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from lianxin.affairs.opinions.actions import sorting, telling
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.core.projections import all_projections, projection, rebuild
from tests.affairs.opinions.builders import NOON, Office
from tests.affairs.opinions.working import accepted, answered, handed

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
NAMES = ("case_clocks", "case_states", "case_voices")


@pytest.fixture
def office(db):
    """With matters in many stages: merged, split, withdrawn, paused, returned, answered."""
    office = Office()
    first, second, third = (accepted(office) for _ in range(3))
    sorting.merge(second, first, by=office.clerk.pk, at=NOON)
    sorting.merge(third, first, by=office.clerk.pk, at=NOON)
    sorting.split(third, by=office.clerk.pk, at=NOON)
    telling.echo(first, mark="a", at=NOON)
    telling.withdraw(second, at=NOON)
    sorting.ask_more(office.opinion(), "哪条路？", by=office.clerk.pk, at=NOON)
    handed(office)
    answered(office)
    return office


def differences():
    return {name: rebuild(projection(name), keep=False).wrong for name in NAMES}


def test_what_the_verbs_wrote_is_what_rebuilding_writes(office):
    assert set(NAMES) <= all_projections().keys()
    assert differences() == dict.fromkeys(NAMES, 0)


@pytest.mark.parametrize(
    ("model", "drift", "name"),
    [
        (Handover, {"due_on": date(2030, 1, 1)}, "case_clocks"),
        (Case, {"waits_for": "author"}, "case_states"),
        (Case, {"due_on": date(2030, 1, 1)}, "case_states"),
        (Case, {"is_returned": True}, "case_states"),
        (Case, {"returns": 7}, "case_states"),
        (Case, {"voices": 7}, "case_voices"),
    ],
)
def test_a_row_that_drifted_is_found_and_mended_and_nothing_else_is_touched(office, model, drift, name):
    row = (
        model.objects.running().filter(role="lead") if model is Handover else Case.objects.filter(stage="handling")
    ).get()
    before = list(model.objects.order_by("pk").values())
    model.objects.filter(pk=row.pk).update(**drift)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("rebuild", name, "--check", stdout=out)
    assert "有1行不对" in out.getvalue()
    assert rebuild(projection(name)).wrong == 1
    assert list(model.objects.order_by("pk").values()) == before
    assert differences() == dict.fromkeys(NAMES, 0)
