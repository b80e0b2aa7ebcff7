"""What pages say about places."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from lianxin.ground.people.models.region import Level, Region
from lianxin.ground.people.models.region_change import RegionChange

Kind = RegionChange.Kind


COUNTED = {
    Level.PROVINCE: ngettext_lazy("%(count)s个省区市", "%(count)s个省区市", "count"),
    Level.CITY: ngettext_lazy("%(count)s个地市", "%(count)s个地市", "count"),
    Level.COUNTY: ngettext_lazy("%(count)s个县区", "%(count)s个县区", "count"),
    Level.TOWNSHIP: ngettext_lazy("%(count)s个乡镇街道", "%(count)s个乡镇街道", "count"),
    Level.VILLAGE: ngettext_lazy("%(count)s个村社区", "%(count)s个村社区", "count"),
    Level.GRID: ngettext_lazy("%(count)s个网格", "%(count)s个网格", "count"),
}


def counted(level: str, count: int) -> str:
    """So many places of a level."""
    return COUNTED[Level(level)] % {"count": count}


def counts(by_level: Mapping[str, int]) -> str:
    """How many places of each level, from the top."""
    return _("，").join(counted(level, by_level[level]) for level in Level if by_level.get(level))


def crumbs(around: Iterable[Region]) -> list[dict[str, str]]:
    """The way up from a place, from the top."""
    top = {"href": reverse("people:places"), "label": _("地方")}
    return [top, *({"href": place.get_absolute_url(), "label": place.called} for place in around)]


def history(region: Region) -> list[dict[str, str]]:
    """What happened to the place and what was merged into it, oldest first, as steps of a thread; one query."""
    changes = RegionChange.objects.filter(Q(region=region) | Q(into=region)).order_by("happened_on", "id")
    names = ("region__name", "parent_before__name", "into__name")
    columns = ("kind", "happened_on", "paper", "region_id", "name_before", "code_before", *names)
    return [
        {
            "text": _told(change, region) + (_("（%(paper)s）") % {"paper": change.paper} if change.paper else ""),
            "when": date_format(change.happened_on),
            "moment": change.happened_on.isoformat(),
            "kind": "doc",
        }
        for change in changes.values_list(*columns, named=True)
    ]


def _told(change: Any, region: Region) -> str:
    if change.region_id != region.id:
        return _("%(name)s并入") % {"name": change.region__name}
    before = {
        "name": change.name_before,
        "code": change.code_before,
        "parent": change.parent_before__name or "",
        "into": change.into__name or "",
    }
    return {
        Kind.RENAMED: _("更名，原名%(name)s"),
        Kind.RECODED: _("换代码，原代码%(code)s"),
        Kind.MOVED: _("改属，原属%(parent)s"),
        Kind.MERGED: _("并入%(into)s"),
        Kind.CLOSED: _("撤销"),
    }[Kind(change.kind)] % before
