"""The cast: a congress, a village of it, a deputy who signs in, a household there, and a clerk of the township."""

import pytest

from lianxin.affairs.contact.models import Household
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.clock import now
from lianxin.ground.people.models import Body, Mandate, Region
from tests.affairs.contact.builders import make_household
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.access.conftest import as_user
from tests.ground.people.builders import make_congress, make_county, make_mandate, make_person

__all__ = ["as_user"]


@pytest.fixture
def congress() -> Body:
    make_platform()
    return make_congress(make_county())


@pytest.fixture
def village(congress: Body) -> Region:
    return Region.objects.get(name="柳溪村", parent__name="石桥镇")


@pytest.fixture
def deputy(congress: Body) -> Mandate:
    mandate, user = make_mandate(congress, make_person("罗青禾")), make_user("罗青禾")
    make_grant(user, "deputy", Grant.Scope.BODY, congress.pk)
    mandate.person.link(user, by=None, at=now())
    return mandate


@pytest.fixture
def household(village: Region, congress: Body) -> Household:
    return make_household(village, congress)


@pytest.fixture
def clerk(village: Region) -> User:
    user = make_user("易南乔")
    make_grant(user, "township_clerk", Grant.Scope.PLACE, village.parent_id)
    return user


@pytest.fixture
def elsewhere(congress: Body) -> User:
    user = make_user("向晚亭")
    make_grant(user, "township_clerk", Grant.Scope.PLACE, Region.objects.get(name="花溪乡").pk)
    return user


@pytest.fixture
def office(congress: Body) -> User:
    user = make_user("谷办事")
    make_grant(user, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    return user
