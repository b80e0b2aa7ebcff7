"""What the generator of long histories pours into the tables is what the verbs write."""

from datetime import UTC, datetime

import pytest

from bench.history import pour, pour_again
from lianxin.ground.core.clock import travel as travelled
from lianxin.ground.core.events import Party
from lianxin.ground.core.events.sealing import seal_days_over
from lianxin.ground.core.events.verifying import Verification
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event, EventMeasure, EventParty, EventText
from tests.ground.core.builders import Way, make_visits, visit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 5, 4, 0, 0, 123456, tzinfo=UTC)
OWN = {"id", "event_id", "salt", "pk"}  # columns that differ from row to row


def entries() -> list:
    guests = [Party("mandate", new_id(), "deputy"), Party("group", new_id(), "guest", (1, 3))]
    facts = {"asked": True, "way": Way.BUS, "n": 3}
    return [
        visit(at=NOON),
        visit(at=NOON, parties=guests, facts=facts, texts={"story": "漏水", "note": "再去一次"}, body=new_id()),
    ]


def rows() -> list[list[dict]]:
    said = []
    for model in (Event, EventParty, EventMeasure, EventText):
        order = "id" if model is Event else "event_id"
        said.append(
            [
                {k: v for k, v in row.items() if k not in OWN}
                for row in model._default_manager.order_by(
                    order, "name" if model in (EventMeasure, EventText) else "kind"
                ).values()
            ]
        )
    for event in said[0]:
        event["facts"] = {name: ("#" if name.startswith("text:") else value) for name, value in event["facts"].items()}
    return said


def test_poured_rows_are_those_that_the_verbs_write(travel):
    travel(datetime(2026, 11, 6, 4, tzinfo=UTC))
    same = entries()
    make_visits(*same)
    written = rows()
    for table in (EventText, EventMeasure, EventParty, Event):
        table._default_manager.all()._raw_delete("default")
    assert pour(same) == 2
    assert rows() == written


def test_a_poured_history_is_sealed_and_verified_like_any_other():
    with travelled(NOON):
        pour(visit(at=NOON) for _ in range(25))
    seal_days_over()
    look = Verification(at=datetime.now(UTC))
    assert list(look.findings()) == []
    assert look.events == 25


def test_a_history_that_is_poured_again_tells_the_same_of_other_things(travel):
    travel(datetime(2026, 11, 6, 4, tzinfo=UTC))
    pour(entries())
    once = rows()
    assert pour_again(entries(), 3) == 6
    subjects = Event.objects.values_list("subject_id", flat=True)
    assert len(set(subjects)) == len(subjects) == 8
    assert [len(table) for table in rows()] == [4 * len(table) for table in once]
    kinds = {(row["happened_at"], str(row["facts"])) for row in rows()[0]}
    assert kinds == {(row["happened_at"], str(row["facts"])) for row in once[0]}


def test_a_history_that_is_poured_again_is_sealed_and_verified_like_any_other():
    with travelled(NOON):
        pour_again([visit(at=NOON), *entries()], 5)
    seal_days_over()
    look = Verification(at=datetime.now(UTC))
    assert list(look.findings()) == []
    assert look.events == 15
