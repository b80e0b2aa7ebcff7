"""The cast: a platform with rules in force, and its three administrators."""

import pytest
from django.test import Client

from lianxin.ground.access.models import User
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Platform
from tests.ground.access import builders


@pytest.fixture
def platform(db: None) -> Platform:
    return builders.make_platform()


@pytest.fixture
def system(platform: Platform) -> User:
    return builders.make_administrator("system", "邬系统")


@pytest.fixture
def security(platform: Platform) -> User:
    return builders.make_administrator("security", "宓安全")


@pytest.fixture
def audit(platform: Platform) -> User:
    return builders.make_administrator("audit", "阚审计")


@pytest.fixture
def clerk(platform: Platform) -> User:
    """Somebody of an office, who comes in by a password alone."""
    user = builders.make_user("章谷雨")
    builders.make_grant(user, "office_clerk", "place", new_id())
    return user


@pytest.fixture
def as_user(client: Client):
    """`as_user(someone)`: a browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def user(platform: Platform) -> User:
    """Somebody without a role, who comes in by a password."""
    return builders.make_user("罗青禾")


@pytest.fixture
def secret(user: User) -> str:
    """What the user's telephone keeps for the second step."""
    return builders.make_second_step(user)
