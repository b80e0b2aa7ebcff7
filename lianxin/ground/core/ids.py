"""Identifiers: ordered in time where order helps, without any where it would betray somebody."""

import uuid

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): identifiers made later sort later, so lists can page by key."""
    return uuid_utils.compat.uuid7()


def secret_id() -> uuid.UUID:
    """A UUIDv4, for ballots and receipt codes: tells neither order nor time."""
    return uuid.uuid4()
