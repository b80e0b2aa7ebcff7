"""Only a platform made as a rehearsal has a clock that can be moved, and only ahead."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from lianxin.ground.core.clock import now, today
from lianxin.ground.core.events import tell
from lianxin.ground.core.models import Event, Platform
from lianxin.ground.core.rehearsing import NotARehearsal, RightTime, TooFarAhead, move_clock
from lianxin.lib.calendars.spans import Span

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 4, tzinfo=UTC)


def platform(**facts) -> Platform:
    made = Platform.objects.create(name="试点区", preset="test", county_code="420504", created_at=now(), **facts)
    Platform.forget()
    return made


def test_a_rehearsal_goes_ahead_and_says_so_in_the_record():
    platform(is_rehearsal=True)
    there = move_clock(Span.parse("3天"), by=None, at=now())
    assert abs(there - timezone.now() - timedelta(days=3)) < timedelta(minutes=1)
    assert abs(now() - there) < timedelta(minutes=1)
    event = Event.objects.get()
    assert abs(event.recorded_at - timezone.now()) < timedelta(minutes=1)  # before it was moved
    assert event.measures.get().count == 3 * 24 * 60
    assert tell([event])[0].sentence == f"平台把演练平台的时钟拨到了{today():%Y年%-m月%-d日}"


@pytest.mark.parametrize(("span", "days"), [("5个工作日", 7), ("2周", 14), ("48小时", 2), ("1个月", 30)])
def test_a_span_is_counted_as_everywhere_else(span, days):
    rehearsal = platform(is_rehearsal=True)
    move_clock(Span.parse(span), by=None, at=FRIDAY)
    rehearsal.refresh_from_db()
    assert rehearsal.rehearsal_offset_s == days * 24 * 3600


def test_it_adds_up_and_never_goes_back():
    platform(is_rehearsal=True)
    first = move_clock(Span.parse("1天"), by=None, at=now())
    assert move_clock(Span.parse("1小时"), by=None, at=now()) > first


@pytest.mark.parametrize("facts", [{}, {"is_demo": True}, None])
def test_no_other_platform_has_its_clock_moved(facts):
    if facts is not None:
        platform(**facts)
    with pytest.raises(NotARehearsal, match="不是演练平台"):
        move_clock(Span.parse("1天"), by=None, at=now())
    assert not Event.objects.exists()
    assert abs(now() - timezone.now()) < timedelta(seconds=1)


def test_the_database_itself_refuses_a_moved_clock_elsewhere():
    platform()
    with pytest.raises(IntegrityError), transaction.atomic():
        Platform.objects.update(rehearsal_offset_s=60)


@pytest.mark.sql
def test_two_that_move_it_at_once_move_it_once_or_one_after_the_other(apart):
    apart.python(
        "Platform.objects.create(name='x', preset='x', county_code='1', is_rehearsal=True, created_at=clock.now())"
    )
    move = """
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.rehearsing import move_clock
from lianxin.lib.calendars.spans import Span
meet()
try:
    move_clock(Span.parse("1天"), by=None, at=clock.now())
    print(json.dumps("moved"))
except RuleError as refusal:
    print(json.dumps(type(refusal).__name__))
"""
    answers = apart.together(move, move)
    offset, events = apart.python(
        "print(json.dumps([Platform.objects.get().rehearsal_offset_s, Event.objects.count()]))"
    )
    assert set(answers) <= {"moved", "MovedMeanwhile"}
    assert (offset, events) == (answers.count("moved") * 24 * 3600, answers.count("moved"))


@pytest.mark.parametrize("span", ["9999年", "80年"])
def test_it_does_not_leave_the_century(span):
    platform(is_rehearsal=True)
    with pytest.raises(TooFarAhead, match="2099"):
        move_clock(Span.parse(span), by=None, at=FRIDAY)


def test_the_command_says_what_time_it_is_and_refuses_in_plain_words():
    with pytest.raises(NotARehearsal):
        call_command("rehearse", "3天")
    platform(is_rehearsal=True)
    out = StringIO()
    call_command("rehearse", "2", "days", stdout=out)
    assert out.getvalue().startswith(f"演练时钟现在是{(date.today() + timedelta(days=2)).year}年")
    for wrong in ("3", "-3天", "昨天", "0天"):
        with pytest.raises(CommandError):
            call_command("rehearse", wrong)


def test_a_page_is_made_at_the_right_time_from_the_first_request_on(rf):
    platform(is_rehearsal=True, rehearsal_offset_s=3 * 24 * 3600)
    assert abs(now() - timezone.now()) < timedelta(minutes=1)  # nobody has looked yet
    seen = []
    RightTime(lambda request: seen.append(now()))(rf.get("/"))
    assert abs(seen[0] - timezone.now() - timedelta(days=3)) < timedelta(minutes=1)
