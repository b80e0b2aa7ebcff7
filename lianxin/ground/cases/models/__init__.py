"""Tables of what every case shares."""

from lianxin.ground.cases.models.case import Case, Claimant, Means, Outcome, Round, Step
from lianxin.ground.cases.models.echo import Echo
from lianxin.ground.cases.models.handover import Handover, Pause
from lianxin.ground.cases.models.rating import Rating
from lianxin.ground.cases.models.reply import Promise, Reply

__all__ = [
    "Case",
    "Claimant",
    "Echo",
    "Handover",
    "Means",
    "Outcome",
    "Pause",
    "Promise",
    "Rating",
    "Reply",
    "Round",
    "Step",
]
