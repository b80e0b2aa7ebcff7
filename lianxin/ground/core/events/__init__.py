"""The record: kinds are declared by apps, events are written by verbs, and read by everybody. See docs/record.md."""

from lianxin.ground.core.events.kinds import EventKind, Named, UnknownKind, all_kinds, kind, register
from lianxin.ground.core.events.naming import names, register_namer
from lianxin.ground.core.events.saying import annul, confirm, redact, refuse
from lianxin.ground.core.events.telling import Told, tell
from lianxin.ground.core.events.writing import Entry, Party, Place, Ref, record, record_all

__all__ = [
    "Entry",
    "EventKind",
    "Named",
    "Party",
    "Place",
    "Ref",
    "Told",
    "UnknownKind",
    "all_kinds",
    "annul",
    "confirm",
    "kind",
    "names",
    "record",
    "record_all",
    "redact",
    "refuse",
    "register",
    "register_namer",
    "tell",
]
