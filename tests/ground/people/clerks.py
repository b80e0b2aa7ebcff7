"""Who does office work in tests of pages: clerks of the county and of one township, signed in."""

from django.test import Client

from lianxin.ground.access.models import Grant
from lianxin.ground.people.models import Region
from tests.ground.access.builders import make_grant, make_user


def sign_in(client: Client, role: str, place: Region) -> Client:
    """A browser in which somebody with this role over this place is signed in."""
    user = make_user("章谷雨")
    make_grant(user, role, Grant.Scope.PLACE, place.pk)
    client.force_login(user)
    return client
