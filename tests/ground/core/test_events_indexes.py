"""Every question that is asked of a large record is answered from an index, in order, without sorting."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from lianxin.ground.core.clock import now
from lianxin.ground.core.clock import travel as travelled
from lianxin.ground.core.events import Ref
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Effect, Event, EventParty
from lianxin.ground.core.views.timeline import timeline_of, timeline_of_party
from tests.ground.core.builders import make_visits, visit

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
BODIES = [new_id(), new_id()]
SOMEBODY, BUSY = new_id(), new_id()
NO_BODY = "a day of no body, to be sealed"

QUESTIONS: dict[str, tuple[QuerySet, str]] = {
    "what is known of a thing": (
        Event.objects.about("household", new_id()).filter(happened_at__lte=now()).order_by("-happened_at", "-id")[:51],
        "event_timeline",
    ),
    "what counts for a party": (
        EventParty.objects.filter(kind="mandate", party_id=new_id(), happened_at__lte=now()).order_by(
            "-happened_at", "-event_id"
        )[:51],
        "party_timeline",
    ),
    "a day of a body, to be sealed": (
        Event.objects.filter(recorded_on=DAY, body_id=BODIES[0]).order_by("id").values_list("id"),
        "event_sealing",
    ),
    NO_BODY: (
        Event.objects.filter(recorded_on=DAY, body_id=None).order_by("id").values_list("id"),
        "event_sealing",
    ),
    "which days have how many events": (
        Event.objects.filter(recorded_on__gte=DAY)
        .values_list("recorded_on", "body_id")
        .annotate(Count("id"))
        .order_by(),
        "event_sealing",
    ),
    "how often something happened": (
        Event.objects.filter(kind="tests.visited", body_id=BODIES[0], happened_on__gte=DAY).values_list("happened_on"),
        "event_counting",
    ),
    "what was said of an event": (
        Event.objects.filter(of=new_id(), effect=Effect.CONFIRMS).values_list("id"),
        "event_said_of",
    ),
    "what somebody did lately": (
        Event.objects.filter(recorded_on__gt=date(2026, 10, 20), by_id=SOMEBODY).order_by("-id").values_list("id")[:51],
        "event_by",
    ),
    "the newest event": (Event.objects.order_by("-id").values_list("id")[:1], "event"),
}


@pytest.fixture
def _as_in_a_large_table():
    """PostgreSQL prefers to read a small table whole; SQLite does not know how small it is."""
    for day in range(1, 21):
        with travelled(datetime(2026, 11, day, 4, tzinfo=UTC)):
            make_visits(*[visit(body=BODIES[n % 2], deputy=BUSY if n < 2 else None) for n in range(20)])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE core_event; ANALYZE core_eventparty; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
            )


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.usefixtures("_as_in_a_large_table")
def test_a_question_is_answered_from_its_index(question):
    asked, index = QUESTIONS[question]
    plan = asked.explain()
    assert index in plan
    slow = {"Sort", "TEMP B-TREE", "Seq Scan"} - (
        {"Sort"} if question == NO_BODY else set()
    )  # one day is sorted quickly
    assert not [word for word in slow if word in plan]


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.usefixtures("_as_in_a_large_table")
def test_the_timeline_of_a_party_is_read_in_the_order_of_its_index(rf, older):
    query = {"older": timeline_of_party(rf.get("/"), "mandate", BUSY, size=5).older} if older else {}
    with CaptureQueriesContext(connection) as asked:
        timeline_of_party(rf.get("/", query), "mandate", BUSY, size=5)
    plan = plan_of(asked[0]["sql"])
    assert "party_timeline" in plan
    assert not [word for word in ("Sort", "TEMP B-TREE", "Seq Scan") if word in plan]


@pytest.mark.usefixtures("_as_in_a_large_table")
def test_a_thread_of_several_things_is_found_in_the_indexes_alone(rf):
    refs = [Ref("mandate", BUSY), Ref("person", SOMEBODY)]
    with CaptureQueriesContext(connection) as asked:
        timeline_of(rf.get("/"), about=refs, parties=refs)
    plan = plan_of(asked[0]["sql"])
    assert "event_timeline" in plan
    assert "party_timeline" in plan
    assert plan.count("COVERING INDEX") == 2 if connection.vendor == "sqlite" else plan.count("Index Only Scan") == 2


def plan_of(sql):
    """How the database goes about a question."""
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.usefixtures("_as_in_a_large_table")
def test_whether_events_count_is_looked_up_event_by_event_in_an_index():
    plan = Event.objects.counting().about("household", new_id()).order_by("-happened_at", "-id")[:51].explain()
    assert "event_timeline" in plan
    assert "event_said_of" in plan or "event_is_annulled_once" in plan
    assert "Seq Scan" not in plan
