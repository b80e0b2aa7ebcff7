"""Tables of the ground: the platform itself, events, seals."""

from lianxin.ground.core.models.event import Event, EventMeasure, EventParty, EventText
from lianxin.ground.core.models.platform import Platform
from lianxin.ground.core.models.record import Record

__all__ = ["Event", "EventMeasure", "EventParty", "EventText", "Platform", "Record"]
