"""Bringing somebody in: the invitation, and what the invited makes of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import IntegrityError, transaction

from lianxin.ground.access.actions.granting import NewGrant, give, is_administrator, locked
from lianxin.ground.access.actions.unlocking import forget_failures
from lianxin.ground.access.errors import HasLeft, NotToOneself, ReopenedAtTheServer, UsernameTaken, UsernameUnfit
from lianxin.ground.access.kinds import FirstWay
from lianxin.ground.access.models import Invitation, User, plain_username
from lianxin.ground.access.models.user import USERNAME
from lianxin.ground.access.sessions import end_sessions
from lianxin.ground.core.events import Ref, record


def invite(
    name: str, username: str, grants: Sequence[NewGrant] = (), *, email: str = "", by: UUID | None, at: datetime
) -> tuple[User, str]:
    """Make a user with these grants, and a code to come in with, shown once (see Invitation).

    Raises UsernameUnfit, UsernameTaken, and whatever `grant` raises.
    """
    username = plain_username(username)
    if not USERNAME.fullmatch(username):
        raise UsernameUnfit(username)
    with transaction.atomic():
        user = _make(username, name, email)
        record("access.invited", subject=Ref("user", user.pk), by=by, at=at)
        for new in grants:
            give(user, new, by=by, at=at)
        return user, Invitation.make(user, by=by, at=at)


def reinvite(user: User, *, by: UUID | None, at: datetime) -> str:
    """For a lost password or telephone: a new code. Password, passkeys, second steps and sessions end at once.

    An administrator's is reopened at the server alone (`by` is None): another administrator who was shown the code
    could come in as that one, and hold two offices. Raises HasLeft, NotToOneself, ReopenedAtTheServer.
    """
    if by == user.pk:
        raise NotToOneself
    if by and is_administrator(user, at):
        raise ReopenedAtTheServer(user)
    with transaction.atomic():
        user = locked(user)
        if not user.is_active:
            raise HasLeft(user)
        close_ways_in(user)
        record("access.reinvited", subject=Ref("user", user.pk), by=by, at=at)
        return Invitation.make(user, by=by, at=at)


def accept(
    invitation: Invitation,
    *,
    password: str | None = None,
    passkey: dict[str, Any] | None = None,
    name: str | None = None,
    at: datetime,
) -> User:
    """Use the invitation up, and keep the password or the passkey (name and credential, as checked by its form).

    `name` is the person's own, where nobody could know it beforehand. Raises InvitationSpent.
    """
    if (password is None) == (passkey is None):
        raise ValueError("Somebody comes in by a password or by a passkey.")
    with transaction.atomic():
        invitation.use(at=at)
        user = locked(invitation.user)
        user.set_password(password)
        user.joined_at = user.joined_at or at
        user.name = name or user.name
        user.save(update_fields=["password", "joined_at", "name"])
        if passkey:
            WebAuthn.add(user, passkey["name"], passkey["credential"])
        forget_failures(user)
        way = FirstWay.PASSKEY if passkey else FirstWay.PASSWORD
        record("access.joined", subject=Ref("user", user.pk), by=user.pk, at=at, facts={"way": way})
        return user


def close_ways_in(user: User) -> None:
    """Nothing that opened the door for this user opens it any more: password, passkeys, codes, sessions, invitations."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user_id=user.pk).delete()
    Invitation.objects.filter(user=user, used_at__isnull=True).delete()
    end_sessions(user)


def _make(username: str, name: str, email: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(username, name, email=email)
    except IntegrityError as taken:
        raise UsernameTaken(username) from taken
