"""What places and districts are called in the record."""

from collections.abc import Mapping
from uuid import UUID

from lianxin.ground.people.models import District, Region


def regions(ids: set[UUID]) -> Mapping[UUID, str]:
    """Places by their names of today."""
    return dict(Region.objects.filter(pk__in=ids).values_list("pk", "name"))


def districts(ids: set[UUID]) -> Mapping[UUID, str]:
    """Electoral districts by their names."""
    return dict(District.objects.filter(pk__in=ids).values_list("pk", "name"))
