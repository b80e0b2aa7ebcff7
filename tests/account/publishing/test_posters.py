"""Sheets for walls: who and when, a code that leads where it says, and nobody's telephone who keeps it to themselves."""

import re

import pytest
import segno
from django.urls import reverse

from tests.affairs.opinions.builders import NOON, Office
from tests.affairs.stations.builders import OPENED_ON
from tests.ground.people.builders import make_mandate, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(travel):
    travel(NOON)
    return Office()


def sheet(client, name, pk, **headers):
    answer = client.get(reverse(f"publishing:{name}", args=[pk]), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def leads_to(path):
    """The picture of a code that leads there."""
    return segno.make(f"http://testserver{path}", error="m").svg_data_uri(scale=4, border=2, light="#fff")


def test_a_stations_poster_says_where_and_when_and_who(client, office):
    office.station.post(office.mandate, on=OPENED_ON, by=None, at=NOON)
    page = sheet(client, "poster", office.station.pk)
    for told in (office.station.name, office.station.address, office.mandate.person.name):
        assert told in page
    days = re.findall(r"<li><b>(\d+月\d+日)</b>", page)
    assert len(days) == len(set(days)) == 4
    assert not any(day.startswith("0") for day in days)
    for path in (f"/tell/s/{office.station.pk}/", office.station.get_absolute_url()):
        assert leads_to(path).replace("'", "&#x27;") in page


def test_a_deputys_card_says_who_and_how_to_reach_them(client, office):
    person = make_person("罗青禾", phone="13800000001", employer="橘林村合作社")
    mandate = make_mandate(office.congress, person)
    office.station.post(mandate, on=OPENED_ON, by=None, at=NOON)
    page = sheet(client, "card", person.pk)
    for told in ("罗青禾", "橘林村合作社", office.congress.name, office.station.name):
        assert told in page
    assert "13800000001" not in page
    assert leads_to(f"/tell/d/{mandate.pk}/").replace("'", "&#x27;") in page


def test_a_telephone_that_is_public_stands_on_the_card(client, office):
    person = make_person("罗青禾", phone="13800000001", is_phone_public=True)
    make_mandate(office.congress, person)
    assert "13800000001" in sheet(client, "card", person.pk)


def test_pages_lead_to_their_sheet_while_there_is_one(client, office):
    person, station = office.mandate.person, office.station
    assert f'href="/people/{person.pk}/card/"' in client.get(person.get_absolute_url()).content.decode()
    assert f'href="/stations/{station.pk}/poster/"' in client.get(station.get_absolute_url()).content.decode()
    office.mandate.end("resigned", on=OPENED_ON, by=None, at=NOON)
    station.close(on=OPENED_ON, by=None, at=NOON)
    for thing, name in ((person, "card"), (station, "poster")):
        assert f"/{name}/" not in client.get(thing.get_absolute_url()).content.decode()
        assert client.get(reverse(f"publishing:{name}", args=[thing.pk])).status_code == 404


def test_a_sheet_needs_no_script_and_is_there_in_english(client, office):
    page = sheet(client, "poster", office.station.pk, **{"accept-language": "en"})
    assert "<script" not in page
    assert "Scan to tell us something" in page


def test_only_looking_is_possible(client, office):
    assert client.post(reverse("publishing:poster", args=[office.station.pk])).status_code == 405
