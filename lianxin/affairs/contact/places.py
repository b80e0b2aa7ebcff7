"""What villages are called where two share a name, and where events happen that happen at many places."""

from collections.abc import Iterable
from uuid import UUID

from lianxin.ground.core.events import Place
from lianxin.ground.people.models import Region
from lianxin.ground.people.models.region import Level

BATCH = 500
TOLD = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
BELOW = (Level.VILLAGE, Level.GRID)


def places_of(regions: Iterable[Region]) -> dict[UUID, Place]:
    """What `Region.place` says of each, with a query for every 500 places at or around them."""
    wanted = {region.pk: region.path_ids for region in regions}
    ids = sorted({id for path in wanted.values() for id in path})
    known: dict[UUID, tuple[str, str]] = {}
    for start in range(0, len(ids), BATCH):
        rows = Region.objects.filter(pk__in=ids[start : start + BATCH]).values_list("pk", "level", "code")
        known.update({pk: (level, code) for pk, level, code in rows})
    return {pk: _place(known[id] for id in reversed(path)) for pk, path in wanted.items()}


def whole_name(region: Region) -> str:
    """A village after its township, any other place alone; read what it lies in beforehand."""
    return (
        "".join(place.called for place in ((region.parent,) if region.level in BELOW else ()) if place) + region.called
    )


def _place(around: Iterable[tuple[str, str]]) -> Place:
    codes = dict(around)
    return Place(*(codes.get(level, "") for level in TOLD))
