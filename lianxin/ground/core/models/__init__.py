"""Tables of the ground: the platform itself, the record and its seals, the schedule."""

from lianxin.ground.core.models.count import DailyCount
from lianxin.ground.core.models.event import Effect, Event, EventMeasure, EventParty, EventText
from lianxin.ground.core.models.job import JobRun, Worker
from lianxin.ground.core.models.platform import Platform
from lianxin.ground.core.models.record import Record, RecordOnlyGrows
from lianxin.ground.core.models.register import Register
from lianxin.ground.core.models.seal import DaySeal
from lianxin.ground.core.models.upload import Upload

__all__ = [
    "DailyCount",
    "DaySeal",
    "Effect",
    "Event",
    "EventMeasure",
    "EventParty",
    "EventText",
    "JobRun",
    "Platform",
    "Record",
    "RecordOnlyGrows",
    "Register",
    "Upload",
    "Worker",
]
