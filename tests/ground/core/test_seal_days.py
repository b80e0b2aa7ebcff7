"""Days are sealed when they are over; what comes late is sealed openly."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from lianxin.ground.core.clock import travel as travelled
from lianxin.ground.core.events import sealing
from lianxin.ground.core.events.sealing import seal_days_over
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import DailyCount, DaySeal, Event, RecordOnlyGrows
from tests.ground.core.builders import make_visit, visit
from tests.ground.core.builders import make_visits as make

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 20, 17, 10, tzinfo=UTC)  # ten past one in the morning of the 21st in China
DAY = date(2026, 11, 20)


def record_on(day: date, *entries, hour: int = 4) -> list[Event]:
    """Events recorded on a day; `hour` in UTC, China being eight hours ahead."""
    with travelled(datetime(day.year, day.month, day.day, hour, tzinfo=UTC)):
        return make(*(entries or [visit()]))


def test_a_day_is_sealed_an_hour_after_its_end():
    record_on(DAY)
    assert seal_days_over(NIGHT - timedelta(minutes=11)).seals == []
    [seal] = seal_days_over(NIGHT).seals
    assert (seal.day, seal.body_id, seal.count, seal.part, seal.is_late, seal.number) == (DAY, None, 1, 1, False, 1)
    assert seal_days_over(NIGHT).seals == []


def test_the_day_that_is_going_on_is_not_sealed():
    record_on(DAY, hour=16)  # midnight in China: the 21st has begun
    assert seal_days_over(NIGHT).seals == []


def test_each_body_has_a_seal_of_its_own_and_all_make_one_chain():
    bodies = [new_id(), new_id()]
    record_on(DAY, *(visit(body=body) for body in (*bodies, None, bodies[0])))
    record_on(date(2026, 11, 19), visit(body=bodies[1]))
    seals = seal_days_over(NIGHT).seals
    assert [(seal.day.day, seal.body_id, seal.count) for seal in seals] == [
        (19, bodies[1], 1), (20, None, 1), (20, bodies[0], 2), (20, bodies[1], 1),
    ]  # fmt: skip
    assert [seal.number for seal in seals] == [1, 2, 3, 4]
    assert seals[0].previous == bytes(32)
    assert [seal.previous for seal in seals[1:]] == [seal.link for seal in seals[:-1]]


def test_days_that_nobody_sealed_are_sealed_in_their_order():
    for day in (18, 17, 20):
        record_on(date(2026, 11, day))
    sealed = seal_days_over(NIGHT)
    assert [seal.day.day for seal in sealed.seals] == [17, 18, 20]
    assert not any(seal.is_late for seal in sealed.seals)


def test_a_late_arrival_is_sealed_by_itself_and_says_so():
    first = record_on(DAY)
    seal_days_over(NIGHT)
    late = record_on(DAY, hour=3)
    sealed = seal_days_over(NIGHT + timedelta(days=1))
    [seal] = sealed.seals
    assert (seal.part, seal.is_late, seal.number, sealed.late) == (2, True, 2, 1)
    assert [id for id, _hash in seal.pairs()] == [late[0].id]
    assert [id for id, _hash in DaySeal.objects.get(part=1).pairs()] == [first[0].id]


def test_a_late_arrival_of_long_ago_is_found_on_the_first_of_the_month():
    record_on(date(2026, 11, 19))
    seal_days_over(NIGHT)
    record_on(date(2026, 5, 2))
    assert seal_days_over(NIGHT + timedelta(days=2)).seals == []
    [seal] = seal_days_over(datetime(2026, 11, 30, 17, 10, tzinfo=UTC)).seals  # the 1st of December in China
    assert (seal.day, seal.is_late) == (date(2026, 5, 2), True)


def test_a_day_with_very_many_events_has_parts(monkeypatch):
    monkeypatch.setattr(sealing, "PART", 4)
    events = record_on(DAY, *(visit() for _ in range(10)))
    seals = seal_days_over(NIGHT).seals
    assert [(seal.part, seal.count, seal.is_late) for seal in seals] == [(1, 4, False), (2, 4, False), (3, 2, False)]
    assert [id for seal in seals for id, _hash in seal.pairs()] == sorted(event.id for event in events)
    assert DailyCount.objects.get().count == 10


def test_the_root_can_be_computed_by_hand_from_what_the_manual_says():
    """docs/record.md, written anew here in a few lines of Python that share nothing with the product."""
    body, by, household, deputy = (new_id() for _ in range(4))
    [event] = record_on(
        DAY, visit(body=body, by=by, household=household, deputy=deputy, facts={"n": 3, "form": "door"})
    )
    event.refresh_from_db()
    leaf = {
        "v": 1, "id": str(event.id), "kind": "tests.visited", "subject": ["household", str(household)], "by": str(by),
        "happened_at": event.happened_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "recorded_at": "2026-11-20T04:00:00.000000Z", "happened_on": str(event.happened_on), "recorded_on": "2026-11-20",
        "body": str(body), "place": ["", "", ""], "facts": {"form": "door", "n": 3, "text:story": event.facts["text:story"]},
        "rule_version": "", "checks_needed": 0, "of": None, "effect": "",
        "parties": [["mandate", str(deputy), "deputy", 1, 1]], "measures": [["length", "minute", 40]],
    }  # fmt: skip
    data = json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    [seal] = seal_days_over(NIGHT).seals
    assert bytes(seal.root) == hashlib.sha256(b"\x00" + data).digest()


def test_sm3_seals_where_the_setting_asks_for_it(settings):
    record_on(date(2026, 11, 19))
    seal_days_over(NIGHT - timedelta(days=1))
    settings.CIPHER = "sm4-gcm"
    [event] = record_on(DAY)
    seal_days_over(NIGHT)
    assert list(DaySeal.objects.order_by("number").values_list("algorithm", flat=True)) == ["sha256", "sm3"]
    assert event.facts["text:story"].startswith("sm3:")


def test_a_failed_night_leaves_the_whole_day_unsealed(monkeypatch):
    bodies = [new_id(), new_id()]
    record_on(DAY, *(visit(body=body) for body in bodies))

    def full(*_args):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(sealing, "recount", full)
        with pytest.raises(OSError, match="disk full"):
            seal_days_over(NIGHT)
    assert not DaySeal.objects.exists()
    assert len(seal_days_over(NIGHT).seals) == 2


def test_two_that_seal_the_same_day_at_once_make_no_second_chain():
    record_on(DAY)
    [seal] = seal_days_over(NIGHT).seals
    again = DaySeal(**{field.attname: getattr(seal, field.attname) for field in DaySeal._meta.concrete_fields})
    again.pk = new_id()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    again.number = 2
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_a_seal_is_never_changed():
    record_on(DAY)
    [seal] = seal_days_over(NIGHT).seals
    with pytest.raises(RecordOnlyGrows):
        seal.save()
    with pytest.raises(RecordOnlyGrows):
        DaySeal.objects.update(count=2)


def test_events_that_are_gone_are_told_and_not_sealed_away():
    first, _second = record_on(DAY, visit(), visit())
    seal_days_over(NIGHT)
    for table in ("parties", "measures", "texts"):
        getattr(first, table).all()._raw_delete("default")
    Event.objects.filter(pk=first.pk)._raw_delete("default")
    sealed = seal_days_over(NIGHT + timedelta(days=1))
    assert (sealed.seals, sealed.lost) == ([], [(DAY, None)])


def test_how_much_was_recorded_is_counted_by_day_body_and_kind():
    body = new_id()
    record_on(DAY, visit(body=body), visit(body=body), visit())
    seal_days_over(NIGHT)
    record_on(DAY, visit(body=body), hour=2)
    seal_days_over(NIGHT + timedelta(days=1))
    counts = DailyCount.objects.values_list("recorded_on", "body_id", "kind", "count")
    assert set(counts) == {(DAY, body, "tests.visited", 3), (DAY, None, "tests.visited", 1)}


def test_sealing_takes_no_more_queries_for_a_thousand_events_than_for_a_chunk(django_assert_max_num_queries):
    record_on(DAY, *(visit() for _ in range(400)))
    with django_assert_max_num_queries(16):
        seal_days_over(NIGHT)
    assert make_visit()
