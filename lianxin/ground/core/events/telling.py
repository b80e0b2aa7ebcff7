"""Events as sentences: a page of them in a handful of queries, in the language in use."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianxin.ground.core.events.kinds import ALWAYS, EventKind, FactType, Look, Named, UnknownKind, kind, places_of
from lianxin.ground.core.events.naming import Names, is_person, names
from lianxin.ground.core.events.texts import PREFIX
from lianxin.ground.core.events.units import UNITS
from lianxin.ground.core.models import Effect, Event, EventMeasure, EventParty, EventText


@dataclass(frozen=True)
class Said:
    """What somebody said of an event afterwards, and why."""

    event: Event
    by: str
    reason: str


@dataclass(frozen=True)
class Told:
    """An event in words. `marked` is the same sentence as HTML, with the names of who took part in bold."""

    event: Event
    sentence: str
    marked: SafeString
    look: Look
    annulled: Said | None = None
    refused: Said | None = None
    confirmed: tuple[Said, ...] = ()

    @property
    def waits_for_check(self) -> bool:
        """Whether it does not count yet, because somebody still has to confirm it."""
        return not (self.annulled or self.refused) and len(self.confirmed) < self.event.checks_needed


def tell(events: Sequence[Event], language: str | None = None) -> list[Told]:
    """The events in words, in the same order; in `language`, or in the one in use.

    Takes four queries at most, and one for each kind of thing that has to be named, however many events there are.
    """
    with translation.override(language) if language else nullcontext():
        page = _Page(events)
        return [page.tell(event) for event in events]


@dataclass
class _Page:
    """What has to be known to tell some events. Places of a sentence are named by event and place."""

    events: Sequence[Event]
    parties: dict[tuple[UUID, str], list[tuple[str, UUID]]] = field(default_factory=lambda: defaultdict(list))
    measures: dict[tuple[UUID, str], tuple[str, int]] = field(default_factory=dict)
    texts: dict[tuple[UUID, str], str] = field(default_factory=dict)
    said: dict[UUID, list[Event]] = field(default_factory=lambda: defaultdict(list))
    names: Names = field(default_factory=dict)
    sentences: dict[str, tuple[str, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ids = [event.pk for event in self.events]
        checks = (Effect.ANNULS, Effect.CONFIRMS, Effect.REFUSES)
        for event in Event.objects.standing().filter(of__in=ids, effect__in=checks).order_by("id"):
            self.said[event.of_id].append(event)
            ids.append(event.pk)
        kinds = [found for code in {event.kind for event in self.events} if (found := _kind_or_none(code))]
        if self.said or any(kind.places & set(kind.texts) for kind in kinds):
            for id, name, text in EventText.objects.filter(event__in=ids).values_list("event_id", "name", "text"):
                self.texts[id, name] = text
        if any(kind.places & set(kind.parties) for kind in kinds):
            parties = EventParty.objects.filter(event__in=ids).order_by("kind", "party_id")
            for id, role, party, party_id in parties.values_list("event_id", "role", "kind", "party_id"):
                self.parties[id, role].append((party, party_id))
        if any(kind.places & set(kind.measures) for kind in kinds):
            measures = EventMeasure.objects.filter(event__in=ids)
            for id, name, unit, count in measures.values_list("event_id", "name", "unit", "count"):
                self.measures[id, name] = unit, count
        self.names = names(self._things_to_name())

    def _things_to_name(self) -> Iterator[tuple[str, Any]]:
        for event in (*self.events, *(event for said in self.said.values() for event in said)):
            if event.by_id:
                yield "user", event.by_id
        for event in self.events:
            declared = _kind_or_none(event.kind)
            for place in declared.places if declared else ():
                yield from self.parties.get((event.pk, place), ())
                fact = declared.facts.get(place) if declared else None
                if isinstance(fact, Named) and place in event.facts:
                    yield fact.kind, fact.type(event.facts[place])
            if declared and "subject" in self._sentence(declared)[1]:
                yield event.subject_kind, event.subject_id

    def tell(self, event: Event) -> Told:
        """One of the events in words."""
        declared = _kind_or_none(event.kind)
        if declared:
            (sentence, places), look = self._sentence(declared), declared.look
        else:
            (sentence, places), look = (_("（这一类记录已停用）"), []), "people"
        values = {place: self._value(declared, event, place) for place in places} if declared else {}
        marked = {place: self._marked(event, place, value) for place, value in values.items()}
        said = self.said[event.pk]
        return Told(
            event,
            sentence.format(**values),
            format_html(sentence, **marked) if marked else SafeString(sentence),
            look,
            annulled=next(self._of(said, Effect.ANNULS), None),
            refused=next(self._of(said, Effect.REFUSES), None),
            confirmed=tuple(self._of(said, Effect.CONFIRMS)),
        )

    def _sentence(self, declared: EventKind) -> tuple[str, list[str]]:
        """The sentence of a kind in the language in use, and its places; translated and read once a page."""
        if declared.code not in self.sentences:
            sentence = str(declared.sentence)
            self.sentences[declared.code] = sentence, list(places_of(sentence))
        return self.sentences[declared.code]

    def _of(self, said: list[Event], effect: Effect) -> Iterator[Said]:
        return (Said(e, self._by(e), self._text(e, "reason")) for e in said if e.effect == effect)

    def _value(self, declared: EventKind, event: Event, place: str) -> str:
        """What stands in one place of the sentence."""
        at = event.pk, place
        if place == "by":
            return self._by(event)
        if place == "subject":
            return self.names[event.subject_kind, str(event.subject_id)]
        if at in self.measures:
            unit, count = self.measures[at]
            return UNITS[unit](count)
        if place in declared.texts:
            return self._text(event, place)
        if place in event.facts and place in declared.facts:
            return self._fact(declared.facts[place], event.facts[place])
        if parties := self.parties.get(at):
            return pgettext("between names", "、").join(self.names[kind, str(id)] for kind, id in parties)
        return _("（没有写）")

    def _marked(self, event: Event, place: str, value: str) -> str:
        """What stands in one place as HTML: who took part in bold, names of people as they are stored."""
        if place not in ALWAYS and (event.pk, place) not in self.parties:
            return value
        kinds = {"by": ["user"] if event.by_id else [], "subject": [event.subject_kind]}
        named = kinds.get(place) or [kind for kind, _id in self.parties.get((event.pk, place), ())]
        stays = bool(named) and all(map(is_person, named))
        return format_html('<b translate="no">{}</b>' if stays else "<b>{}</b>", value)

    def _by(self, event: Event) -> str:
        return self.names["user", str(event.by_id)] if event.by_id else _("平台")

    def _text(self, event: Event, name: str) -> str:
        if (text := self.texts.get((event.pk, name))) is not None:
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


def _kind_or_none(code: str) -> EventKind | None:
    try:
        return kind(code)
    except UnknownKind:
        return None
