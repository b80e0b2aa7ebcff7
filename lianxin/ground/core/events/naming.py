"""What things are called. Apps register a namer for each kind of thing; the record itself keeps ids alone."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

Namer = Callable[[set[Any]], Mapping[Any, str]]
Names = Mapping[tuple[str, str], str]

_namers: dict[str, Namer] = {}
_people: set[str] = set()


def register_namer(kind: str, namer: Namer, *, of_people: bool = False) -> None:
    """Name things of this kind from now on: `namer` takes a set of ids (or codes) and gives the names of those it knows.

    It asks the database once, whatever the number, and answers in the language in use. Names `of_people` are shown as
    they are stored in every script. Raises ValueError for a second namer of a kind.
    """
    if _namers.get(kind, namer) is not namer:
        raise ValueError(f"{kind} has a namer already.")
    _namers[kind] = namer
    if of_people:
        _people.add(kind)


def is_person(kind: str) -> bool:
    """Whether things of this kind are called by the name of a person."""
    return kind in _people


def names(wanted: Iterable[tuple[str, UUID | str]]) -> Names:
    """The names of things, given as kind and id; each namer is asked once. What has no name is told in plain words."""
    by_kind: dict[str, set[Any]] = {}
    for kind, id in wanted:
        by_kind.setdefault(kind, set()).add(id)
    found: dict[tuple[str, str], str] = {}
    for kind, ids in by_kind.items():
        known = _namers[kind](ids) if kind in _namers else {}
        for id in ids:
            found[kind, str(id)] = known.get(id) or _("（名称已不可查）")
    return found
