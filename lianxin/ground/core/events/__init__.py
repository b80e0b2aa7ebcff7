"""The record: kinds are declared by apps, events are written by verbs, and read by everybody."""

from lianxin.ground.core.events.kinds import EventKind, UnknownKind, all_kinds, kind, register
from lianxin.ground.core.events.writing import Entry, Party, Place, Ref, annul, record, record_all

__all__ = [
    "Entry",
    "EventKind",
    "Party",
    "Place",
    "Ref",
    "UnknownKind",
    "all_kinds",
    "annul",
    "kind",
    "record",
    "record_all",
    "register",
]
