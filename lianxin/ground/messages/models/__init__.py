"""Tables of messages."""

from lianxin.ground.messages.models.outgoing import UNDO, Outgoing
from lianxin.ground.messages.models.reach import Reach
from lianxin.ground.messages.models.received import Received

__all__ = ["UNDO", "Outgoing", "Reach", "Received"]
