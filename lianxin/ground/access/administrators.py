"""The three administrators of a new platform."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lianxin.ground.access.actions import NewGrant, invite, reinvite
from lianxin.ground.access.answering import roles
from lianxin.ground.access.errors import AdministratorsStand
from lianxin.ground.access.models import Grant, User
from lianxin.ground.access.rules import Administrator


@dataclass(frozen=True)
class Opening:
    """A code with which one administrator comes in for the first time."""

    user: User
    role: str
    code: str


def open_administrators(*, at: datetime) -> list[Opening]:
    """Invite the three administrators, or those who have not come in yet once more.

    Raises AdministratorsStand where all three have come in.
    """
    with transaction.atomic():
        openings = [opening for which in Administrator if (opening := _open(which, at))]
        if not openings:
            raise AdministratorsStand([user.name for user in _holders(at)])
    return openings


def _open(which: Administrator, at: datetime) -> Opening | None:
    """A code for this office, or None where somebody in office has come in."""
    code = roles().administrator(which)
    name = roles().roles[code].name  # the office's, whatever language is read
    holders = _holders(at, code)
    if any(user.joined_at for user in holders):
        return None
    if holders:
        return Opening(holders[0], name, reinvite(holders[0], by=None, at=at))
    return Opening(*_invited(name, code, at))


def _invited(name: str, role: str, at: datetime) -> tuple[User, str, str]:
    user, code = invite(name, role, [NewGrant(role)], by=None, at=at)
    return user, name, code


def _holders(at: datetime, *roles_held: str) -> list[User]:
    offices = roles_held or [code for code, role in roles().roles.items() if role.administrator]
    held = Grant.objects.in_force(timezone.localdate(at)).filter(role__in=offices, user__is_active=True)
    return [grant.user for grant in held.select_related("user").order_by("pk")]
