"""What waits for somebody: shown at home, and written in the e-mail of the week. Apps say here how to count it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Waiting:
    """Something that waits: how much of it in words, what to do about it, and the page where one does, if there is one.

    It leaves the platform by e-mail: it counts, and names nobody.
    """

    title: str
    note: str
    icon: str
    href: str = ""


Ask = Callable[[Any], Waiting | None]
_asks: list[Ask] = []


def register(*asks: Ask) -> None:
    """Declare what may wait. Each is asked with a user, and answers None where nothing waits or it is not theirs to do."""
    _asks.extend(asks)


def waiting_for(user: Any) -> list[Waiting]:
    """What waits for this person today."""
    return [found for ask in _asks if (found := ask(user))]
