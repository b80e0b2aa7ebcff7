"""The rota and the stations as lists that are taken out to Excel."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from lianxin.affairs.stations.models import Posting, Station
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.exports import Column, Listing

CHUNK = 500
VILLAGES = (Level.VILLAGE, Level.GRID)


def _names(line: Any) -> str:
    return pgettext("between names", "、").join(duty.mandate.person.name for duty in line.counted)


ROTA = Listing(
    "rota",
    _("轮值表"),
    (
        Column("held_on", _("日期"), 12, lambda line: line.shift.held_on),
        Column("hours", _("时间"), 14, lambda line: line.shift.hours),
        Column("station", _("站点"), 28, lambda line: line.shift.station.name),
        Column("township", _("乡镇街道"), 16, lambda line: line.township),
        Column("reception", _("接待"), 18, lambda line: line.name),
        Column("deputies", _("值班代表"), 30, _names),
        Column("missing", _("还缺几位"), 10, lambda line: line.missing),
        Column("state", _("状态"), 12, lambda line: str(line.shift.get_state_display())),
    ),
)


def _yes(so: bool) -> str:
    return str(_("是") if so else _("否"))


def _township(station: Station) -> str:
    place = station.region
    if place.level in VILLAGES:
        return place.parent.called if place.parent else ""
    return place.called if place.level == Level.TOWNSHIP else ""


STATIONS = Listing(
    "stations",
    _("家站点户"),
    (
        Column("name", _("站点"), 28, lambda one: one.name),
        Column("kind", _("种类"), 14, lambda one: one.kind_called),
        Column("township", _("乡镇街道"), 16, _township),
        Column("place", _("村、社区"), 16, lambda one: one.region.called if one.region.level in VILLAGES else ""),
        Column("address", _("地址"), 36, lambda one: one.address),
        Column("way_in", _("怎么走"), 28, lambda one: one.way_in),
        Column("phone", _("电话"), 16, lambda one: one.phone),
        Column("body", _("主办机构"), 28, lambda one: one.body.name),
        Column("deputies", _("代表人数"), 10, lambda one: one.posted),
        Column("step_free", _("无台阶"), 8, lambda one: "" if one.is_step_free is None else _yes(one.is_step_free)),
        Column("reception_days", _("本站接待日"), 20, lambda one: one.reception_days),
        Column("opened_on", _("设立日期"), 12, lambda one: one.starts_on),
    ),
)


def rows(found: QuerySet[Station], day: date) -> Iterator[Any]:
    """Stations in the order of their list, one after another, each with how many deputies belong to it; one query."""
    posted = Posting.objects.on(day).filter(station=OuterRef("pk")).order_by().values("station")
    number = Subquery(posted.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    rules = in_force(day).section(StationRules)
    found = found.select_related("region__parent", "body").annotate(posted=Coalesce(number, 0))
    for station in found.order_by("region__code", "pinyin", "id").iterator(chunk_size=CHUNK):
        station.kind_called = rules.name(station.kind)  # type: ignore[attr-defined]
        yield station
