"""What roles are given over. Apps that own bodies, places, stations and units say here how to choose and name them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.ground.access.models import Grant

Choices = Callable[[str, int], list[tuple[UUID, str]]]
Names = Callable[[Iterable[UUID]], dict[UUID, str]]


@dataclass(frozen=True)
class ScopeKind:
    """How one kind of scope is chosen and named."""

    kind: str
    choices: Choices
    names: Names


_kinds: dict[str, ScopeKind] = {}


def register_scope_kind(kind: str, choices: Choices, names: Names) -> None:
    """Declare a kind of scope once.

    `choices(words, limit)` gives at most `limit` pairs of id and name whose name fits the words (all where the
    words are empty); `names(ids)` gives the names of those it knows. Raises ValueError for an unknown kind, or
    one that is declared already.
    """
    if kind not in Grant.Scope.values or kind == Grant.Scope.PLATFORM:
        raise ValueError(f"{kind} is no kind of scope that can be chosen.")
    if kind in _kinds:
        raise ValueError(f"{kind} is declared twice.")
    _kinds[kind] = ScopeKind(kind, choices, names)


def choices(kind: str, words: str = "", limit: int = 50) -> list[tuple[UUID, str]]:
    """What can be chosen of this kind; nothing where no app has declared it."""
    return _kinds[kind].choices(words, limit) if kind in _kinds else []


def name(kind: str, id: UUID | None) -> str:
    """What one scope is called; see `names`."""
    return names([(kind, id)])[(kind, id)]


def names(scopes: Iterable[tuple[str, UUID | None]]) -> dict[tuple[str, UUID | None], str]:
    """What these scopes are called: one query for each kind. A scope that nobody can name is called by its kind."""
    scopes = set(scopes)
    found: dict[tuple[str, UUID | None], str] = {}
    for kind in {kind for kind, id in scopes if id and kind in _kinds}:
        ids = [id for other, id in scopes if other == kind and id]
        found |= {(kind, id): name for id, name in _kinds[kind].names(ids).items()}
    return {scope: found.get(scope) or _unnamed(scope[0]) for scope in scopes}


def _unnamed(kind: str) -> str:
    if kind == Grant.Scope.PLATFORM:
        return str(Grant.Scope.PLATFORM.label)
    return _("查不到名称的%(kind)s") % {"kind": Grant.Scope(kind).label}
