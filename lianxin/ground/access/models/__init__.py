"""Tables of access: users and what they were granted."""

from lianxin.ground.access.models.grant import Grant
from lianxin.ground.access.models.user import User

__all__ = ["Grant", "User"]
