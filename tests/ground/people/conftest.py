"""The cast: the congress of a county, and its office at work."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lianxin.ground.access.models import User
from lianxin.ground.people.models import Body
from tests.ground.access.builders import make_platform
from tests.ground.people.bringing import enter
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


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Files that are brought lie where nobody else's do."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def clerk(congress: Body, client: Client) -> User:
    """Somebody of the county's office, signed in."""
    return enter(client, "office_clerk", congress.region)
