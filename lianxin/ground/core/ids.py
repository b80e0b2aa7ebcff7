"""Identifiers, ordered in time."""

import uuid

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): identifiers made later sort later, so lists can page by key."""
    return uuid_utils.compat.uuid7()
