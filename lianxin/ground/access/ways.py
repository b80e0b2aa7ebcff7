"""The ways by which somebody signs in: whether there is one, and whether it is enough for what the person may do."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt

from lianxin.ground.access.answering import grants_of, known_roles
from lianxin.ground.access.demo import is_shared
from lianxin.ground.access.errors import SecretUnopenable
from lianxin.ground.access.models import User

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SECRETS = {  # where the library keeps each, and how it looks when it is open: neither can stand for the other
    Authenticator.Type.TOTP: ("secret", re.compile(r"[A-Z2-7]{32}")),
    Authenticator.Type.RECOVERY_CODES: ("seed", re.compile(r"[0-9a-f]{80}")),
}


def has_way_in(user: User) -> bool:
    """Whether the user can sign in at all: by a password, or by a passkey. Who cannot comes in by an invitation alone."""
    passkeys = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    return user.has_usable_password() or passkeys.exists()


def needs_second_step(user: Any) -> bool:
    """Whether a role of the user asks for more than a password (RoleRule.needs_second_step).

    Made-up people whose password everybody knows are left alone: the first visitor's second step would keep out the next.
    """
    if is_shared(user):
        return False
    rules = known_roles().roles
    return any(rules[grant.role].needs_second_step for grant in grants_of(user) if grant.role in rules)


def lacks_second_step(user: Any) -> bool:
    """Whether it is asked for and not there: one query, and only for those of whom it is asked."""
    if not needs_second_step(user):
        return False
    return not Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_STEPS).exists()


def opens(key: Authenticator) -> bool:
    """Whether the secret behind codes is the one that was stored for this account and this use of it.

    Ask inside a request of its owner, to whom secrets are bound. A passkey keeps no secret here.
    """
    if key.type not in SECRETS:
        return True
    field, shape = SECRETS[Authenticator.Type(key.type)]
    try:
        return shape.fullmatch(decrypt(key.data.get(field, ""))) is not None
    except SecretUnopenable:
        return False
