"""Whatever is changed behind the back of the platform, verifying names it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, models, transaction
from django.db.models import Q

from lianxin.ground.core.clock import now
from lianxin.ground.core.clock import travel as travelled
from lianxin.ground.core.events import annul, confirm, merkle, redact, roots
from lianxin.ground.core.events.sealing import link_of, seal_days_over
from lianxin.ground.core.events.verifying import Fault, Finding, Verification
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import DailyCount, DaySeal, Event, EventMeasure, EventParty, EventText
from lianxin.ground.core.models.seal import LEAF_BYTES
from tests.ground.core.builders import make_diary, make_visits, visit

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 11, day) for day in (17, 18, 19)]
NIGHT = datetime(2026, 11, 19, 17, 10, tzinfo=UTC)
BODY = new_id()


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _three_sealed_days():
    """On each day two visits of a body and one of no body; on the 18th one is annulled, redacted, confirmed."""
    for day in DAYS:
        with travelled(noon(day)):
            make_visits(visit(body=BODY, facts={"n": 3}, rule_version="2026-1"), visit(body=BODY), visit())
    with travelled(noon(DAYS[1])):
        first, second, third = Event.objects.filter(recorded_on=DAYS[0]).order_by("id")
        annul(first, by=new_id(), at=now(), reason="记错了户")
        redact(second, "story", by=new_id(), at=now(), reason="有姓名")
        confirm(make_diary(), by=new_id(), at=now())
    seal_days_over(NIGHT)


def verified(**options) -> list[Finding]:
    return list(Verification(at=NIGHT, **options).findings())


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def raw(id) -> str:
    return id.hex if connection.vendor == "sqlite" else str(id)


def test_an_untouched_record_is_whole():
    look = Verification(at=NIGHT)
    assert list(look.findings()) == []
    assert (look.events, look.seals, look.late, look.open, sorted(look.days)) == (13, 6, 0, 0, DAYS)


TABLES = (Event, EventParty, EventMeasure, EventText, DaySeal, DailyCount)


def other(field: models.Field, was: object) -> object:
    """Another value that the column can hold."""
    if isinstance(field, models.ForeignKey):
        return raw(Event.objects.exclude(pk=was).filter(Q(kind="tests.written") | Q(effect="annuls")).first().pk)
    if field.choices:
        return {"confirms": "refuses"}[was]
    if isinstance(field, models.UUIDField):
        return raw(new_id())
    if isinstance(field, models.DateTimeField):
        return (
            was + timedelta(microseconds=1)
            if connection.vendor == "postgresql"
            else str((was + timedelta(hours=1)).replace(tzinfo=None))
        )
    if isinstance(field, models.DateField):
        return was + timedelta(days=30)
    if isinstance(field, models.BooleanField):
        return not was
    if isinstance(field, models.IntegerField):
        return {"share_of": 0}.get(field.name, was + 7)
    if isinstance(field, models.BinaryField):
        return bytes(was)[:-1] + bytes([bytes(was)[-1] ^ 1])
    return '{"n": 4}' if isinstance(field, models.JSONField) else f"x{was}"[: field.max_length]


def a_row(model: type[models.Model], field: models.Field) -> models.Model:
    """A row of the 18th to damage; one that speaks of another where the column is about that."""
    if model is Event:
        events = Event.objects.filter(recorded_on=DAYS[1])
        return (
            events.get(effect="confirms")
            if field.name in ("of", "effect")
            else events.filter(body_id=BODY).order_by("id")[0]
        )
    if model in (DaySeal, DailyCount):
        return model.objects.filter(body_id=BODY).order_by("pk")[1]
    return model._default_manager.filter(event__recorded_on=DAYS[1], event__body_id=BODY).order_by("event")[0]


def damaged(model: type[models.Model], field: models.Field) -> tuple[models.Model, list[Finding]]:
    """What verifying finds while one column of one row holds something else."""
    row = a_row(model, field)
    keys = getattr(model._meta.pk, "field_names", None) or ["id"]
    columns = [model._meta.get_field(key.removesuffix("_id") if key == "event_id" else key) for key in keys]
    where = " AND ".join(f'"{column.column}" = %s' for column in columns)
    values = [raw(value) if isinstance(value := getattr(row, key), UUID) else value for key in keys]
    changed = other(field, getattr(row, field.attname))
    with transaction.atomic():
        sql(f'UPDATE {model._meta.db_table} SET "{field.column}" = %s WHERE {where}', changed, *values)
        findings = verified()
        transaction.set_rollback(True)
    return row, findings


@pytest.mark.parametrize("model", TABLES)
def test_damage_to_any_column_of_a_table_is_named(model):
    unnamed = []
    for field in model._meta.concrete_fields:
        if isinstance(field, (models.CompositePrimaryKey, models.BigAutoField)):
            continue  # no column, and the key of the derived table, which says nothing
        row, findings = damaged(model, field)
        event = row.pk if model is Event else getattr(row, "event_id", None)
        if DAYS[1] not in {finding.day for finding in findings}:
            unnamed.append(field.name)
        if event and event not in {finding.event for finding in findings}:
            unnamed.append(f"{field.name}: the event")
    assert unnamed == []


def test_a_deleted_event_is_named():
    event = Event.objects.filter(recorded_on=DAYS[2]).order_by("id")[1]
    for table in ("core_eventparty", "core_eventmeasure", "core_eventtext"):
        sql(f"DELETE FROM {table} WHERE event_id = %s", raw(event.pk))
    sql("DELETE FROM core_event WHERE id = %s", raw(event.pk))
    assert verified() == [Finding(Fault.MISSING, DAYS[2], BODY, event.pk)]


def test_an_inserted_event_is_named():
    with travelled(noon(DAYS[0])):
        [forged] = make_visits(visit(body=BODY))
    assert verified() == [Finding(Fault.UNSEALED, DAYS[0], BODY, forged.pk)]


def test_an_event_put_in_the_place_of_another_is_named():
    with travelled(noon(DAYS[2])):
        [forged] = make_visits(visit(body=BODY))
    event = Event.objects.filter(recorded_on=DAYS[2], body_id=BODY).order_by("id")[0]
    with transaction.atomic():
        for table in ("core_eventparty", "core_eventmeasure", "core_eventtext"):
            sql(f"DELETE FROM {table} WHERE event_id = %s", raw(event.pk))
        sql("DELETE FROM core_event WHERE id = %s", raw(event.pk))
    assert {(finding.fault, finding.event) for finding in verified()} == {
        (Fault.MISSING, event.pk),
        (Fault.UNSEALED, forged.pk),
    }


def test_the_first_damaged_day_comes_first():
    for day in reversed(DAYS):
        sql("UPDATE core_event SET township = 'x' WHERE recorded_on = %s AND body_id IS NULL AND of_id IS NULL", day)
    assert [finding.day for finding in verified()][0] == DAYS[0]
    assert {finding.day for finding in verified(since=DAYS[1])} == set(DAYS[1:])


def test_deleted_parties_and_texts_are_named():
    event = Event.objects.filter(recorded_on=DAYS[2], body_id=BODY).order_by("id")[0]
    sql("DELETE FROM core_eventtext WHERE event_id = %s", raw(event.pk))
    sql("DELETE FROM core_eventparty WHERE event_id = %s", raw(event.pk))
    assert {f.fault for f in verified() if f.event == event.pk} == {Fault.TEXT_MISSING, Fault.CHANGED}


def test_a_redacted_text_that_comes_back_is_named():
    second = Event.objects.filter(recorded_on=DAYS[0]).order_by("id")[1]
    EventText.objects.create(event=second, name="story", text="李某", salt=bytes(16))
    assert [(f.fault, f.event) for f in verified()] == [(Fault.TEXT_FOREIGN, second.pk)]


def test_a_rewritten_root_is_named():
    seal = DaySeal.objects.get(day=DAYS[1], body_id=BODY)
    sql("UPDATE core_dayseal SET root = %s WHERE id = %s", bytes(32), raw(seal.pk))
    assert {(f.fault, f.day, f.body) for f in verified()} == {
        (Fault.SEAL_CHANGED, DAYS[1], BODY),
        (Fault.ROOT_WRONG, DAYS[1], BODY),
    }


def test_a_removed_seal_breaks_the_chain():
    seal = DaySeal.objects.get(day=DAYS[1], body_id=BODY)
    sql("DELETE FROM core_dayseal WHERE id = %s", raw(seal.pk))
    faults = {finding.fault for finding in verified()}
    assert {Fault.SEAL_MISSING, Fault.UNSEALED} <= faults


def forge_everything() -> tuple[Event, list[str]]:
    """Somebody with all keys changes an event, its leaf, its root and every link after it. Returns what was printed before."""
    lines = [roots.line_of(seal) for seal in DaySeal.objects.order_by("number")]
    event = Event.objects.filter(recorded_on=DAYS[1], body_id=BODY, of=None).order_by("id")[0]
    sql("UPDATE core_event SET township = '420504' WHERE id = %s", raw(event.pk))
    from lianxin.ground.core.events import leaves

    link = bytes(32)
    for seal in DaySeal.objects.order_by("number"):
        pairs = [(id, hash) for id, hash in seal.pairs()]
        [leaf] = leaves.read([event.pk])
        pairs = [(id, merkle.leaf("sha256", leaf.data) if id == event.pk else hash) for id, hash in pairs]
        seal.leaves = b"".join(id.bytes + hash for id, hash in pairs)
        seal.root, seal.previous = merkle.root("sha256", [hash for _id, hash in pairs]), link
        seal.link = link = link_of(seal)
        sql(
            "UPDATE core_dayseal SET leaves = %s, root = %s, previous = %s, link = %s WHERE id = %s",
            seal.leaves, seal.root, seal.previous, seal.link, raw(seal.pk),
        )  # fmt: skip
    return event, lines


def test_a_record_forged_to_the_last_link_is_found_out_by_the_printed_roots():
    _event, lines = forge_everything()
    assert verified() == []
    printed = list(roots.read(["# printed on paper", "", *lines]))
    assert verified(roots=printed) == [Finding(Fault.ROOT_PRINTED, DAYS[1], BODY)]


def test_a_forged_event_is_named_by_its_leaf_when_the_leaves_are_as_printed():
    event = Event.objects.filter(recorded_on=DAYS[1], body_id=BODY, of=None).order_by("id")[0]
    sql("UPDATE core_event SET township = '420504' WHERE id = %s", raw(event.pk))
    assert verified() == [Finding(Fault.CHANGED, DAYS[1], BODY, event.pk)]


def test_a_damaged_leaf_is_told_as_such():
    seal = DaySeal.objects.get(day=DAYS[1], body_id=BODY)
    sql("UPDATE core_dayseal SET leaves = %s WHERE id = %s", bytes(seal.leaves)[LEAF_BYTES:], raw(seal.pk))
    assert Fault.ROOT_WRONG in {finding.fault for finding in verified()}


def test_a_day_that_should_have_been_sealed_is_named():
    for day in (20, 21, 22):
        with travelled(noon(date(2026, 11, day))):
            make_visits(visit())
    later = Verification(at=NIGHT + timedelta(days=4, hours=2))
    assert list(later.findings()) == [Finding(Fault.NOT_SEALED, date(2026, 11, 20), note="2026-11-22")]
    assert later.open == 3


def test_events_of_today_are_open_and_no_fault():
    with travelled(noon(date(2026, 11, 20))):
        make_visits(visit(), visit())
    today = Verification(at=NIGHT)
    assert list(today.findings()) == []
    assert today.open == 2


def test_late_arrivals_are_told_and_no_fault_once_they_are_sealed():
    with travelled(noon(DAYS[0])):
        make_visits(visit(body=BODY))
    assert [finding.fault for finding in verified()] == [Fault.UNSEALED]
    seal_days_over(NIGHT + timedelta(days=1))
    look = Verification(at=NIGHT)
    assert list(look.findings()) == []
    assert look.late == 1


def test_a_forged_confirmation_by_the_doer_is_named():
    diary = Event.objects.get(kind="tests.written")
    own = Event.objects.get(effect="confirms")
    sql("UPDATE core_event SET by_id = %s WHERE id = %s", raw(diary.by_id), raw(own.pk))
    assert (Fault.SAID_WRONGLY, own.pk) in {(f.fault, f.event) for f in verified()}


@pytest.mark.parametrize("column", ["happened_at", "subject_id", "recorded_on", "facts", "body_id", "id"])
def test_what_cannot_be_read_any_more_is_named_and_stops_nothing(column):
    """Only SQLite lets a column hold what is not of its type; PostgreSQL refuses, and that is as good."""
    event = Event.objects.filter(recorded_on=DAYS[1], body_id=BODY, of=None).order_by("id")[0]
    statement = f'UPDATE core_event SET "{column}" = %s WHERE id = %s'
    garbage = '"word"' if column == "facts" else "2026-99-99"
    if connection.vendor == "postgresql" and column != "facts":
        with pytest.raises(Exception, match="invalid|out of range"), transaction.atomic():
            sql(statement, garbage, raw(event.pk))
        return
    with transaction.atomic():
        sql(statement, garbage, raw(event.pk))
        findings = verified()
        transaction.set_rollback(True)
    assert event.pk in {finding.event for finding in findings}


def test_rows_of_events_that_are_gone_are_named():
    event = Event.objects.filter(recorded_on=DAYS[2], body_id=BODY).order_by("id")[0]
    with transaction.atomic():
        sql("DELETE FROM core_event WHERE id = %s", raw(event.pk))
        findings = verified()
        transaction.set_rollback(True)
    assert (Fault.MISSING, event.pk) in {(f.fault, f.event) for f in findings}
    assert [f.fault for f in findings].count(Fault.ORPHAN) == 3


@pytest.mark.parametrize("line", ["2026-11-20 - 1 abcd", "20 November - 1 " + "a" * 64, "2026-13-20 - 1 " + "a" * 64])
def test_a_line_that_is_no_root_is_named(line):
    with pytest.raises(roots.UnreadableRoots, match="第2行"):
        list(roots.read(["# roots", line]))


def test_findings_are_told_in_words():
    told = str(Finding(Fault.MISSING, DAYS[0], BODY, BODY))
    assert told == f"2026-11-17 · 机构 {BODY} · 记录 {BODY} · 这条记录封存以后不见了"
