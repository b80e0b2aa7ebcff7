"""The registry of event kinds. Apps fill it in apps.py; presets may name only what stands here."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.functional import Promise

CODE = re.compile(r"[a-z]+\.[a-z_]+")
FACT_TYPES = (bool, int, str, date, UUID)
WORD = re.compile(r"[A-Za-z0-9_.:/+-]{0,80}")  # what a fact may say in letters: a code, never free text


class UnknownKind(LookupError):
    """No app declares an event of that kind; `nearest` is the most similar one, if any is."""

    def __init__(self, code: str):
        near = difflib.get_close_matches(code, _kinds, n=1)
        self.code, self.nearest = code, (near[0] if near else "")
        super().__init__(f"{code} is no kind of event." + (f" Nearest: {self.nearest}." if near else ""))


@dataclass(frozen=True)
class EventKind:
    """A kind of event.

    `sentence` is Chinese with named places: {by}, {subject}, any party role, any fact, any measure, and the
    name of any text; the timeline fills them. `measures` name → unit; `facts` name → type; `texts` are names
    of redactable texts. `must_be_checked` kinds count only when another person's event confirms them.
    """

    code: str
    label: str | Promise
    sentence: str | Promise
    subject: str
    parties: tuple[str, ...] = ()
    measures: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, type] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    must_be_checked: bool = False

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise ValueError(f"{self.code}: write app.verb, such as opinions.replied.")
        if wrong := [t for t in self.facts.values() if t not in FACT_TYPES]:
            raise ValueError(f"{self.code}: a fact is a bool, int, code, date or id, not {wrong}.")


_kinds: dict[str, EventKind] = {}


def register(*kinds: EventKind) -> None:
    """Declare kinds of events; a code declared twice raises ValueError."""
    for new in kinds:
        if _kinds.get(new.code, new) is not new:
            raise ValueError(f"{new.code} is declared twice.")
        _kinds[new.code] = new


def kind(code: str) -> EventKind:
    """The kind with this code; raises UnknownKind, which names the nearest one."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(code) from None


def all_kinds() -> dict[str, EventKind]:
    """Every declared kind by code."""
    return dict(sorted(_kinds.items()))
