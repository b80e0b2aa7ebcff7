"""Which deputies and villages somebody may tie and enter: the own place's, and those elected or working there."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from lianxin.ground.access.answering import Reach
from lianxin.ground.people.models import DistrictPart, Region
from lianxin.ground.people.places.reaching import lies_within

Rows = Any


def deputies_in(far: Reach, mandates: Rows) -> Rows:
    """Of these mandates those whose congress lies in the reach, or whose district does in part."""
    if far.everywhere:
        return mandates
    parts = DistrictPart.objects.filter(lies_within(far, "region__path"), district=OuterRef("district"))
    inside = Q(congress__in=far.ids("body")) | lies_within(far, "congress__region__path") | Q(Exists(parts))
    return mandates.filter(inside)


def places_in(far: Reach) -> Rows:
    """The standing places in the reach."""
    places = Region.objects.standing()
    return places if far.everywhere else places.filter(lies_within(far, "path"))
