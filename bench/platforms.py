"""A large platform: 9,000 deputies and forty stations at a real place, about one of which 10,000 events were written."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from lianxin.affairs.stations.models import Station
from lianxin.doors.demo.building.people import Cast
from lianxin.ground.access.actions import NewGrant
from lianxin.ground.access.demo import demo_user
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.clock import now, start_of
from lianxin.ground.core.events import Entry, Party, Ref, record_all
from lianxin.ground.people.founding import found_platform, open_terms
from lianxin.ground.people.models import Body, District, Mandate, Person, Region
from lianxin.ground.people.models.region import Level

PRESET = "yanhe"
DEPUTIES = 9_000
EVENTS = 10_000
STATIONS, CLERKS = 40, 8
CROWD = 7  # a village that counts as so many more: some 150 deputies stand for it
ELECTED_ON = date(2021, 12, 20)


@dataclass(frozen=True)
class Large:
    """The platform's place, its stations, the first with the long history, the cookies of clerks, and a village of many deputies."""

    home: Region
    stations: list[Station]
    cookies: list[str]
    crowded: Region


def founded() -> Body:
    """Migrate and found; returns the congress of the platform's own place, with its 7th term."""
    call_command("migrate", verbosity=0)
    home = found_platform(PRESET, at=now(), is_demo=True)
    open_terms(Body.objects.congresses(), 7, on=ELECTED_ON)
    return Body.objects.congresses().select_related("region").get(region=home)


def large_platform() -> Large:
    """Found, and fill."""
    congress = founded()
    assert congress.region
    villages = list(Region.objects.within(congress.region).filter(level=Level.VILLAGE).order_by("code"))
    districts = [
        District.draw(congress, str(number), f"{village.name}选区", [village], on=ELECTED_ON, by=None, at=now())
        for number, village in enumerate(villages, start=1)
    ]
    _deputies(congress, [districts[0]] * CROWD + districts)
    stations = [
        Station.open(
            kind="point",
            name=f"{village.name}联系点",
            region=village,
            body=congress,
            starts_on=ELECTED_ON,
            by=None,
            at=now(),
        )
        for village in villages[:STATIONS]
    ]
    _history(stations[0])
    clerks = [_clerk(congress.region, f"bangong{number}") for number in range(CLERKS)]
    return Large(congress.region, stations, clerks, villages[0])


def _clerk(home: Region, username: str) -> str:
    """Somebody of the office, signed in; the cookie that says so."""
    user = demo_user("章谷雨", username, NewGrant("office_clerk", Grant.Scope.PLACE, home.pk), at=now())
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(pk=user.pk), "allauth.account.auth_backends.AuthenticationBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _deputies(congress: Body, districts: list[District]) -> None:
    cast, term = Cast("bench"), congress.terms.get()
    people = Person.objects.bulk_create((cast.person() for _ in range(DEPUTIES)), batch_size=500)
    with transaction.atomic():
        Mandate.begin_all(
            [
                Mandate(
                    person=person,
                    term=term,
                    congress=congress,
                    level=congress.level,
                    card_number=f"{number:05d}",
                    district=districts[number % len(districts)],
                    starts_on=ELECTED_ON,
                )
                for number, person in enumerate(people)
            ],
            by=None,
        )


def _history(station: Station) -> None:
    first = timezone.localdate() - timedelta(days=EVENTS // 10)
    party = [Party("station", station.pk, "station")]
    for start in range(0, EVENTS, 1000):
        with transaction.atomic():
            record_all(
                [
                    Entry(
                        "stations.amended",
                        subject=Ref("station", station.pk),
                        by=None,
                        at=start_of(first + timedelta(days=number // 10)) + timedelta(minutes=number % 10),
                        body=station.body_id,
                        parties=party,
                        facts={"what": "address"},
                    )
                    for number in range(start, start + 1000)
                ]
            )
