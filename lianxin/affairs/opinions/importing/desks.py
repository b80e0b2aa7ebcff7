"""Who imports: over which places, what they may see, and where a row lies that names no place."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import override

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Duty, Shift, Station
from lianxin.ground.access import can
from lianxin.ground.access.answering import Reach, reach
from lianxin.ground.core.clock import today
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Region
from lianxin.ground.people.places.reaching import lies_within
from lianxin.ground.rulebook import in_force

VILLAGE = re.compile("村|社区")  # what follows a village's name and names one is another village: 新村 and 新村二社区
LATIN = re.compile("[A-Z][a-z]+")  # an English book calls places Liuxi Village 柳溪村
ENTER, ANSWER = "opinions.enter", "opinions.answer"


@dataclass
class Desk:
    """`region`: where a row lies that names no place; None where each must name one. `outcome`: of replies without one."""

    by: UUID | None
    places: Q
    seen: OpinionQuerySet
    region: Region | None = None
    station: Station | None = None
    source: str = ""
    outcome: str = ""
    may_answer: bool = False

    @classmethod
    def of(cls, user: Any, station: Station | None, source: str) -> "Desk":
        """The desk of somebody who may write for others: their places, or those around the station that they keep."""
        far = reach(user, ENTER)
        if station and not can(user, ENTER, station):
            station = None
        places = Q() if far.everywhere else lies_within(far, "path")
        if station:
            places |= Q(path__begins=station.region.township_path)
        return cls(
            by=user.pk,
            places=places,
            seen=Opinion.objects.visible_to(user),
            region=station.region if station else _own_place(far),
            station=station,
            source=source,
            may_answer=bool(reach(user, ANSWER)) and (station is None or bool(can(user, ANSWER, station))),
        )

    @classmethod
    def of_platform(cls, region: Region, *, source: str, by: UUID | None, outcome: str) -> "Desk":
        """The desk of the command line: everything in one place."""
        within = Q(path__begins=region.path)
        everything = Opinion.objects.all()
        may = {"may_answer": by is not None, "outcome": outcome}
        return cls(by=by, places=within, seen=everything, region=region, source=source, **may)  # type: ignore[arg-type]

    @cached_property
    def named(self) -> dict[str, list[Region]]:
        """The places by name, by name after their township's, and after its county's too. One query."""
        found: dict[str, list[Region]] = defaultdict(list)
        for place in Region.objects.standing().filter(self.places).select_related("parent__parent").defer("pinyin"):
            name, around = "", place
            for _step in range(3):
                name = around.name + name
                found[name].append(place)
                if around.parent is None:
                    break
                around = around.parent
        return found

    def place(self, said: str) -> tuple[list[Region], str]:
        """The places that are called so, and what else is said of where it is: 石桥镇 柳溪村 老桥头, 柳溪村三组."""
        words = [word for word in said.split() if not LATIN.fullmatch(word)] or said.split()
        for end in range(len(words), 0, -1):
            if found := self.named.get("".join(words[:end])):
                return self._nearest(found), " ".join(words[end:])
        whole = "".join(words)
        for end in range(len(whole) - 1, 1, -1):
            if (found := self.named.get(whole[:end])) and not VILLAGE.search(whole[end:]):
                return self._nearest(found), whole[end:]
        return [], ""

    def _nearest(self, found: list[Region]) -> list[Region]:
        """Of several of one name the one in the station's township, where a station was chosen."""
        if len(found) > 1 and self.station:
            near = [one for one in found if one.path.startswith(self.station.region.township_path)]
            return near if len(near) == 1 else found
        return found

    @cached_property
    def subjects(self) -> dict[str, str]:
        """Codes of subjects by what they are called in each language, and by themselves."""
        return _labels(in_force(today()).section(OpinionRules).subjects)

    @cached_property
    def outcomes(self) -> dict[str, str]:
        """The same of classes of replies."""
        return _labels(in_force(today()).section(OpinionRules).outcomes)

    @cached_property
    def shifts(self) -> dict[Any, list[Shift]]:
        """The receptions at the station by day. One query."""
        found: dict[Any, list[Shift]] = defaultdict(list)
        if self.station:
            for shift in self.station.shifts.exclude(state=Shift.State.CANCELLED):
                found[shift.held_on].append(shift)
        return found

    @cached_property
    def deputies(self) -> dict[str, set[UUID]]:
        """The deputies of the station by name: who belongs or belonged to it, and who sat there. Two queries."""
        found: dict[str, set[UUID]] = defaultdict(set)
        if self.station:
            sat = Duty.objects.filter(shift__station=self.station).values_list("mandate__person__name", "mandate")
            belongs = self.station.postings.values_list("mandate__person__name", "mandate")
            for name, mandate in {*sat, *belongs}:
                found[name].add(mandate)
        return found


def _own_place(far: Reach) -> Region | None:
    """The one place that somebody works for; the platform's county for who works for all."""
    places = Region.objects.standing()
    if far.everywhere:
        platform = Platform.current()
        return places.filter(code__begins=platform.county_code).order_by("path").first() if platform else None
    found = list(places.filter(pk__in=far.ids("place"))[:2])
    return found[0] if len(found) == 1 else None


def _labels(blocks: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for code, one in blocks.items():
                found.setdefault(one.called, code)
    return found | {code: code for code in blocks}
