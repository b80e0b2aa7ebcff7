"""A station's photos are public once somebody other than who sent them has looked at them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianxin.account.publishing import photos
from lianxin.account.publishing.errors import OwnPhoto
from lianxin.ground.access.models import Grant
from lianxin.ground.core.events import Ref
from lianxin.ground.documents.models import File
from tests.affairs.opinions.builders import NOON, Office
from tests.ground.access.builders import make_grant, make_user
from tests.ground.documents.builders import encoded, make_file, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(travel):
    travel(NOON)
    return Office()


def signed_in(name, role, station, scope=None):
    user = make_user(name)
    make_grant(user, role, *(scope or (Grant.Scope.STATION, station.pk)))
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser, user


@pytest.fixture
def keeper(office):
    return signed_in("站长", "station_keeper", office.station)


@pytest.fixture
def clerk(office):
    return signed_in("办公室的", "office_clerk", office.station, (Grant.Scope.PLACE, office.county.pk))


def sent(browser, station):
    """A photo that the browser sent."""
    upload = SimpleUploadedFile("IMG_1.jpg", encoded(picture()), "image/jpeg")
    answer = browser.post(f"/desk/stations/{station.pk}/photos/", {"photos": upload})
    assert answer.status_code == 302
    return File.objects.of(Ref("station", station.pk)).latest("added_at")


def act(browser, station, photo, do):
    return browser.post(f"/desk/stations/{station.pk}/photos/{photo.pk}/", {"do": do})


def public(client, station, photo):
    return client.get(f"/stations/{station.pk}/photos/{photo.pk}/").status_code


def test_nobody_sees_a_photo_until_somebody_else_has_looked(office, client, keeper, clerk):
    station = office.station
    photo = sent(keeper[0], station)
    assert public(client, station, photo) == 404
    assert str(photo.pk) not in client.get(station.get_absolute_url()).content.decode()
    assert act(clerk[0], station, photo, "show").status_code == 302
    assert public(client, station, photo) == 200
    assert str(photo.pk) in client.get(station.get_absolute_url()).content.decode()


def test_who_sent_it_does_not_make_it_public(office, client, keeper):
    station, (browser, user) = office.station, keeper
    photo = sent(browser, station)
    with pytest.raises(OwnPhoto):
        photos.show(photo, is_public=True, by=user.pk, at=NOON)
    assert "要由另一个人看过" in act(browser, station, photo, "show").content.decode()
    assert public(client, station, photo) == 404


def test_it_can_be_hidden_again_and_discarded_by_either(office, client, keeper, clerk):
    station = office.station
    photo = sent(keeper[0], station)
    act(clerk[0], station, photo, "show")
    act(keeper[0], station, photo, "hide")
    assert public(client, station, photo) == 404
    act(keeper[0], station, photo, "discard")
    assert not File.objects.filter(pk=photo.pk).exists()


def test_the_pages_of_others_are_not_reached_through_a_station(office, clerk, client):
    other = make_file(owner=Ref("opinion", office.opinion().pk))
    other.look(by=office.clerk.pk, at=NOON, is_public=True)
    assert clerk[0].get(f"/desk/stations/{office.station.pk}/photos/{other.pk}/").status_code == 404
    assert public(client, office.station, other) == 404


def test_what_is_no_photo_is_refused_beside_the_field(office, keeper):
    upload = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    answer = keeper[0].post(f"/desk/stations/{office.station.pk}/photos/", {"photos": upload})
    assert answer.status_code == 422
    assert not File.objects.exists()


def test_the_station_page_leads_its_staff_there_and_nobody_else(office, client, keeper):
    address = f'href="/desk/stations/{office.station.pk}/photos/"'
    assert address in keeper[0].get(office.station.get_absolute_url()).content.decode()
    assert address not in client.get(office.station.get_absolute_url()).content.decode()
