"""Free text of events: kept in rows that can be taken away, while the event keeps a salted hash."""

import secrets

from lianxin.ground.core.events import merkle
from lianxin.ground.core.models import Event, EventText

PREFIX = "text:"  # facts begin so that hold the hash of a text


def new_text(event: Event, name: str, text: str) -> EventText:
    """The text, with a salt of its own; puts its hash into the facts of the event."""
    salt = secrets.token_bytes(EventText.SALT_BYTES)
    event.facts[PREFIX + name] = salted_hash(merkle.in_use(), salt, text)
    return EventText(event=event, name=name, text=text, salt=salt)


def salted_hash(algorithm: str, salt: bytes, text: str) -> str:
    """The hash of salt and text, after the name of its algorithm: `sha256:9f2c…`."""
    return f"{algorithm}:{merkle.ALGORITHMS[algorithm](salt + text.encode()).hex()}"


def fits(kept: str, salt: bytes, text: str) -> bool:
    """Whether the hash that an event keeps is that of this salt and text."""
    algorithm = kept.partition(":")[0]
    return algorithm in merkle.ALGORITHMS and kept == salted_hash(algorithm, salt, text)


def names_of(facts: dict[str, object]) -> set[str]:
    """The names of the texts that an event was given."""
    return {name.removeprefix(PREFIX) for name in facts if name.startswith(PREFIX)}
