"""Tables of access: users, how they come in, what they were granted, how often somebody tried, and who was reminded."""

from lianxin.ground.access.models.digest import Digest
from lianxin.ground.access.models.grant import Grant
from lianxin.ground.access.models.hit import Hit
from lianxin.ground.access.models.invitation import Invitation
from lianxin.ground.access.models.user import User, plain_username

__all__ = ["Digest", "Grant", "Hit", "Invitation", "User", "plain_username"]
