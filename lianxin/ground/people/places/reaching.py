"""What lies in the places of somebody's reach."""

from django.db.models import Q

from lianxin.ground.access.answering import Reach
from lianxin.ground.people.models import Region


def lies_within(far: Reach, *fields: str) -> Q:
    """That a place lies in one of somebody's places; `fields` lead to its path, and any of them will do.

    True of nothing where the reach has no places. The places' paths are asked for once a request.
    """
    asked = frozenset(far.ids("place"))
    if asked not in far.looked_up:
        far.looked_up[asked] = list(Region.objects.filter(pk__in=asked).values_list("path", flat=True)) if asked else []
    within = Q(pk__in=[])
    for path in far.looked_up[asked]:
        for field in fields:
            within |= Q(**{f"{field}__begins": path})
    return within
