"""The cast: one person for each role that comes in by a door."""

import pytest
from django.test import Client

from lianxin.ground.access.models import Grant, User
from lianxin.ground.access.rules import RoleRules
from lianxin.ground.access.ways import lacks_second_step
from lianxin.ground.core.clock import today
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Platform
from lianxin.ground.rulebook import in_force
from tests.ground.access import builders


@pytest.fixture
def platform(db: None) -> Platform:
    return builders.make_platform(is_demo=True)


@pytest.fixture
def somebody(platform: Platform):
    """`somebody("leader")`: a person with these roles, each over some scope of its kind."""

    def come(*roles: str, name: str = "罗青禾") -> User:
        user = builders.make_user(name)
        known = in_force(today()).section(RoleRules).roles
        for role in roles:
            kind = known[role].scope
            scope = None if kind == Grant.Scope.PLATFORM else new_id()
            Grant.objects.create(user=user, role=role, scope_kind=kind, scope_id=scope, starts_on=today())
        if lacks_second_step(user):
            builders.make_second_step(user)
        return user

    return come


@pytest.fixture
def browse(client: Client):
    """`browse(user)`: a browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
