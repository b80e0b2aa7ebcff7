"""Identifiers, ordered in time."""

import uuid
from collections.abc import Iterable
from typing import Any

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): identifiers made later sort later, so lists can page by key."""
    return uuid_utils.compat.uuid7()


def id_in(told: Any) -> uuid.UUID | None:
    """The identifier that an address or a form names; None where it names none, whatever somebody wrote there."""
    if isinstance(told, uuid.UUID):
        return told
    try:
        return uuid.UUID(str(told))
    except ValueError:
        return None


def ids_in(told: Iterable[Any]) -> list[uuid.UUID]:
    """Those of them that are identifiers, in their order."""
    return [id for id in map(id_in, told) if id]
