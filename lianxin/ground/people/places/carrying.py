"""Electoral districts follow the places that they cover, and keep the ground they were drawn over.

- A district that covers a place keeps covering it wherever it moves.
- A place that lay in a district only because a place around it did, and moves out of that, is from then on covered
  by itself; where it comes to lie in another district of the same congress, it belongs to that one.
- A district that covered a place which was merged covers, from that day, what lay in it; a place with nothing in it
  is followed into the one that took it in.
- Where a place would then lie in two districts of a congress, nothing is changed and both are named: people decide.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from lianxin.ground.people.models.district import DistrictPart, refuse_overlap
from lianxin.ground.people.models.region import Region


def carry_moved(places: Iterable[Region], around: Sequence[UUID], on: date) -> None:
    """Places came to lie elsewhere on the day `on`; `around` are the ids of those around them until then."""
    touched: set[UUID] = set()
    for place in places:
        before = DistrictPart.objects.on(on).filter(region__in=around).select_related("district")
        now = DistrictPart.objects.on(on).filter(region__in=place.path_ids).select_related("district")
        covered = {part.district.congress_id for part in now}
        for part in before:
            if part.district.congress_id not in covered:
                DistrictPart.objects.create(district=part.district, region=place, starts_on=on)
        touched |= covered | {part.district.congress_id for part in before}
        inside = DistrictPart.objects.on(on).filter(region__path__begins=place.path)
        touched |= set(inside.values_list("district__congress_id", flat=True))
    for congress in touched:
        refuse_overlap(congress, on)


def carry_merged(gone: Region, into: Region, parts: Sequence[Region], around: Sequence[UUID], on: date) -> None:
    """`gone` was merged into `into` on the day `on`; `parts` lay in it, `around` are it and those around it until then."""
    for part in gone.district_parts.filter(ends_on__isnull=True).select_related("district"):
        part.leave(on)
        here = DistrictPart.objects.on(on).filter(district=part.district, region__in=into.path_ids)
        if here.exists():
            continue
        begins = max(on, part.starts_on or on)
        for region in parts or [into]:
            DistrictPart.objects.get_or_create(
                district=part.district, region=region, ends_on=None, defaults={"starts_on": begins}
            )
        refuse_overlap(part.district.congress_id, on)
    carry_moved(parts, [id for id in around if id != gone.id], on)
