"""The registry of event kinds. Apps fill it in apps.py; presets may name only what stands here."""

import difflib
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal
from uuid import UUID

from django.db.models import TextChoices
from django.utils.functional import Promise

from lianxin.ground.core.events.units import UNITS
from lianxin.ground.core.models import Effect

CODE = re.compile(r"[a-z]+\.[a-z_]+")
WORD = re.compile(r"[A-Za-z0-9_.:/+-]{0,80}")  # what a fact may say in letters: a code, never free text
FACT_TYPES = (bool, int, str, date, UUID)
ALWAYS = frozenset({"by", "subject"})  # places of a sentence that every event fills
Look = Literal["people", "doc", "clock"]


class UnknownKind(LookupError):
    """No app declares an event of that kind; `nearest` is the most similar one, if any is."""

    def __init__(self, code: str):
        near = difflib.get_close_matches(code, _kinds, n=1)
        self.code, self.nearest = code, (near[0] if near else "")
        super().__init__(f"{code} is no kind of event." + (f" Nearest: {self.nearest}." if near else ""))


@dataclass(frozen=True)
class Named:
    """A fact that is a code or an id, told by the name that the namer of `kind` gives it."""

    kind: str
    type: type = str


FactType = type | Named  # bool, int, a code, a date, an id, one of a TextChoices, or something Named


@dataclass(frozen=True)
class EventKind:
    """A kind of event.

    `sentence` is Chinese with named places: {by}, {subject}, any party role, fact, measure or text; an event
    must fill every place of its sentence. `measures` name → unit (see units.py); `facts` name → type; `texts`
    are names of redactable texts. Events of a kind with `checks` count only when that many other people have
    confirmed them. `effect` is what the kind says of another event. `look` is how a timeline draws it:
    something people said or did, a document, or the clock.
    """

    code: str
    label: str | Promise
    sentence: str | Promise
    subject: str
    parties: tuple[str, ...] = ()
    measures: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, FactType] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    checks: int = 0
    effect: Effect = Effect.NONE
    look: Look = "people"

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise ValueError(f"{self.code}: write app.verb, such as opinions.replied.")
        if wrong := [t for t in self.facts.values() if not _is_fact_type(t)]:
            raise ValueError(f"{self.code}: a fact is a bool, int, code, date or id, not {wrong}.")
        for unit in self.measures.values():
            if unit not in UNITS:
                raise ValueError(f"{self.code}: {unit} is no unit.{_nearest(unit, UNITS)}")
        names = [*ALWAYS, *self.parties, *self.measures, *self.facts, *self.texts]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{self.code} declares twice: {', '.join(sorted(twice))}.")
        for place in places_of(str(self.sentence)):
            if place not in names:
                raise ValueError(f"{self.code}: the sentence tells {place}.{_nearest(place, names)}")
            if self.facts.get(place) is UUID:
                raise ValueError(f"{self.code}: the sentence would tell an id; declare {place} as Named(kind, UUID).")

    @property
    def places(self) -> frozenset[str]:
        """What the sentence tells, beside who did it and what it is about."""
        return places_of(str(self.sentence)) - ALWAYS


@cache
def places_of(sentence: str) -> frozenset[str]:
    """The named places of a sentence.

    >>> sorted(places_of("{by}答复了{subject}"))
    ['by', 'subject']
    """
    return frozenset(name for _text, name, _format, _conversion in string.Formatter().parse(sentence) if name)


def _is_fact_type(given: object) -> bool:
    if isinstance(given, Named):
        return given.type in (str, UUID)
    return isinstance(given, type) and (given in FACT_TYPES or issubclass(given, TextChoices))


def _nearest(word: str, known: Mapping[str, object] | list[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f" Nearest: {near[0]}." if near else ""


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
