"""The verbs of access: invite, come in, grant, take back, leave, fill a post left empty or find that it needs nobody."""

from lianxin.ground.access.actions.granting import NewGrant, end_grant, grant, is_administrator
from lianxin.ground.access.actions.inviting import accept, invite, reinvite
from lianxin.ground.access.actions.leaving import leave
from lianxin.ground.access.actions.posts import dismiss_post, fill_post, posts_of
from lianxin.ground.access.actions.second_step import tell_unopenable
from lianxin.ground.access.actions.unlocking import unlock

__all__ = [
    "NewGrant",
    "accept",
    "dismiss_post",
    "end_grant",
    "fill_post",
    "grant",
    "invite",
    "is_administrator",
    "leave",
    "posts_of",
    "reinvite",
    "tell_unopenable",
    "unlock",
]
