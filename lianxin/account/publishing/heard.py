"""What a deputy or a station heard and what became of it, as everybody may read it.

A matter stands in public with its township alone (architecture, rule of protection 3). That it lies with the deputy of three
villages, or was told at the station of one, would say more: such a matter is listed where its author signed by name, or
where the deputy answered it, for then the deputy's name stands on its page anyway.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.models import Opinion, Visibility
from lianxin.affairs.opinions.published import READ, Row, rows_of
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Station
from lianxin.ground.cases.models import Handover, Reply
from lianxin.ground.people.models import DistrictPart, Mandate, Person
from lianxin.ground.people.models.region import Level

Role, Ending = Handover.Role, Handover.Ending
FINE = (Level.VILLAGE, Level.GRID)  # places that are smaller than what stands in public
SIGNED = Q(visibility=Visibility.NAMED)
MISTAKEN = (Ending.UNDONE, Ending.TAKEN_BACK)  # it was never theirs
DEEDS: Mapping[tuple[str, str], str | Promise] = {  # as what the deputy holds or held it, and how that ended
    (Role.ANSWER, ""): _("在这位代表手上"),
    (Role.ANSWER, Ending.DONE): _("这位代表答复了"),
    (Role.TAKEN_UP, ""): _("这位代表认领了，正在跟"),
    (Role.TAKEN_UP, Ending.DONE): _("这位代表认领，答复了"),
}
HEARD = _("这位代表听了，后来由别人办")


class Line(NamedTuple):
    """A matter in the list, and what the deputy did with it; nothing for a station."""

    row: Row
    deed: str


def heard_by(person: Person, day: date) -> QuerySet[Opinion]:
    """Public matters that lie, or lay, with this person as a deputy."""
    mandates = Mandate.objects.filter(person=person)
    held = Handover.objects.held_by("mandate", mandates.values("pk")).exclude(ending__in=MISTAKEN)
    of_all = held.exclude(party_id__in=_of_few_villages(mandates, day).values("pk"))
    answered = Reply.objects.filter(
        case=OuterRef("case"), sent_at__isnull=False, handover__party_kind="mandate", handover__party_id__in=mandates.values("pk")
    )  # fmt: skip
    found = Opinion.objects.public().filter(case__in=held.values("case"))
    of_many = Q(case__in=of_all.values("case")) & ~Q(station__region__level__in=FINE)
    return found.filter(SIGNED | of_many | Exists(answered))


def heard_at(station: Station) -> QuerySet[Opinion]:
    """Public matters that were told at a station."""
    found = Opinion.objects.public().filter(station=station)
    return found.filter(SIGNED) if station.region.level in FINE else found


def _of_few_villages(mandates: QuerySet[Mandate], day: date) -> QuerySet[Mandate]:
    """Seats of districts that are finer than a township, or of which nobody knows what they cover."""
    whole = DistrictPart.objects.on(day).filter(district=OuterRef("district")).exclude(region__level__in=FINE)
    return mandates.filter(district__isnull=False).exclude(Exists(whole))


def listed(opinions: QuerySet[Opinion]) -> QuerySet[Any, Any]:
    """The latest first, with what a list reads."""
    return opinions.order_by("-id").values_list("id", *READ, named=True)


def lines_of(rows: Sequence[Any], rules: OpinionRules, person: Person | None = None) -> list[Line]:
    """Lines of what was `listed`; one query for what a person did with them."""
    shown = rows_of(rows, rules)
    deeds = _deeds(person, [row.number for row in shown]) if person and shown else {}
    return [Line(row, deeds.get(row.number, "")) for row in shown]


def _deeds(person: Person, numbers: Iterable[str]) -> dict[str, str]:
    """What a deputy did with matters, by their numbers: the last that was given to them counts."""
    own: list[UUID] = list(Mandate.objects.filter(person=person).values_list("pk", flat=True))
    held = Handover.objects.held_by("mandate", own).filter(case__number__in=list(numbers)).order_by("handed_at", "id")
    told = held.exclude(ending__in=MISTAKEN).values_list("case__number", "role", "ending")
    return {number: str(DEEDS.get((role, ending), HEARD)) for number, role, ending in told}
