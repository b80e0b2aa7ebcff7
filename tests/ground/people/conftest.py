"""The cast: the congress of a county, and its office at work."""

import pytest
from django.test import Client

from lianxin.ground.people.models import Body
from tests.ground.access.builders import make_platform
from tests.ground.people.builders import make_congress, make_county
from tests.ground.people.clerks import sign_in


@pytest.fixture
def congress() -> Body:
    """A platform with rules in force, and the congress of 云江区."""
    make_platform()
    return make_congress(make_county())


@pytest.fixture
def office(client: Client, congress: Body) -> Client:
    """A browser in which somebody of the congress's office is signed in."""
    return sign_in(client, "office_clerk", congress.region)
