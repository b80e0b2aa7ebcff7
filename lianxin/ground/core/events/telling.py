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

from lianxin.ground.core.events.kinds import EventKind, FactType, Look, Named, UnknownKind, kind, places_of
from lianxin.ground.core.events.naming import Names, names
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
    """What has to be known to tell some events."""

    events: Sequence[Event]
    parties: dict[UUID, list[EventParty]] = field(default_factory=lambda: defaultdict(list))
    measures: dict[tuple[UUID, str], EventMeasure] = field(default_factory=dict)
    texts: dict[tuple[UUID, str], str] = field(default_factory=dict)
    said: dict[UUID, list[Event]] = field(default_factory=lambda: defaultdict(list))
    names: Names = field(default_factory=dict)

    def __post_init__(self) -> None:
        ids = [event.pk for event in self.events]
        checks = (Effect.ANNULS, Effect.CONFIRMS, Effect.REFUSES)
        for event in Event.objects.standing().filter(of__in=ids, effect__in=checks).order_by("id"):
            self.said[event.of_id].append(event)
            ids.append(event.pk)
        kinds = [declared for event in self.events if (declared := _kind_or_none(event))]
        if self.said or any(declared.places & set(declared.texts) for declared in kinds):
            for text in EventText.objects.filter(event__in=ids):
                self.texts[text.event_id, text.name] = text.text
        if any(declared.places & set(declared.parties) for declared in kinds):
            for party in EventParty.objects.filter(event__in=ids).order_by("kind", "party_id"):
                self.parties[party.event_id].append(party)
        if any(declared.places & set(declared.measures) for declared in kinds):
            for measure in EventMeasure.objects.filter(event__in=ids):
                self.measures[measure.event_id, measure.name] = measure
        self.names = names(self._things_to_name())

    def _things_to_name(self) -> Iterator[tuple[str, Any]]:
        for event in (*self.events, *(event for said in self.said.values() for event in said)):
            if event.by_id:
                yield "user", event.by_id
        for event in self.events:
            declared = _kind_or_none(event)
            places = places_of(str(declared.sentence)) if declared else frozenset()
            if "subject" in places:
                yield event.subject_kind, event.subject_id
            for party in self.parties[event.pk]:
                if party.role in places:
                    yield party.kind, party.party_id
            for name, type in (declared.facts if declared else {}).items():
                if isinstance(type, Named) and name in places and name in event.facts:
                    yield type.kind, type.type(event.facts[name])

    def tell(self, event: Event) -> Told:
        """One of the events in words."""
        declared = _kind_or_none(event)
        sentence, look = (str(declared.sentence), declared.look) if declared else (_("（这一类记录已停用）"), "people")
        values = {place: self._value(declared, event, place) for place in places_of(sentence)}
        marked = {
            place: format_html("<b>{}</b>", value) if self._is_name(event, place) else value
            for place, value in values.items()
        }
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

    def _of(self, said: list[Event], effect: Effect) -> Iterator[Said]:
        return (Said(e, self._by(e), self._text(e, "reason")) for e in said if e.effect == effect)

    def _is_name(self, event: Event, place: str) -> bool:
        return place in ("by", "subject") or any(party.role == place for party in self.parties[event.pk])

    def _value(self, declared: EventKind | None, event: Event, place: str) -> str:
        """What stands in one place of the sentence."""
        if place == "by":
            return self._by(event)
        if place == "subject":
            return self.names[event.subject_kind, str(event.subject_id)]
        if measure := self.measures.get((event.pk, place)):
            return UNITS[measure.unit](measure.count)
        if declared and place in declared.texts:
            return self._text(event, place)
        if declared and place in event.facts:
            return self._fact(declared.facts[place], event.facts[place])
        parties = [self.names[p.kind, str(p.party_id)] for p in self.parties[event.pk] if p.role == place]
        return pgettext("between names", "、").join(parties) or _("（没有写）")

    def _by(self, event: Event) -> str:
        return self.names["user", str(event.by_id)] if event.by_id else _("平台")

    def _text(self, event: Event, name: str) -> str:
        missing = _("（文字已删去）") if PREFIX + name in event.facts else _("（没有写）")
        return self.texts.get((event.pk, name), missing)

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


def _kind_or_none(event: Event) -> EventKind | None:
    try:
        return kind(event.kind)
    except UnknownKind:
        return None
