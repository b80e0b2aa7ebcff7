"""Receptions in calendars that people subscribe to: stable, byte-correct, cheap to ask, and without a resident."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from lianxin.affairs.stations.models import Duty, Feed, Shift, Station
from lianxin.affairs.stations.sitting import sitting_at
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.clock import now, today
from lianxin.ground.people.models import Body, Person
from tests.affairs.stations.builders import make_shift, make_station
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_mandate, make_person

pytestmark = pytest.mark.django_db
ALL = "/cal/receptions.ics"
LONG = "石桥镇柳溪村晒谷坪老樟树下党群服务中心人大代表联系点（含周末便民窗口）一楼东侧接待室𠮷"


@pytest.fixture
def shift(station: Station, congress: Body) -> Shift:
    return make_shift(station, make_mandate(congress, make_person("罗青禾")), on=today() + timedelta(days=9))


@pytest.fixture
def deputy(congress: Body, shift: Shift) -> User:
    user = make_user("罗青禾")
    make_grant(user, "deputy", Grant.Scope.BODY, congress.pk)
    Person.objects.get(name="罗青禾").link(user, by=None, at=now())
    return user


def read(client: Client, address: str = ALL) -> Calendar:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def only(calendar: Calendar) -> object:
    (event,) = calendar.walk("VEVENT")
    return event


def test_a_reception_stands_at_its_hours_in_its_zone(client: Client, shift: Shift) -> None:
    calendar = read(client)
    event = only(calendar)

    assert event["UID"] == f"shift-{shift.pk}@lianxin"
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["DTSTART"].dt == datetime.combine(shift.held_on, time(9), timezone.get_default_timezone())
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=2)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Shanghai"
    assert zone.walk("STANDARD")[0]["TZOFFSETTO"].td == timedelta(hours=8)
    assert str(event["SUMMARY"]).startswith("5号见 · ")
    assert event["STATUS"] == "CONFIRMED"
    assert str(event["URL"]).startswith("http")


def test_every_line_is_at_most_75_octets_and_no_character_is_cut(client: Client, congress: Body) -> None:
    station = make_station(congress.region, congress, name=LONG, address=f"{LONG}，{LONG}"[:120])
    make_shift(station)

    content = client.get(ALL).content

    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # a character cut in two would raise
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert LONG in unfolded.replace("\\", "")
    event = only(Calendar.from_ical(content))
    assert LONG in str(event["SUMMARY"])


def test_moved_it_keeps_its_uid_and_has_a_later_sequence(client: Client, shift: Shift) -> None:
    before = only(read(client))
    shift.move(shift.held_on + timedelta(days=1), "场地检修", by=None, at=now())

    after = only(read(client))

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(days=1)
    assert after["STATUS"] == "CONFIRMED"


def test_cancelled_it_stays_and_says_so(client: Client, shift: Shift) -> None:
    shift.cancel("站里停电", by=None, at=now())
    event = only(read(client))
    assert (event["STATUS"], event["UID"]) == ("CANCELLED", f"shift-{shift.pk}@lianxin")
    assert event["SEQUENCE"] == 1


def test_without_hours_it_is_a_whole_day(client: Client, station: Station) -> None:
    make_shift(station, hours=None)
    event = only(read(client))
    assert event["DTSTART"].dt == today()
    assert type(event["DTSTART"].dt) is date
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["DTEND"].dt == today() + timedelta(days=1)


def test_who_sits_there_is_told_once_it_is_public(client: Client, shift: Shift) -> None:
    assert "DESCRIPTION" not in only(read(client))
    shift.give_notice(by=None, at=now())
    assert "罗青禾" in str(only(read(client))["DESCRIPTION"])


def test_who_did_not_come_is_not_told_to_the_public(client: Client, station: Station, congress: Body) -> None:
    came, absent = (make_mandate(congress, make_person(name)) for name in ("罗青禾", "谭秋实"))
    shift = make_shift(station, came, absent)
    shift.give_notice(by=None, at=now())
    shift.come(shift.duties.get(mandate=came), way="keeper", by=None, at=now())

    shift.close(by=None, at=now())

    assert "谭秋实" in str(only(read(client))["DESCRIPTION"])
    sitting = sitting_at([station], today())[station.pk, today()]
    assert [person.name for person in sitting] == ["罗青禾", "谭秋实"]


def test_a_station_has_a_feed_of_its_own(client: Client, shift: Shift, station: Station, congress: Body) -> None:
    make_shift(make_station(congress.region, congress))
    assert len(read(client).walk("VEVENT")) == 2
    assert only(read(client, f"/cal/stations/{station.pk}.ics"))["UID"] == f"shift-{shift.pk}@lianxin"
    assert f"/cal/stations/{station.pk}.ics" in client.get(station.get_absolute_url()).content.decode()


def test_a_reader_that_asks_each_second_is_told_that_nothing_changed(
    client: Client, station: Station, shift: Shift, congress: Body, django_assert_max_num_queries
) -> None:
    for number in range(40):
        make_shift(station, on=today() + timedelta(days=20 + number))
    first = client.get(ALL)
    assert "max-age=900" in first["Cache-Control"]
    assert "Set-Cookie" not in first
    with django_assert_max_num_queries(3):
        again = client.get(ALL, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert not first.has_header("Last-Modified")  # a name that is gone has no later moment
    assert {"Cookie", "Accept-Language"} <= set(again["Vary"].split(", "))

    shift.excuse(shift.duties.first(), "出差", by=None, at=now() + timedelta(seconds=5))

    assert client.get(ALL, headers={"If-None-Match": first["ETag"]}).status_code == 200
    with django_assert_max_num_queries(3):
        client.get(ALL)


def test_a_deputys_own_feed_stands_at_a_secret_address_that_can_be_taken_back(
    client: Client, shift: Shift, deputy: User, station: Station, congress: Body
) -> None:
    make_shift(station, make_mandate(congress), on=today() + timedelta(days=2))
    client.force_login(deputy)
    assert client.post("/me/calendar/").status_code == 302
    address = Feed.objects.get().get_absolute_url()
    assert address in client.get("/me/shifts/").content.decode()

    stranger = Client()
    assert only(read(stranger, address))["UID"] == f"shift-{shift.pk}@lianxin"
    assert "private" in stranger.get(address)["Cache-Control"]

    client.post("/me/calendar/")
    assert stranger.get(address).status_code == 404
    newer = Feed.objects.open().get().get_absolute_url()
    assert stranger.get(newer).status_code == 200
    client.post("/me/calendar/", {"end": "1"})
    client.post("/me/calendar/", {"end": "1"})
    assert stranger.get(newer).status_code == 404


def test_a_turn_that_somebody_else_took_is_crossed_out(
    client: Client, shift: Shift, deputy: User, congress: Body
) -> None:
    feed = Feed.begin(Person.objects.get(name="罗青禾"), by=deputy.pk, at=now())
    assert only(read(client, feed.get_absolute_url()))["STATUS"] == "CONFIRMED"

    shift.swap(shift.duties.get(), make_mandate(congress), "出差", by=None, at=now())

    event = only(read(client, feed.get_absolute_url()))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert Duty.objects.filter(shift=shift).count() == 2
