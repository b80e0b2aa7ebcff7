"""去向 What an opinion became part of, as the apps above say: they register who knows, this app need not."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID


class Became(NamedTuple):
    """Something that stands on an opinion: what it is called, where it is, its page at the desk, and whether more may come of it."""

    id: UUID
    called: str
    state: str
    desk: str
    is_open: bool


Knows = Callable[[UUID], list[Became]]
Begins = Callable[[Any, UUID], str]
_knowing: list[tuple[Knows, Begins]] = []


def register(knows: Knows, begins: Begins) -> None:
    """Declare who knows what an opinion became part of, and where a deputy begins one: `begins(user, opinion)`, or nowhere."""
    if (knows, begins) not in _knowing:
        _knowing.append((knows, begins))


def of(opinion: UUID) -> list[Became]:
    """Everything that stands on it, the latest first. One query for each who knows."""
    return [became for knows, _begins in _knowing for became in knows(opinion)]


def beginning(user: Any, opinion: UUID) -> str:
    """Where this person makes something of it; empty where nowhere."""
    return next((address for _knows, begins in _knowing if (address := begins(user, opinion))), "")
