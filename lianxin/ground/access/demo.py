"""Sign-ins of made-up people. They exist only on a platform that was made with made-up people, and never on another."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from lianxin.ground.access.actions import NewGrant, accept, invite
from lianxin.ground.access.duties import Duty, duties
from lianxin.ground.access.errors import NotADemo
from lianxin.ground.access.models import Grant, Invitation, User
from lianxin.ground.core.clock import today
from lianxin.ground.core.models import Platform

PASSWORD = "yanshi-lianxin"  # noqa: S105 - printed for everybody who starts the demonstration


@dataclass(frozen=True)
class DemoSignIn:
    """One made-up person as whom anybody may sign in."""

    user: User
    duties: list[Duty]
    password: str = PASSWORD


def is_demo() -> bool:
    """Whether all people of this platform are made up."""
    platform = Platform.current()
    return bool(platform and platform.is_demo)


def demo_user(name: str, username: str, *grants: NewGrant, at: datetime) -> User:
    """Make a person as whom anybody may sign in. Raises NotADemo, and whatever `invite` raises."""
    if not is_demo():
        raise NotADemo
    with transaction.atomic():
        user, code = invite(name, username, grants, by=None, at=at)
        accept(Invitation.of_code(code, at=at), password=PASSWORD, at=at)
        User.objects.filter(pk=user.pk).update(is_demo_sign_in=True)
    return user


def demo_sign_ins() -> list[DemoSignIn]:
    """Everybody as whom anybody may sign in, in the order they were made; nobody unless all people are made up."""
    if not is_demo():
        return []
    users = list(User.objects.filter(is_demo_sign_in=True, is_active=True).order_by("pk"))
    held = Grant.objects.in_force(today()).filter(user__in=users).order_by("pk")
    told = duties(held)
    return [DemoSignIn(user, [duty for duty in told if duty.grant.user_id == user.pk]) for user in users]


def is_shared(user: Any) -> bool:
    """Whether everybody may sign in as this user."""
    return bool(user.is_authenticated and user.is_demo_sign_in and is_demo())


def may_enter_as(username: str) -> User:
    """The made-up person of this name, to be signed in as. Raises NotADemo, User.DoesNotExist."""
    if not is_demo():
        raise NotADemo
    return User.objects.get(username=username, is_demo_sign_in=True, is_active=True)
