"""Units that handle what congresses hand over."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import Entry, Ref, record, record_all
from lianxin.ground.core.models import Record
from lianxin.ground.people.errors import units as errors
from lianxin.ground.people.models.dated import Dated, DatedQuerySet
from lianxin.ground.people.models.region import Region


class UnitQuerySet(DatedQuerySet["Unit"]):
    """Questions asked of handling units."""

    def visible_to(self, user: Any) -> Self:
        """Everybody may see which units there are."""
        return self


class Unit(Record, Dated):
    """承办单位 A government department, court, procuratorate, township or an office of one; units stand under units."""

    class Kind(models.TextChoices):
        """What such a unit is."""

        DEPARTMENT = "department", _("政府部门")
        TOWNSHIP = "township", _("乡镇街道")
        COURT = "court", _("法院")
        PROCURATORATE = "procuratorate", _("检察院")
        OFFICE = "office", _("内设机构")
        OTHER = "other", _("其他单位")

    name = models.CharField(_("名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=30, blank=True)
    kind = models.CharField(_("种类"), max_length=40, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="offices", verbose_name=_("上级单位")
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="units", verbose_name=_("地方"))
    phone = models.CharField(_("办公电话"), max_length=30, blank=True)
    address = models.CharField(_("办公地址"), max_length=120, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("承办单位")
        indexes = [models.Index(fields=["parent", "name"], name="unit_offices")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("people:unit", args=[self.pk])

    @classmethod
    def establish(cls, *, by: UUID | None, at: datetime, **facts: Any) -> "Unit":
        """A unit begins its work. Facts are the columns of a unit. Raises UnitThere."""
        unit = cls(**facts)
        with transaction.atomic():
            unit._must_be_alone()
            cls.establish_all([unit], by=by, at=at)
        return unit

    @classmethod
    def establish_all(cls, units: Sequence["Unit"], *, by: UUID | None, at: datetime) -> Sequence["Unit"]:
        """Units begin their work, each on its own first day. Call inside a transaction."""
        cls.objects.bulk_create(units, batch_size=500)
        record_all(
            [
                Entry("people.unit_established", Ref("unit", unit.id), by, at, facts={"kind": str(unit.kind)})
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

    def amend(self, changed: Iterable[str], *, by: UUID | None, at: datetime) -> None:
        """Columns were set anew; they are saved, and the record says which.

        Raises UnitEnded, UnitThere where another unit has the name, UnitInItself where it would stand under itself.
        """
        names = sorted(changed)
        if not names:
            return
        with transaction.atomic():
            if not Unit.objects.select_for_update().filter(pk=self.pk, ends_on__isnull=True).exists():
                raise errors.UnitEnded(self)
            self._must_be_alone()
            if self.id in self._above():
                raise errors.UnitInItself(self)
            self.save(update_fields=names)
            record("people.unit_changed", subject=Ref("unit", self.id), by=by, at=at, facts={"what": "+".join(names)})

    def close(self, *, on: date, by: UUID | None, at: datetime) -> None:
        """The day `on` is its last. Raises UnitHasOffices, UnitEnded, DaysReversed."""
        with transaction.atomic():
            Unit.objects.select_for_update().get(pk=self.pk)
            if office := self.offices.filter(ends_on__isnull=True).order_by("name").first():
                raise errors.UnitHasOffices(self, office)
            if Unit.objects.filter(pk=self.pk).end(on) != 1:
                raise errors.UnitEnded(self)
            self.ends_on = on
            record("people.unit_closed", subject=Ref("unit", self.id), by=by, at=at, facts={"on": on})

    def _must_be_alone(self) -> None:
        namesakes = Unit.objects.filter(name=self.name, region=self.region_id, ends_on__isnull=True)
        if namesakes.exclude(pk=self.pk).exists():
            raise errors.UnitThere(self)

    def _above(self) -> list[UUID]:
        """The units around it, from the next one up; stops where one stands twice."""
        ids: list[UUID] = []
        here = self.parent_id
        while here and here not in ids:
            ids.append(here)
            here = Unit.objects.filter(pk=here).values_list("parent_id", flat=True).get()
        return ids
