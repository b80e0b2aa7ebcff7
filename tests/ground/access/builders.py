"""People of the platform for tests, with what they were granted."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from uuid import UUID

from allauth.core.context import request_context
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import RequestFactory

from lianxin.ground.access.actions import NewGrant, grant
from lianxin.ground.access.models import Grant, User
from lianxin.ground.access.ways import lacks_second_step
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Platform
from lianxin.ground.rulebook import adopt

PASSWORD = "晒谷坪旁边的两棵老樟树"
_numbers = count(1)


def make_platform(**facts: object) -> Platform:
    """A platform with the rules of its preset in force."""
    told = {"name": "点军区人大代表工作平台", "preset": "dianjun", "county_code": "420504", "created_at": now()}
    platform = Platform.objects.create(**told | facts)
    Platform.forget()
    adopt(platform.preset, body_id=None, by=None, at=now())
    return platform


def make_user(name: str = "", **facts: object) -> User:
    """Somebody who has come in. The password is PASSWORD unless said otherwise."""
    number = next(_numbers)
    told = {"password": PASSWORD, "joined_at": now()}
    return User.objects.create_user(f"user{number:03}", name or f"第{number}位", **told | facts)


def make_grant(user: User, role: str, scope_kind: str = Grant.Scope.PLATFORM, scope_id: UUID | None = None) -> Grant:
    """A role, given from today on; where it asks for a second step, the user has one."""
    given = grant(user, NewGrant(role, scope_kind, scope_id), by=None, at=now())
    if lacks_second_step(user):
        make_second_step(user)
    return given


def make_second_step(user: User) -> str:
    """A code from the telephone; answers its secret."""
    secret = generate_totp_secret()
    with by_themselves(user):
        TOTP.activate(user, secret)
    return secret


@contextmanager
def by_themselves(user: User) -> Iterator[None]:
    """Inside the block the user is signed in: secrets of the second step are sealed for who asks."""
    request = RequestFactory().get("/")
    request.user = user
    with request_context(request):
        yield


def make_administrator(which: str, name: str = "") -> User:
    """A system, security or audit administrator."""
    user = make_user(name)
    make_grant(user, which)
    return user
