"""What users, roles and scopes are called in the sentences of the record."""

from uuid import UUID

from lianxin.ground.access import scopes
from lianxin.ground.access.answering import known_roles
from lianxin.ground.access.models import Grant, User


def users(ids: set[UUID]) -> dict[UUID, str]:
    """Names of users."""
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def role_names(codes: set[str]) -> dict[str, str]:
    """Names of roles, as the rules in force call them."""
    rules = known_roles()
    return {code: rules.name(code) for code in codes}


def scope_names(codes: set[str]) -> dict[str, str]:
    """Names of scopes, which an event keeps as `scope_code` writes them."""
    wanted = {code: _read(code) for code in codes}
    names = scopes.names(wanted.values())
    return {code: names[scope] for code, scope in wanted.items()}


def scope_code(grant: Grant) -> str:
    """The scope of a grant as one word: its kind, and its id where it has one."""
    return f"{grant.scope_kind}:{grant.scope_id}" if grant.scope_id else str(grant.scope_kind)


def _read(code: str) -> tuple[str, UUID | None]:
    kind, _colon, id = code.partition(":")
    return kind, UUID(id) if id else None
