"""权限 Who may do what to what, and why not: users, grants, and the only answerer."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lianxin.ground.access.policy import Answer


def can(user: Any, code: str, obj: Any = None) -> "Answer":
    """May `user` do `code` to `obj`? See answering.can; imported late because models load after this package."""
    from lianxin.ground.access.answering import can as answer

    return answer(user, code, obj)
