"""Units, bodies and sessions as lists that are taken out to Excel."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianxin.ground.people.models import Body, Mandate, Membership, Session, Unit
from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.exports import Column, Listing

CHUNK = 500

UNITS = Listing(
    "units",
    pgettext_lazy("list", "承办单位"),
    (
        Column("name", _("名称"), 32, lambda one: one.name),
        Column("short_name", _("简称"), 16, lambda one: one.short_name),
        Column("kind", _("种类"), 14, lambda one: str(one.get_kind_display())),
        Column("parent", _("上级单位"), 32, lambda one: one.parent.name if one.parent else ""),
        Column("place", _("地方"), 16, lambda one: one.region.called if one.region else ""),
        Column("phone", _("办公电话"), 18, lambda one: one.phone),
        Column("address", _("办公地址"), 36, lambda one: one.address),
        Column("since", _("起始日期"), 12, lambda one: one.starts_on),
    ),
)
BODIES = Listing(
    "bodies",
    pgettext_lazy("list", "机构"),
    (
        Column("level", _("级别"), 10, lambda one: str(one.get_level_display())),
        Column("name", _("名称"), 40, lambda one: one.name),
        Column("kind", _("种类"), 18, lambda one: one.kind_called),
        Column("parent", _("上级机构"), 40, lambda one: one.parent.name if one.parent else ""),
        Column("place", _("地方"), 16, lambda one: one.region.called if one.region else ""),
        Column("deputies", _("代表人数"), 10, lambda one: one.seated if one.kind == "congress" else None),
        Column("members", _("成员人数"), 10, lambda one: None if one.kind == "congress" else one.sitting),
        Column("since", _("起始日期"), 12, lambda one: one.starts_on),
    ),
)
SESSIONS = Listing(
    "sessions",
    _("会议"),
    (
        Column("congress", _("人民代表大会"), 40, lambda one: one.term.congress.name),
        Column("term", _("第几届"), 8, lambda one: one.term.number),
        Column("session", _("第几次会议"), 10, lambda one: one.number),
        Column("starts_on", _("开始日期"), 12, lambda one: one.starts_on),
        Column("ends_on", _("结束日期"), 12, lambda one: one.ends_on),
    ),
)


def units(found: QuerySet[Unit]) -> Iterator[Unit]:
    """Units, each before its offices; one query."""
    own = found.select_related("parent", "region").annotate(head=Coalesce("parent__name", "name"))
    order = ("region__code", "head", F("parent").asc(nulls_first=True), "name", "id")
    return own.order_by(*order).iterator(chunk_size=CHUNK)


def bodies(found: QuerySet[Body], day: date) -> Iterator[Any]:
    """Congresses from the national one down, each before what it formed, with how many sit there; one query."""
    seats = Mandate.objects.on(day).filter(congress=OuterRef("pk")).order_by().values("congress")
    sits = Membership.objects.on(day).filter(body=OuterRef("pk")).order_by().values("body")
    rules = in_force(day).section(BodyRules)
    own = found.select_related("parent", "region").annotate(
        seated=_number(seats, Count("pk")),
        sitting=_number(sits, Count("person", distinct=True)),
        head=Coalesce("parent__name", "name"),
        head_place=Coalesce("parent__region__code", "region__code"),
    )
    order = ("head_place", "head", F("parent").asc(nulls_first=True), "position", "kind", "name", "id")
    body: Any
    for body in own.order_by(*order).iterator(chunk_size=CHUNK):
        body.kind_called = rules.name(body.kind)
        yield body


def sessions(found: QuerySet[Body]) -> Iterator[Session]:
    """The sessions of congresses, of each the latest first; one query."""
    held = Session.objects.filter(Q(term__congress__in=found.order_by().values("pk"))).select_related("term__congress")
    return held.order_by("term__congress__region__code", "-term__number", "-number", "id").iterator(chunk_size=CHUNK)


def _number(rows: QuerySet[Any], counted: Count) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(number=counted).values("number"), output_field=IntegerField()), 0)
