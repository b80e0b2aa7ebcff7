"""What roles are given over. Apps that own bodies, places, stations and units say here how to choose and name them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from lianxin.ground.access.models import Grant

Choices = Callable[..., list[tuple[UUID, str]]]
Names = Callable[[Iterable[UUID]], dict[UUID, str]]


@dataclass(frozen=True)
class Levels:
    """The levels of one kind of scope. `of(ids)` gives the code of the level of each thing that has one."""

    all: type[TextChoices]
    of: Callable[[Iterable[UUID]], dict[UUID, str]]


@dataclass(frozen=True)
class ScopeKind:
    """How one kind of scope is chosen and named, and at which levels its things stand, where they have any."""

    kind: str
    choices: Choices
    names: Names
    levels: Levels | None = None


_kinds: dict[str, ScopeKind] = {}


def register_scope_kind(kind: str, choices: Choices, names: Names, levels: Levels | None = None) -> None:
    """Declare a kind of scope once.

    `choices(words, limit)` gives at most `limit` pairs of id and name whose name fits the words (all where the
    words are empty); where the kind has levels it is asked `choices(words, limit, levels)` and gives things of these
    alone. `names(ids)` gives the names of those it knows. Raises ValueError for an unknown kind, or one that is
    declared already.
    """
    if kind not in Grant.Scope.values or kind == Grant.Scope.PLATFORM:
        raise ValueError(f"{kind} is no kind of scope that can be chosen.")
    if kind in _kinds:
        raise ValueError(f"{kind} is declared twice.")
    _kinds[kind] = ScopeKind(kind, choices, names, levels)


def choices(
    kind: str, words: str = "", limit: int = 50, fits: Callable[[str], bool] = lambda _level: True
) -> list[tuple[UUID, str]]:
    """What can be chosen of this kind at the levels that fit; nothing where no app has declared it."""
    if (known := _kinds.get(kind)) is None:
        return []
    if known.levels is None:
        return known.choices(words, limit)
    return known.choices(words, limit, [level for level in ("", *known.levels.all) if fits(level)])


def levels(kind: str) -> type[TextChoices] | None:
    """The levels at which things of this kind stand; None where they have none."""
    known = _kinds.get(kind)
    return known.levels.all if known and known.levels else None


def level(kind: str, id: UUID | None) -> TextChoices | None:
    """The level of one thing; None where it has none, or nobody knows the thing."""
    return levels_of(kind, [id] if id else []).get(id)


def levels_of(kind: str, ids: Iterable[UUID]) -> dict[UUID | None, TextChoices]:
    """The levels of things of one kind, of those that have any; one query."""
    known = _kinds.get(kind)
    if known is None or known.levels is None or not (asked := list(ids)):
        return {}
    return {id: known.levels.all(code) for id, code in known.levels.of(asked).items() if code}


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
