"""Derived tables can be made anew from the record, and say the same."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from lianxin.ground.core import projections
from lianxin.ground.core.clock import travel as travelled
from lianxin.ground.core.events.sealing import seal_days_over
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import DailyCount
from lianxin.ground.core.projections import Difference, Projection, UnknownProjection, projection, rebuild
from tests.ground.core.builders import make_diary, make_visit

pytestmark = pytest.mark.django_db
BODIES = [None, new_id(), new_id()]


@pytest.fixture(autouse=True)
def _sealed_days():
    for day in (17, 18, 19):
        with travelled(datetime(2026, 11, day, 4, tzinfo=UTC)):
            for body in BODIES[: day - 16]:
                make_visit(body=body)
            make_diary()
    seal_days_over(datetime(2026, 11, 19, 17, 10, tzinfo=UTC))


def counts() -> set[tuple]:
    return set(DailyCount.objects.values_list("recorded_on", "body_id", "kind", "count"))


def said(*words: str, code: int = 0) -> str:
    out = StringIO()
    if code:
        with pytest.raises(SystemExit) as end:
            call_command("rebuild", *words, stdout=out)
        assert end.value.code == code
    else:
        call_command("rebuild", *words, stdout=out)
    return out.getvalue()


def test_what_sealing_counted_is_what_rebuilding_counts():
    kept = counts()
    assert len(kept) == 9
    DailyCount.objects.all().delete()
    assert rebuild(projection("daily_counts")) == Difference(missing=9, surplus=0, wrong=0)
    assert counts() == kept


def test_each_difference_is_told_and_mended():
    kept = counts()
    DailyCount.objects.filter(recorded_on=date(2026, 11, 17), body_id=None, kind="tests.written").delete()
    DailyCount.objects.filter(recorded_on=date(2026, 11, 18), kind="tests.written").update(count=7)
    DailyCount.objects.create(recorded_on=date(2026, 11, 1), kind="tests.visited", count=1)
    assert "少了1行，多了1行，有1行不对" in said("--check", code=1)
    assert counts() != kept
    assert "每日记录数已重建：少了1行，多了1行，有1行不对" in said("daily_counts")
    assert counts() == kept
    assert said("--check").count("✓") == len(projections.all_projections())


def test_days_that_are_not_sealed_are_not_counted():
    kept = counts()
    with travelled(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        make_visit()
    assert not rebuild(projection("daily_counts"))
    assert counts() == kept


def test_a_rebuild_that_fails_leaves_the_table_as_it_was():
    def broken():
        yield DailyCount(recorded_on=date(2026, 11, 17), kind="tests.visited", count=1)
        raise OSError("disk full")

    kept = counts()
    fails = Projection("broken", "坏", DailyCount, ("recorded_on", "body_id", "kind"), broken)
    with pytest.raises(OSError, match="disk full"):
        rebuild(fails)
    assert counts() == kept


def test_an_unknown_table_names_the_nearest_one():
    with pytest.raises(UnknownProjection, match="daily_counts"):
        projection("daily_count")


def test_a_projection_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        projections.register_projection(Projection("daily_counts", "另一个", DailyCount, (), list))
