"""May this person do this to that? One place answers, and says why not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.ground.access.models import Grant
from lianxin.ground.access.policy import Action, Answer, action
from lianxin.ground.access.rules import RoleRules
from lianxin.ground.core.clock import today
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.errors import NothingInForce

YES = Answer(True)
NO_ROLES = RoleRules.model_construct(roles={})


class Scoped(Protocol):
    """A thing that lies in scopes: its body, its place and the places around it, its station, its unit."""

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """Every (scope kind, id) that this thing lies in; asks no query."""


@dataclass(frozen=True)
class Reach:
    """How far somebody's right to one action goes: everywhere, or in these scopes."""

    everywhere: bool
    scopes: frozenset[tuple[str, UUID]]
    looked_up: dict[frozenset[UUID], list[str]] = field(default_factory=dict, compare=False, repr=False)
    """The paths of places, once somebody asked for them; all that one user may do shares them."""

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.scopes)

    def covers(self, obj: Scoped) -> bool:
        """Whether the thing lies in one of the scopes."""
        return self.everywhere or not self.scopes.isdisjoint(obj.access_scopes())

    def ids(self, kind: str) -> set[UUID]:
        """The ids of the scopes of one kind."""
        return {id for scope, id in self.scopes if scope == kind}


NOWHERE = Reach(everywhere=False, scopes=frozenset())


@dataclass
class Held:
    """What one user holds on a day, and how far that goes by the rules it was asked under: read once a request."""

    day: date
    grants: list[Grant]
    rules: RoleRules | None = None
    reaches: dict[str, Reach] = field(default_factory=dict)
    looked_up: dict[frozenset[UUID], list[str]] = field(default_factory=dict)

    def under(self, rules: RoleRules) -> dict[str, Reach]:
        """How far each action reaches under these rules, as far as it was asked."""
        if rules is not self.rules:
            self.rules, self.reaches = rules, {}
        return self.reaches


def grants_of(user: Any) -> list[Grant]:
    """The user's grants in force today: one query a request, kept on the user."""
    if not user.is_authenticated or not user.is_active:
        return []
    return _held(user).grants


def _held(user: Any) -> Held:
    day = today()
    kept: Held | None = getattr(user, "_grants_in_force", None)
    if kept is None or kept.day != day:
        kept = Held(day, list(Grant.objects.filter(user_id=user.pk).in_force(day)))
        user._grants_in_force = kept
    return kept


def forget_grants(user: Any) -> None:
    """Read the user's grants anew next time."""
    user.__dict__.pop("_grants_in_force", None)


def reach(user: Any, code: str) -> Reach:
    """How far the user's right to this action goes; nowhere for business where the user is an administrator.

    Raises UnknownAction.
    """
    if not user.is_authenticated or not user.is_active:
        action(code)
        return NOWHERE
    held, rules = _held(user), known_roles()
    known = held.under(rules)
    if code not in known:
        known[code] = _reach(held, rules, action(code))
    return known[code]


def _reach(known: Held, rules: RoleRules, asked: Action) -> Reach:
    allowing = rules.allowing(asked.code)
    held = [grant for grant in known.grants if grant.role in allowing]
    if not held or (asked.is_business and any(rules.is_office(grant.role) for grant in known.grants)):
        return NOWHERE
    return Reach(
        everywhere=any(grant.scope_kind == Grant.Scope.PLATFORM for grant in held),
        scopes=frozenset((grant.scope_kind, grant.scope_id) for grant in held if grant.scope_id),
        looked_up=known.looked_up,
    )


def can(user: Any, code: str, obj: Any = None) -> Answer:
    """May `user` do this (to `obj`)? When not, the reason is told in the words of the work."""
    asked = action(code)
    if asked.own and obj is not None and user.is_authenticated and asked.own(user, obj):
        return YES
    if not user.is_authenticated:
        return Answer(False, _("请先登录。"))
    far = reach(user, code)
    if not far:
        return Answer(False, partial(_why_nowhere, user, asked))
    if obj is not None and not far.covers(obj):
        return Answer(False, partial(_why_not_here, asked))
    return asked.also(user, obj) if asked.also else YES


def _why_nowhere(user: Any, asked: Action) -> str:
    """Why somebody may do this nowhere: no rules, no role that may, an administrator, or no grant."""
    try:
        roles()
    except NothingInForce as nothing:
        return str(nothing)
    told = {"action": asked.label, "roles": _who_may(asked.code)}
    if not told["roles"]:
        return _("这里的规则没有把“%(action)s”交给任何角色。") % told
    if asked.is_business and (office := office_of(user)):
        told |= {"office": office}
        return _("您是%(office)s，管理员不办业务，所以不能“%(action)s”。请找%(roles)s来做。") % told
    return _("“%(action)s”由%(roles)s来做。需要的话，请安全管理员给您授权。") % told


def _why_not_here(asked: Action) -> str:
    told = {"action": asked.label, "roles": _who_may(asked.code)}
    return _("这不在您负责的范围里，所以不能“%(action)s”。请找负责那里的%(roles)s。") % told


def _who_may(code: str) -> str:
    return _("、").join(role.called for role in known_roles().allowing(code).values())


def office_of(user: Any) -> str:
    """Which of the three administrators the user is today, by the role's name; nothing for everybody else."""
    rules = known_roles()
    return next((rules.name(grant.role) for grant in grants_of(user) if rules.is_office(grant.role)), "")


def roles() -> RoleRules:
    """The roles of the rules in force today. Raises NothingInForce."""
    return in_force(today()).section(RoleRules)


def known_roles() -> RoleRules:
    """The same for who only asks: no roles at all where no rules are in force."""
    try:
        return roles()
    except NothingInForce:
        return NO_ROLES
