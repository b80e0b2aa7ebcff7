"""The ring: one segment for each time due, filled when done, striped while it waits to be checked."""

from dataclasses import dataclass
from math import pi

RADIUS = 31
ROUND = 2 * pi * RADIUS
GAP = 4.2
STRIPE, PAUSE = 3.0, 2.5
MOST_SEGMENTS = 24  # more would be hairs: the ring is then drawn as one band


@dataclass(frozen=True)
class Ring:
    """The dash patterns of an SVG circle of radius 31: what is due, what is done, what waits to be checked."""

    due: str
    done: str
    waiting: str


def ring(done: int, of: int, waiting: int = 0) -> Ring:
    """A ring of `of` times due; what goes beyond is done and shown full. Raises ValueError for numbers below zero."""
    if done < 0 or waiting < 0 or of < 1:
        raise ValueError(f"A ring cannot show {done} and {waiting} of {of}.")
    done = min(done, of)
    waiting = min(waiting, of - done)
    if of > MOST_SEGMENTS or of == 1:
        return _band(done / of, waiting / of)
    segment = ROUND / of - GAP
    return Ring(
        due=_dashes([segment, GAP]),
        done=_dashes([segment, GAP] * done + [0, 999]) if done else "",
        waiting=_striped(done * (segment + GAP), waiting * (segment + GAP) - GAP) if waiting else "",
    )


def _band(done: float, waiting: float) -> Ring:
    return Ring(
        due="",
        done=_dashes([done * ROUND, 999]) if done else "",
        waiting=_striped(done * ROUND, waiting * ROUND) if waiting else "",
    )


def _striped(start: float, length: float) -> str:
    stripes = max(1, int((length + PAUSE) / (STRIPE + PAUSE)))
    return _dashes([0, start] + [STRIPE, PAUSE] * stripes + [0, 999])


def _dashes(lengths: list[float]) -> str:
    return " ".join(f"{length:.2f}".rstrip("0").rstrip(".") for length in lengths)
