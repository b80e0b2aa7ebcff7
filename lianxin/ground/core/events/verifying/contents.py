"""What no leaf covers: texts against their salted hashes, the moments of parties, what events say of others."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils.encoding import force_bytes

from lianxin.ground.core.events import texts
from lianxin.ground.core.events.leaves import Leaf
from lianxin.ground.core.events.verifying.finding import Fault, Finding
from lianxin.ground.core.models import Effect, Event, EventMeasure, EventParty, EventText

Find = Callable[[Fault, UUID], Finding]
CHECKS = (Effect.CONFIRMS, Effect.REFUSES)
FINAL = (Effect.ANNULS, Effect.REDACTS)


def contents(leaves: Sequence[Leaf], find: Find, using: str) -> Iterator[Finding]:
    """Look at some events that can be read, with as many queries as for one."""
    readable = [leaf for leaf in leaves if leaf.data is not None]
    yield from _texts(readable, find, using)
    yield from _said(readable, find, using)
    for leaf in readable:
        if any(party["happened_at"] != leaf.row["happened_at"] for party in leaf.parties):
            yield find(Fault.PARTY_MOVED, leaf.id)


def _texts(leaves: Sequence[Leaf], find: Find, using: str) -> Iterator[Finding]:
    ids = [leaf.id for leaf in leaves]
    kept: dict[UUID, dict[str, EventText]] = defaultdict(dict)
    for text in EventText.objects.using(using).filter(event__in=ids):
        kept[text.event_id][text.name] = text
    redacted = defaultdict(set)
    redactions = Event.objects.using(using).filter(of__in=ids, effect=Effect.REDACTS)
    for of, facts in redactions.values_list("of_id", "facts"):
        redacted[of].add(facts.get("text"))
    for leaf in leaves:
        facts = leaf.row["facts"]
        given, there = texts.names_of(facts) - redacted[leaf.id], kept[leaf.id]
        if there.keys() - given:
            yield find(Fault.TEXT_FOREIGN, leaf.id)
        if given - there.keys():
            yield find(Fault.TEXT_MISSING, leaf.id)
        if any(not _fits(facts, there[name]) for name in given & there.keys()):
            yield find(Fault.TEXT_CHANGED, leaf.id)


def _fits(facts: dict[str, Any], text: EventText) -> bool:
    return texts.fits(str(facts[texts.PREFIX + text.name]), force_bytes(text.salt), text.text)


def _said(leaves: Sequence[Leaf], find: Find, using: str) -> Iterator[Finding]:
    speaking = [leaf for leaf in leaves if leaf.row["of_id"]]
    columns = ("id", "by_id", "effect", "checks_needed")
    spoken_of = Event.objects.using(using).filter(id__in=[leaf.row["of_id"] for leaf in speaking]).values(*columns)
    by_id = {row["id"]: row for row in spoken_of}
    for leaf in speaking:
        of, effect = by_id.get(leaf.row["of_id"]), leaf.row["effect"]
        if (
            of is None
            or (effect == Effect.ANNULS and of["effect"] in FINAL)
            or (effect in CHECKS and (of["checks_needed"] == 0 or of["by_id"] == leaf.row["by_id"]))
        ):
            yield find(Fault.SAID_WRONGLY, leaf.id)


def orphans(using: str) -> Iterator[Finding]:
    """Rows of events that are not there. The first twenty of each table."""
    event = Event.objects.filter(pk=OuterRef("event_id"))
    for model in (EventParty, EventMeasure, EventText):
        rows = model._default_manager.using(using).filter(~Exists(event))
        for id in rows.annotate(raw=Cast("event_id", CharField())).values_list("raw", flat=True).order_by()[:20]:
            yield Finding(Fault.ORPHAN, None, event=id, note=str(model._meta.verbose_name))
