"""Some days before, the deputies are told and the station's page says who sits there; what changes is told again."""

from datetime import date, datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from lianxin.affairs.stations import times
from lianxin.affairs.stations.models import Shift, Station
from lianxin.ground.core.clock import now, travel
from lianxin.ground.messages import sending
from lianxin.ground.messages.actions import stop
from lianxin.ground.messages.models import Outgoing, Reach
from lianxin.ground.people.models import Body, Mandate
from lianxin.lib.calendars import Span
from tests.affairs.stations.builders import make_shift
from tests.ground.access.builders import make_user
from tests.ground.people.builders import make_mandate, make_person

pytestmark = pytest.mark.django_db
HELD = date(2026, 11, 5)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=timezone.get_current_timezone())


@pytest.fixture
def deputies(congress: Body, settings) -> list[Mandate]:
    settings.SENDS_MAIL = True
    found = [make_mandate(congress, make_person(name)) for name in ("罗青禾", "谭秋实")]
    for number, mandate in enumerate(found):
        user = make_user(f"代表{number}")
        type(user).objects.filter(pk=user.pk).update(email=f"deputy{number}@example.org")
        mandate.person.link(user, by=None, at=now())
    return found


@pytest.fixture
def shift(station: Station, deputies: list[Mandate]) -> Shift:
    return make_shift(station, *deputies, on=HELD)


def texts() -> list[str]:
    return sorted(Outgoing.objects.waiting().values_list("text", flat=True))


def run(day: int) -> str:
    with travel(at(day)):
        return times.give_notice(now())


def test_the_span_before_a_reception_ends_on_its_day() -> None:
    assert times.notice_day(HELD, Span.parse("2天")) == date(2026, 11, 3)
    assert times.notice_day(HELD, Span.parse("3个工作日")) == date(2026, 11, 2)
    assert times.notice_day(date(2026, 11, 9), Span.parse("2个工作日")) == date(2026, 11, 5)
    assert times.notice_day(HELD, Span.parse("48小时")) == date(2026, 11, 3)


def test_two_days_before_it_is_public_and_each_deputy_is_told_once(
    client: Client, shift: Shift, station: Station
) -> None:
    assert run(2) == "0"
    assert "罗青禾" not in client.get(station.get_absolute_url()).content.decode()

    assert run(3) == "1"
    assert run(3) == "0"

    assert len(texts()) == 2
    assert "11月5日" in texts()[0]
    assert "9:00" in texts()[0]
    assert station.name in texts()[0]
    with travel(at(3)):
        page = client.get(station.get_absolute_url()).content.decode()
    assert "值班代表" in page
    assert "罗青禾" in page


def test_a_day_moved_after_the_notice_is_told_again_and_a_cancelled_one_too(shift: Shift) -> None:
    run(3)
    Outgoing.objects.all().delete()

    shift.move(date(2026, 11, 6), "场地检修", by=None, at=at(4))
    assert len(texts()) == 2
    assert "11月6日" in texts()[0]

    shift.cancel("站里停电", by=None, at=at(5))
    assert sum("取消" in text for text in texts()) == 2


def test_what_changes_before_the_notice_is_told_to_nobody(shift: Shift) -> None:
    shift.move(date(2026, 11, 6), "场地检修", by=None, at=at(2))
    shift.excuse(shift.duties.first(), "出差", by=None, at=at(2))
    assert texts() == []


def test_who_takes_a_turn_after_the_notice_is_told_and_who_gave_it_up(shift: Shift, congress: Body) -> None:
    run(3)
    Outgoing.objects.all().delete()
    new = make_mandate(congress, make_person("向晚亭", phone="13800000009"))
    Outgoing.objects.all().delete()

    shift.swap(shift.duties.first(), new, "出差", by=None, at=at(4))

    assert [text for text in texts() if "换了别人" in text]
    assert len(texts()) == 1, "no way is open to a deputy without mail where no text messages are sent"


def test_the_letter_goes_to_the_deputys_own_address_and_can_be_stopped(shift: Shift) -> None:
    run(3)
    with travel(at(3, 10)):
        sending.send(now())

    assert sorted(letter.to[0] for letter in mail.outbox) == ["deputy0@example.org", "deputy1@example.org"]
    assert "值班" in mail.outbox[0].body
    assert "您反映的事" not in mail.outbox[0].body
    reach = Reach.objects.first()
    assert reach is not None
    assert stop(reach.voice_id, by=None, at=at(4))
    shift.cancel("站里停电", by=None, at=at(5))
    assert len(texts()) == 1
