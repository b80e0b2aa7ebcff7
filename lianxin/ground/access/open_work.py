"""What a person has in hand. Apps say here how to count it, and how to hand it on when the person leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from lianxin.ground.access.models import User

Name = str | Promise


@dataclass(frozen=True)
class OpenWork:
    """One kind of work. `name` is what a person would call it: 没办完的群众意见."""

    name: Name
    count: Callable[["User"], int]
    hand_on: "Callable[[User, User, UUID | None, datetime], None]"


_kinds: list[OpenWork] = []


def register(
    name: Name,
    count: Callable[["User"], int],
    hand_on: "Callable[[User, User, UUID | None, datetime], None]",
) -> None:
    """Declare a kind of work. `hand_on(leaver, heir, by, at)` runs inside the transaction of the leaving."""
    _kinds.append(OpenWork(name, count, hand_on))


def open_of(user: "User") -> list[tuple[OpenWork, int]]:
    """What the user has in hand, with how many of each; kinds with nothing open are left out."""
    counted = [(kind, kind.count(user)) for kind in _kinds]
    return [(kind, count) for kind, count in counted if count]


def in_words(open_work: list[tuple[OpenWork, int]]) -> list[str]:
    """The same as short phrases for a sentence."""
    return [_("%(name)s%(count)d件") % {"name": kind.name, "count": count} for kind, count in open_work]
