"""Events as sentences: a page of them in a handful of queries, in the language in use."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextChoices, TextField, Value
from django.db.models.functions import Cast
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lianxin.ground.core.events.kinds import EventKind, FactType, Look, Named, UnknownKind, kind, places_of
from lianxin.ground.core.events.naming import Names, is_person, names
from lianxin.ground.core.events.texts import PREFIX
from lianxin.ground.core.events.units import UNITS
from lianxin.ground.core.models import Effect, Event, EventMeasure, EventParty, EventText
from lianxin.ground.core.models.event import SAID_OF

Thing = tuple[str, UUID | str]  # a kind of things, and the id or code of one
Filled = tuple[str, SafeString]  # plain, and as HTML
BY_PARTY = itemgetter(2, 3)  # of what _read reads: the kind and the id
RETIRED = EventKind("core.retired", "", gettext_lazy("（这一类记录已停用）"), subject="event")


@dataclass(frozen=True)
class Said:
    """What somebody said of an event afterwards, and why."""

    event: Event
    by: str
    reason: str


@dataclass(frozen=True)
class Told:
    """An event in words. `marked` is its sentence as HTML, with the names of who took part in bold."""

    event: Event
    pattern: str
    values: Mapping[str, str]
    marked: SafeString
    look: Look
    annulled: Said | None = None
    refused: Said | None = None
    confirmed: tuple[Said, ...] = ()

    @property
    def sentence(self) -> str:
        """The event in plain words: the pattern of its kind with every place filled."""
        return self.pattern.format(**self.values)

    @property
    def waits_for_check(self) -> bool:
        """Whether it does not count yet, because somebody still has to confirm it."""
        return not (self.annulled or self.refused) and len(self.confirmed) < self.event.checks_needed


def tell(events: Sequence[Event], language: str | None = None, known: Names | None = None) -> list[Told]:
    """The events in words, in the same order; in `language`, or in the one in use.

    Takes three queries at most, and one for each kind of thing that has to be named, however many events there are;
    `known` are names that the caller has read already, by kind and id. Events that were read `with_said` and of which
    nothing was said take one less.
    """
    with translation.override(language) if language else nullcontext():
        page = _Page(events, dict(known or {}))
        return [page.tell(event) for event in events]


class _Spoken:
    """A kind in the language in use: its sentence and the places of it, read once a page."""

    def __init__(self, code: str) -> None:
        try:
            self.kind = kind(code)
        except UnknownKind:
            self.kind = RETIRED
        self.sentence = str(self.kind.sentence)
        self.places = places_of(self.sentence)


@dataclass
class _Page:
    """What has to be known to tell some events: by event, and in it by the place of the sentence."""

    events: Sequence[Event]
    names: dict[tuple[str, str], str]
    parties: dict[UUID, dict[str, tuple[Thing, ...]]] = field(default_factory=lambda: defaultdict(dict))
    measures: dict[UUID, dict[str, tuple[str, int]]] = field(default_factory=lambda: defaultdict(dict))
    texts: dict[UUID, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    said: dict[UUID, list[Event]] = field(default_factory=lambda: defaultdict(list))
    called: dict[tuple[Thing, ...], Filled] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ids = [event.id for event in self.events]
        spoken_of = [event.id for event in self.events if getattr(event, "is_spoken_of", True)]
        if spoken_of:
            for event in Event.objects.standing().filter(of__in=spoken_of, effect__in=SAID_OF).order_by("id"):
                self.said[event.of_id].append(event)
                ids.append(event.id)
        self.spoken = {code: _Spoken(code) for code in {event.kind for event in self.events}}
        self._read(ids)
        if self._tells_some("measures"):
            measures = EventMeasure.objects.filter(event__in=ids)
            for id, name, unit, count in measures.values_list("event_id", "name", "unit", "count"):
                self.measures[id][name] = unit, count
        unknown = {(kind, id) for kind, id in set(self._things_to_name()) if (kind, str(id)) not in self.names}
        self.names |= names(unknown)

    def _read(self, ids: Sequence[UUID]) -> None:
        """Texts and parties of these events, where a sentence tells some: one query for both."""
        parts: list[QuerySet[Any, Any]] = []
        if self.said or self._tells_some("texts"):
            texts = EventText.objects.filter(event__in=ids)
            parts.append(texts.values_list("event_id", "name", Value("", TextField()), "text"))
        if self._tells_some("parties"):
            parties = EventParty.objects.filter(event__in=ids)
            parts.append(parties.values_list("event_id", "role", "kind", Cast("party_id", TextField())))
        for id, name, party, told in sorted(parts[0].union(*parts[1:], all=True), key=BY_PARTY) if parts else ():
            if party:
                roles = self.parties[id]
                roles[name] = (*roles.get(name, ()), (party, UUID(told)))
            else:
                self.texts[id][name] = told

    def _tells_some(self, declared: str) -> bool:
        """Whether the sentence of any kind has a place of those that the kind declares under this name."""
        return any(not spoken.places.isdisjoint(getattr(spoken.kind, declared)) for spoken in self.spoken.values())

    def _things_to_name(self) -> Iterator[Thing]:
        for event in (*self.events, *(event for said in self.said.values() for event in said)):
            if event.by_id:
                yield "user", event.by_id
        for event in self.events:
            spoken = self.spoken[event.kind]
            if "subject" in spoken.places:
                yield event.subject_kind, event.subject_id
            for role, things in self.parties[event.id].items():
                if role in spoken.places:
                    yield from things
            for place, fact in spoken.kind.facts.items():
                if isinstance(fact, Named) and place in spoken.places and place in event.facts:
                    yield fact.kind, fact.type(event.facts[place])

    def tell(self, event: Event) -> Told:
        """One of the events in words."""
        spoken, said = self.spoken[event.kind], self.said[event.id]
        filled = {place: self._filled(spoken.kind, event, place) for place in spoken.places}
        return Told(
            event,
            spoken.sentence,
            {place: value for place, (value, _marked) in filled.items()},
            SafeString(spoken.sentence.format(**{place: marked for place, (_value, marked) in filled.items()})),
            spoken.kind.look,
            annulled=next(self._of(said, Effect.ANNULS), None),
            refused=next(self._of(said, Effect.REFUSES), None),
            confirmed=tuple(self._of(said, Effect.CONFIRMS)),
        )

    def _of(self, said: list[Event], effect: Effect) -> Iterator[Said]:
        return (Said(e, self._by(e)[0], self._text(e, "reason")) for e in said if e.effect == effect)

    def _filled(self, declared: EventKind, event: Event, place: str) -> Filled:
        """What stands in one place of the sentence, and the same as HTML: who took part is in bold."""
        if place == "by":
            return self._by(event)
        if place == "subject":
            return self._named(((event.subject_kind, event.subject_id),))
        if parties := self.parties[event.id].get(place):
            return self._named(parties)
        value = self._value(declared, event, place)
        return value, escape(value)

    def _value(self, declared: EventKind, event: Event, place: str) -> str:
        if measured := self.measures[event.id].get(place):
            unit, count = measured
            return UNITS[unit](count)
        if place in declared.texts:
            return self._text(event, place)
        if place in event.facts and place in declared.facts:
            return self._fact(declared.facts[place], event.facts[place])
        return _("（没有写）")

    def _by(self, event: Event) -> Filled:
        if event.by_id:
            return self._named((("user", event.by_id),))
        return (platform := _("平台")), format_html("<b>{}</b>", platform)

    def _named(self, things: tuple[Thing, ...]) -> Filled:
        """What things are called together; names of people stay as they are stored in every script."""
        if things not in self.called:
            value = pgettext("between names", "、").join(self.names[kind, str(id)] for kind, id in things)
            stays = all(is_person(kind) for kind, _id in things)
            self.called[things] = value, format_html('<b translate="no">{}</b>' if stays else "<b>{}</b>", value)
        return self.called[things]

    def _text(self, event: Event, name: str) -> str:
        if (text := self.texts[event.id].get(name)) is not None:
            return text
        return _("（文字已删去）") if PREFIX + name in event.facts else _("（没有写）")

    def _fact(self, declared: FactType, value: Any) -> str:
        if isinstance(declared, Named):
            return self.names[declared.kind, str(value)]
        if issubclass(declared, TextChoices):
            return str(declared(value).label) if value in declared.values else str(value)
        if declared is date:
            return date_format(date.fromisoformat(value), _("Y年n月j日"))
        if declared is bool:
            return _("是") if value else _("否")
        return str(value)
