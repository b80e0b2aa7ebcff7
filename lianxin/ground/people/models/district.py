"""Electoral districts over places."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record
from lianxin.ground.people.models.body import Body
from lianxin.ground.people.models.dated import Dated, DatedQuerySet
from lianxin.ground.people.models.region import Region


class DistrictQuerySet(DatedQuerySet["District"]):
    """Questions asked of electoral districts."""

    def visible_to(self, user: Any) -> Self:
        """Everybody may see every district."""
        return self

    def over(self, region: Region) -> Self:
        """Districts that a place lies in: those given the place itself or one around it."""
        return self.filter(parts__region_id__in=region.path_ids).distinct()


class District(Record, Dated):
    """选区 An electoral district of a congress. It covers whole places, each with the places in it."""

    congress = models.ForeignKey(Body, models.PROTECT, related_name="districts", verbose_name=_("人民代表大会"))
    number = models.CharField(_("编号"), max_length=12)
    name = models.CharField(_("名称"), max_length=80)
    seats = models.IntegerField(_("名额"), null=True, blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("选区")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["congress", "number"], condition=Q(ends_on__isnull=True), name="district_number_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DistrictPart(Record, Dated):
    """选区范围 A place that an electoral district covers."""

    district = models.ForeignKey(District, models.PROTECT, related_name="parts", verbose_name=_("选区"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="district_parts", verbose_name=_("地方"))

    objects = DatedQuerySet["DistrictPart"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("选区范围")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["district", "region"], condition=Q(ends_on__isnull=True), name="district_part_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.region}"
