"""Giving a role, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lianxin.ground.access import scopes
from lianxin.ground.access.answering import forget_grants, known_roles, roles
from lianxin.ground.access.errors import (
    AdministratorsApart,
    AdministratorsDoNoBusiness,
    AlreadyHeld,
    DaysReversed,
    HasLeft,
    LastAdministrator,
    NotRunning,
    NotToOneself,
    UnknownRole,
    WrongLevel,
    WrongScope,
)
from lianxin.ground.access.models import Grant, User
from lianxin.ground.access.naming import scope_code
from lianxin.ground.access.rules import RoleRule
from lianxin.ground.core.events import Ref, record


@dataclass(frozen=True)
class NewGrant:
    """A role to be given over a scope; from the day it is given, and until further notice, unless days are said."""

    role: str
    scope_kind: str = Grant.Scope.PLATFORM
    scope_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def grant(user: User, new: NewGrant, *, by: UUID | None, at: datetime) -> Grant:
    """Give `user` a role over a scope.

    Raises HasLeft, NotToOneself, UnknownRole, WrongScope, WrongLevel, DaysReversed, AlreadyHeld; where the person holds
    another role during these days AdministratorsApart (two of the three offices), AdministratorsDoNoBusiness (one and
    business).
    """
    if by == user.pk:
        raise NotToOneself
    with transaction.atomic():
        return give(locked(user), new, by=by, at=at)


def give(user: User, new: NewGrant, *, by: UUID | None, at: datetime) -> Grant:
    """The same, of a user that the caller has locked; nobody's own request comes here."""
    if not user.is_active:
        raise HasLeft(user)
    role = _role(new)
    starts_on = new.starts_on or timezone.localdate(at)
    if new.ends_on and new.ends_on < starts_on:
        raise DaysReversed
    _check_against_others(user, new, role, starts_on)
    given = Grant.objects.create(
        user=user, role=new.role, scope_kind=new.scope_kind, scope_id=new.scope_id,
        starts_on=starts_on, ends_on=new.ends_on,
    )  # fmt: skip
    if given.ends_on is None:
        forget_proposals(given)
    forget_grants(user)
    record("access.granted", subject=Ref("user", user.pk), by=by, at=at, facts=_facts(given))
    return given


def end_grant(given: Grant, *, by: UUID | None, at: datetime) -> None:
    """Take a grant back, from this moment on. Raises NotToOneself, NotRunning, LastAdministrator."""
    if by == given.user_id:
        raise NotToOneself
    with transaction.atomic():
        user = locked(given.user)
        hold_others(given)
        if roles().is_office(given.role) and not others_holding(given, on=timezone.localdate(at)):
            raise LastAdministrator(user, roles().name(given.role))
        take_back(given, by=by, at=at)


def take_back(given: Grant, *, by: UUID | None, at: datetime) -> None:
    """End one grant of a user that the caller has locked. Raises NotRunning."""
    last_day = max(timezone.localdate(at), given.starts_on)
    running = Grant.objects.running(timezone.localdate(at)).filter(pk=given.pk)
    if running.update(ends_on=last_day, ended_at=at) != 1:
        raise NotRunning(given.user, roles().name(given.role))
    given.ends_on, given.ended_at = last_day, at
    forget_grants(given.user)
    record("access.grant_ended", subject=Ref("user", given.user_id), by=by, at=at, facts=_facts(given))


def locked(user: User) -> User:
    """The user as it stands, held until the transaction ends, so that two grants are weighed one after the other."""
    return User.objects.select_for_update().get(pk=user.pk)


def hold_others(given: Grant) -> None:
    """Hold every grant of the same role over the same scope until the transaction ends, so that two do not end at once."""
    same = Grant.objects.filter(role=given.role).over(given.scope_kind, given.scope_id)
    list(same.select_for_update().order_by("id").values_list("id"))


def forget_proposals(post: Grant) -> None:
    """Nobody is proposed any more for this role over this scope: it was given away, or another is proposed."""
    Grant.objects.filter(role=post.role).over(post.scope_kind, post.scope_id).left_empty().update(proposed_heir=None)


def others_holding(given: Grant, *, on: date) -> bool:
    """Whether somebody else, who has come in, holds the same role over the same scope on this day, until further notice.

    Whoever holds it until some day only would leave it empty on the next.
    """
    same = Grant.objects.filter(role=given.role, user__is_active=True, user__joined_at__isnull=False, ends_on=None)
    return same.over(given.scope_kind, given.scope_id).in_force(on).exclude(user_id=given.user_id).exists()


def is_administrator(user: User, at: datetime) -> bool:
    """Whether the user holds, or is going to hold, one of the three offices."""
    return bool(office_held(user, at))


def office_held(user: User, at: datetime) -> str:
    """The code of the office that the user holds, or is going to hold; nothing where there is none."""
    running = Grant.objects.filter(user=user).running(timezone.localdate(at)).values_list("role", flat=True)
    return next(filter(known_roles().is_office, running), "")


def _role(new: NewGrant) -> RoleRule:
    role = roles().roles.get(new.role)
    if role is None:
        raise UnknownRole(new.role)
    if role.scope != new.scope_kind or (new.scope_id is None) != (role.scope == Grant.Scope.PLATFORM):
        raise WrongScope(role.called, str(Grant.Scope(role.scope).label))
    level = scopes.level(new.scope_kind, new.scope_id)
    if level and not role.fits(level):
        kind, scope = str(Grant.Scope(role.scope).label), scopes.name(new.scope_kind, new.scope_id)
        raise WrongLevel(role.called, kind, role.levels, scope, level)
    return role


def _check_against_others(user: User, new: NewGrant, role: RoleRule, starts_on: date) -> None:
    """Raise AlreadyHeld, AdministratorsApart or AdministratorsDoNoBusiness where the days of another grant meet the new one's."""
    meets = Grant.objects.filter(user=user).running(starts_on)
    if new.ends_on:
        meets = meets.filter(Q(starts_on__lte=new.ends_on))
    for held in meets:
        if (held.role, held.scope_kind, held.scope_id) == (new.role, new.scope_kind, new.scope_id):
            raise AlreadyHeld(user, role.called)
        called, is_office = roles().name(held.role), roles().is_office(held.role)
        if is_office and role.administrator:
            raise AdministratorsApart(user, called, role.called)
        if is_office or role.administrator:
            raise AdministratorsDoNoBusiness(user, called, role.called)


def _facts(given: Grant) -> dict[str, object]:
    facts: dict[str, object] = {"role": given.role, "over": scope_code(given), "starts_on": given.starts_on}
    return facts | ({"ends_on": given.ends_on} if given.ends_on else {})
