"""Tables of access: users, how they come in, what they were granted, and how often somebody tried."""

from lianxin.ground.access.models.grant import Grant
from lianxin.ground.access.models.hit import Hit
from lianxin.ground.access.models.invitation import Invitation
from lianxin.ground.access.models.user import User, plain_username

__all__ = ["Grant", "Hit", "Invitation", "User", "plain_username"]
