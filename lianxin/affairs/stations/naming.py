"""What stations are called: in the record, and where a role is given over one of them."""

from collections.abc import Iterable
from uuid import UUID

from lianxin.affairs.stations.models import Station


def stations(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Stations by their names."""
    return dict(Station.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def station_choices(words: str, limit: int) -> list[tuple[UUID, str]]:
    """Running stations whose name holds the words."""
    found = Station.objects.filter(ends_on__isnull=True, name__contains=words).order_by("name")
    return list(found.values_list("pk", "name")[:limit])
