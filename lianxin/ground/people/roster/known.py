"""What the platform knows already, by the words that stand in a roster. Read once: the queries do not grow with the rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from lianxin.ground.people.models import Body, District, Region, Term
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.places.names import place_name

Places = dict[str, list[Region]]
FEW = 200  # of which a database is asked by name; more are picked out of all


@dataclass
class Known:
    """Running congresses by word, their terms, numbers and names of running districts, groups, and places as they are asked for."""

    congresses: dict[str, list[Body]]
    terms: dict[tuple[UUID, int], Term]
    numbers: defaultdict[UUID, set[str]]
    names: defaultdict[UUID, dict[str, set[str]]]
    groups: dict[str, list[Body]]
    _townships: dict[UUID, Places] = field(default_factory=dict)
    _villages: dict[UUID, Places] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Known":
        """Read congresses, terms, running groups and districts: four queries."""
        by_word: dict[str, list[Body]] = {}
        for body, word in words_of(running_congresses()).items():
            for said in {body.name, word}:
                by_word.setdefault(said, []).append(body)
        terms = {(term.congress_id, term.number): term for term in Term.objects.all()}
        groups: dict[str, list[Body]] = {}
        for group in Body.objects.filter(kind="group", ends_on__isnull=True, parent__isnull=False).select_related(
            "parent__region"
        ):
            groups.setdefault(group.name, []).append(group)
        known = cls(by_word, terms, defaultdict(set), defaultdict(dict), groups)
        districts = District.objects.filter(ends_on__isnull=True)
        for congress, number, name in districts.values_list("congress_id", "number", "name"):
            known.name_district(congress, number, name)
        return known

    def name_district(self, congress: UUID, number: str, name: str) -> None:
        """A district of the congress has this number and this name."""
        self.numbers[congress].add(number)
        self.names[congress].setdefault(name, set()).add(number)

    def townships_of(self, congress: Body) -> Places:
        """Townships in a congress's place by name and by code; one query a congress."""
        if congress.id not in self._townships:
            found = Region.objects.none()
            if congress.region:
                found = Region.objects.within(congress.region).standing().filter(level=Level.TOWNSHIP)
            self._townships[congress.id] = _by_word(found)
        return self._townships[congress.id]

    def villages_of(self, township: Region) -> Places:
        """Villages of a township by name and by code; one query a township."""
        if township.id not in self._villages:
            self._villages[township.id] = _by_word(Region.objects.standing().filter(parent=township))
        return self._villages[township.id]

    def group(self, name: str, congress: Body) -> Body | None:
        """The group of this name: the congress's own, or else the only one that another congress has."""
        found = self.groups.get(name, [])
        own = [group for group in found if group.parent_id == congress.id]
        return next(iter(own or found)) if own or len(found) == 1 else None


def only(field: str, wanted: Collection[Any]) -> dict[str, list[Any]]:
    """The condition under which a query reads only what is wanted, where that is little; the caller passes over the rest."""
    return {f"{field}__in": list(wanted)} if len(wanted) <= FEW else {}


def _by_word(regions: Iterable[Region]) -> Places:
    by_word: Places = {}
    for place in regions:
        for word in (place.name, place.code, f"{place.name} {place.code}"):
            by_word.setdefault(word, []).append(place)
    return by_word


def find(places: Places, word: str) -> list[Region]:
    """The places of this name or code; a village committee (柳溪村委会) stands for its village."""
    return places.get(word) or places.get(place_name(word)) or []


def running_congresses() -> list[Body]:
    """The congresses that stand, higher ones first, then by the code of their place; with the places around them."""
    found = Body.objects.congresses().filter(ends_on__isnull=True).select_related("region__parent__parent")
    levels = list(CongressLevel)
    return sorted(
        found, key=lambda body: (levels.index(CongressLevel(body.level)), body.region.code if body.region else "")
    )


def words_of(congresses: Iterable[Body]) -> dict[Body, str]:
    """What each congress is called in a roster: its name; where several share one, with the names of the places around.

    Read the region and two regions around it beforehand. Two of one name in one place are told apart by the code.
    """
    words = {body: body.name for body in congresses}
    for around in (1, 2, 3):
        shared = _shared(words)
        words |= {body: _longer(body, around) for body, word in words.items() if word in shared}
    return words


def _shared(words: dict[Body, str]) -> set[str]:
    said = list(words.values())
    return {word for word in said if said.count(word) > 1}


def _longer(body: Body, around: int) -> str:
    region = body.region
    if region is None or around == 3:
        return f"{body.name}{region.code if region else body.id.hex[:8]}"
    names, here = [body.name], region.parent
    for _step in range(around):
        if here is not None:
            names.append(here.name)
            here = here.parent
    return "".join(reversed(names))
