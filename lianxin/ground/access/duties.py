"""What somebody may do, in words: each grant with its role, its scope and its actions."""

from collections.abc import Iterable
from dataclasses import dataclass

from lianxin.ground.access import scopes
from lianxin.ground.access.answering import known_roles
from lianxin.ground.access.models import Grant
from lianxin.ground.access.policy import all_actions


@dataclass(frozen=True)
class Duty:
    """A grant in words. `may` are the labels of what the role may do, in the order of their codes."""

    grant: Grant
    role: str
    scope: str
    may: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.role}（{self.scope}）"


def duties(grants: Iterable[Grant]) -> list[Duty]:
    """The grants in words: one query for each kind of scope."""
    grants = list(grants)
    names = scopes.names((grant.scope_kind, grant.scope_id) for grant in grants)
    rules = known_roles()
    return [
        Duty(grant, rules.name(grant.role), names[grant.scope_kind, grant.scope_id], may(grant.role))
        for grant in grants
    ]


def may(role: str) -> tuple[str, ...]:
    """The labels of what a role may do; nothing for a role that the rules no longer know."""
    rule = known_roles().roles.get(role)
    return tuple(str(action.label) for code, action in all_actions().items() if rule and rule.allows(code))
