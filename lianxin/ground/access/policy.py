"""The registry of actions. Every app lists in its policy.py what can be done to its things."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Answer:
    """Whether somebody may do something; when not, why: put in words only where somebody reads them."""

    allowed: bool
    why: str | Callable[[], str] = ""

    @property
    def reason(self) -> str:
        """Why not, in words for the person who asked."""
        return self.why if isinstance(self.why, str) else self.why()

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True)
class Action:
    """Something that can be done: `code` is app.verb, `label` what a button would say.

    `also(user, obj)` is asked after roles and scope have agreed, and may say no with a reason.
    `own(user, obj)` lets people do it to what is their own, whatever their roles.
    `is_business`: part of the work itself, which the three administrators never do; otherwise it keeps the platform.
    """

    code: str
    label: str | Promise
    also: Callable[[Any, Any], Answer] | None = None
    own: Callable[[Any, Any], bool] | None = None
    is_business: bool = True


class UnknownAction(LookupError):
    """No app declares this action; names the nearest one."""

    def __init__(self, code: str):
        near = difflib.get_close_matches(code, _actions, n=1)
        self.code, self.nearest = code, (near[0] if near else "")
        super().__init__(f"{code} is no action." + (f" Nearest: {self.nearest}." if near else ""))


_actions: dict[str, Action] = {}


def register(*actions: Action) -> None:
    """Declare actions; a code declared twice raises ValueError."""
    for new in actions:
        if _actions.get(new.code, new) is not new:
            raise ValueError(f"{new.code} is declared twice.")
        _actions[new.code] = new


def action(code: str) -> Action:
    """The action with this code; raises UnknownAction."""
    try:
        return _actions[code]
    except KeyError:
        raise UnknownAction(code) from None


def all_actions() -> dict[str, Action]:
    """Every declared action by code."""
    return dict(sorted(_actions.items()))
