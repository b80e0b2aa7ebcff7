"""How events come into the record."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lianxin.ground.core.events import Party, Ref, UnknownKind, record, record_all
from lianxin.ground.core.events.writing import OutsideTransaction
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event, EventMeasure, EventParty, RecordOnlyGrows
from tests.ground.core.builders import Way, make_visit, visit

CHINA = partial(datetime, tzinfo=ZoneInfo("Asia/Shanghai"))
pytestmark = pytest.mark.django_db


def test_an_event_costs_one_statement_each_for_itself_parties_measures_and_text(django_assert_num_queries):
    guests = [Party("mandate", new_id(), "deputy"), Party("group", new_id(), "guest", (1, 3))]
    entry = visit(parties=guests, measures={"length": 40, "present": 12}, texts={"story": "漏水", "note": "再去一次"})
    with transaction.atomic(), django_assert_num_queries(4) as asked:
        record_all([entry])
    assert [query["sql"].split('"')[1] for query in asked] == [
        "core_event", "core_eventparty", "core_eventmeasure", "core_eventtext",
    ]  # fmt: skip
    assert all(query["sql"].startswith("INSERT") for query in asked)


def test_ten_events_cost_as_many_statements_as_one(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(4):
        record_all([visit() for _ in range(10)])


def test_an_event_without_parties_measures_and_text_costs_one_statement(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(1):
        record("tests.written", subject=Ref("diary", new_id()), by=new_id(), at=datetime.now(UTC))


def test_the_local_day_decides_whatever_zone_somebody_looks_from():
    late = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # half past midnight of the 21st in China
    with timezone.override("America/New_York"):
        assert make_visit(at=late).happened_on == date(2026, 11, 21)


def test_recorded_at_is_when_it_was_written_not_when_it_happened(travel):
    travel(datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
    event = make_visit(at=datetime(2026, 11, 3, 2, 0, tzinfo=UTC))
    event.refresh_from_db()
    assert event.recorded_at == datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    assert (event.happened_on, event.recorded_on) == (date(2026, 11, 3), date(2026, 11, 21))
    assert event.parties.get().happened_at == event.happened_at


def test_facts_are_kept_as_plain_words_and_numbers():
    unit = new_id()
    facts = {
        "asked": True,
        "way": Way.BUS,
        "form": "door",
        "on": date(2026, 11, 1),
        "role": "keeper",
        "unit": unit,
        "n": 3,
    }
    event = make_visit(facts=facts, texts={"story": "漏水"})
    event.refresh_from_db()
    text_hash = event.facts.pop("text:story")
    assert event.facts == {
        "asked": True, "way": "bus", "form": "door", "on": "2026-11-01", "role": "keeper", "unit": str(unit), "n": 3,
    }  # fmt: skip
    assert text_hash.startswith("sha256:")
    assert "漏水" not in text_hash


@pytest.mark.django_db(transaction=True)
def test_an_event_is_written_inside_a_transaction_only():
    with pytest.raises(OutsideTransaction):
        record_all([visit()])


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"at": datetime(2026, 1, 1)}, "needs a time zone"),  # noqa: DTZ001
        ({"subject": Ref("diary", new_id())}, "about a household, not a diary"),
        ({"parties": [Party("mandate", new_id(), "driver")]}, "does not declare driver"),
        ({"measures": {"length": 3, "weight": 3}}, "does not declare weight"),
        ({"measures": {"length": 2.5}}, "length is a whole number of minute, not 2.5"),
        ({"measures": {"length": True}}, "length is a whole number"),
        ({"measures": {"length": Decimal(3)}}, "length is a whole number"),
        ({"texts": {}}, "the sentence needs story"),
        ({"parties": []}, "the sentence needs deputy"),
        ({"texts": {"story": "漏水", "rumour": "…"}}, "does not declare rumour"),
        ({"facts": {"asked": 1}}, "asked is a bool"),
        ({"facts": {"way": "plane"}}, "way is one of foot, bus"),
        ({"facts": {"form": "上门"}}, "free text belongs in texts"),
        ({"facts": {"unit": "9"}}, "unit is a UUID"),
        ({"facts": {"n": 2**53}}, "larger than JSON keeps exactly"),
        ({"facts": {"on": datetime(2026, 1, 1, tzinfo=UTC)}}, "on is a date"),
        ({"parties": [Party("mandate", new_id(), "deputy", (3, 2))]}, "3 of 2 is no share"),
        ({"parties": [Party("mandate", new_id(), "deputy", (0, 0))]}, "0 of 0 is no share"),
    ],
)
def test_what_the_kind_does_not_declare_is_refused(facts, complaint):
    with pytest.raises(ValueError, match=complaint):
        make_visit(**facts)
    assert not Event.objects.exists()


def test_nobody_is_named_twice_in_one_role():
    deputy = Party("mandate", new_id(), "deputy")
    with pytest.raises(ValueError, match="named twice in one role"):
        make_visit(parties=[deputy, deputy])


def test_an_undeclared_kind_is_refused():
    with pytest.raises(UnknownKind, match="Nearest: tests.visited"):
        record("tests.visitid", subject=Ref("household", new_id()), by=None, at=datetime.now(UTC))


def test_a_kind_without_effect_speaks_of_no_other_event():
    with pytest.raises(ValueError, match="speaks of none"):
        make_visit(of=make_visit())
    with pytest.raises(ValueError, match="say which"):
        record("core.confirmed", subject=Ref("event", new_id()), by=None, at=datetime.now(UTC))


def test_one_refused_entry_leaves_nothing_of_the_batch():
    with pytest.raises(ValueError, match="needs story"), transaction.atomic():
        record_all([visit(), visit(texts={})])
    assert not Event.objects.exists()


@pytest.mark.parametrize("model", [Event, EventParty, EventMeasure])
def test_what_stands_in_the_record_is_neither_changed_nor_deleted(model):
    make_visit()
    with pytest.raises(RecordOnlyGrows):
        model.objects.all().update(kind="tests.other")
    with pytest.raises(RecordOnlyGrows):
        model.objects.all().delete()
    event = Event.objects.get()
    with pytest.raises(RecordOnlyGrows):
        event.delete()
    event.kind = "tests.other"
    with pytest.raises(RecordOnlyGrows):
        event.save()


def test_the_database_itself_refuses_a_share_above_the_whole():
    event = make_visit()
    with pytest.raises(IntegrityError), transaction.atomic():
        EventParty.objects.bulk_create(
            [
                EventParty(
                    event=event,
                    kind="group",
                    party_id=new_id(),
                    role="guest",
                    share_of=2,
                    share_in=1,
                    happened_at=event.happened_at,
                )
            ]
        )


def _china(day: datetime) -> datetime:
    return (day - timedelta(hours=8)).replace(tzinfo=UTC)
