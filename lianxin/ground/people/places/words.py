"""What pages say about places."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.people.models.region import Level, Region
from lianxin.ground.people.models.region_change import RegionChange

Kind = RegionChange.Kind


def counted(level: str, count: int) -> str:
    """So many places of a level."""
    words = {
        Level.PROVINCE: ngettext("%(count)s个省区市", "%(count)s个省区市", count),
        Level.CITY: ngettext("%(count)s个地市", "%(count)s个地市", count),
        Level.COUNTY: ngettext("%(count)s个县区", "%(count)s个县区", count),
        Level.TOWNSHIP: ngettext("%(count)s个乡镇街道", "%(count)s个乡镇街道", count),
        Level.VILLAGE: ngettext("%(count)s个村社区", "%(count)s个村社区", count),
        Level.GRID: ngettext("%(count)s个网格", "%(count)s个网格", count),
    }
    return words[Level(level)] % {"count": count}


def counts(by_level: Mapping[str, int]) -> str:
    """How many places of each level, from the top."""
    return _("，").join(counted(level, by_level[level]) for level in Level if by_level.get(level))


def crumbs(around: Iterable[Region]) -> list[dict[str, str]]:
    """The way up from a place, from the top."""
    top = {"href": reverse("people:places"), "label": _("地方")}
    return [top, *({"href": place.get_absolute_url(), "label": place.name} for place in around)]


def history(region: Region) -> list[dict[str, str]]:
    """What happened to the place and what was merged into it, oldest first, as steps of a thread; one query."""
    told = RegionChange.objects.filter(region=region) | RegionChange.objects.filter(into=region)
    changes = told.select_related("region", "parent_before", "into").order_by("happened_on", "id")
    return [
        {
            "text": _told(change, region) + (_("（%(paper)s）") % {"paper": change.paper} if change.paper else ""),
            "when": date_format(change.happened_on),
            "moment": change.happened_on.isoformat(),
            "kind": "doc",
        }
        for change in changes
    ]


def _told(change: RegionChange, region: Region) -> str:
    if change.region_id != region.id:
        return _("%(name)s并入") % {"name": change.region.name}
    before = {
        "name": change.name_before,
        "code": change.code_before,
        "parent": change.parent_before.name if change.parent_before else "",
        "into": change.into.name if change.into else "",
    }
    return {
        Kind.RENAMED: _("更名，原名%(name)s"),
        Kind.RECODED: _("换代码，原代码%(code)s"),
        Kind.MOVED: _("改属，原属%(parent)s"),
        Kind.MERGED: _("并入%(into)s"),
        Kind.CLOSED: _("撤销"),
    }[Kind(change.kind)] % before
