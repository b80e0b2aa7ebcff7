"""Units that handle what congresses hand over."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import Entry, Ref, record_all
from lianxin.ground.core.models import Record
from lianxin.ground.people.models.dated import Dated, DatedQuerySet
from lianxin.ground.people.models.region import Region


class UnitQuerySet(DatedQuerySet["Unit"]):
    """Questions asked of handling units."""

    def visible_to(self, user: Any) -> Self:
        """Everybody may see which units there are."""
        return self


class Unit(Record, Dated):
    """承办单位 A government department, court, procuratorate, township or an office of one; units stand under units."""

    name = models.CharField(_("名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=30, blank=True)
    kind = models.CharField(_("种类"), max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="offices", verbose_name=_("上级单位"))
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="units", verbose_name=_("地方"))
    phone = models.CharField(_("办公电话"), max_length=30, blank=True)
    address = models.CharField(_("办公地址"), max_length=120, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("承办单位")
        indexes = [models.Index(fields=["parent", "name"], name="unit_offices")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def establish_all(cls, units: Sequence["Unit"], *, by: UUID | None, at: datetime) -> Sequence["Unit"]:
        """Units begin their work, each on its own first day. Call inside a transaction."""
        cls.objects.bulk_create(units, batch_size=500)
        record_all(
            [
                Entry("people.unit_established", Ref("unit", unit.id), by, at, facts={"kind": unit.kind})
                for unit in units
            ]
        )
        return units

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in itself, in the unit above it, and in its place (read beforehand)."""
        yield "unit", self.id
        if self.parent_id:
            yield "unit", self.parent_id
        if self.region:
            yield from self.region.access_scopes()
