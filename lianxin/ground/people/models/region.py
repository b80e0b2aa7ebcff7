"""Places, from the province to the grid."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import Place
from lianxin.ground.core.models import Record
from lianxin.ground.people.models.dated import Dated, DatedQuerySet


class Level(models.TextChoices):
    """级别 The levels of places; the first five are those of the official division codes."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("地级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")
    VILLAGE = "village", _("村级")
    GRID = "grid", _("网格")


class RegionQuerySet(DatedQuerySet["Region"]):
    """Questions asked of places."""

    def visible_to(self, user: Any) -> Self:
        """Everybody may see every place."""
        return self

    def within(self, region: "Region") -> Self:
        """The place itself and everything in it."""
        return self.filter(path__startswith=region.path)

    def named_like(self, words: str) -> Self:
        """Places whose name holds the words, or whose pinyin or initials begin with them."""
        words = words.strip()
        latin = words.lower().replace(" ", "").replace("'", "")
        return self.filter(Q(name__contains=words) | Q(pinyin__startswith=latin) | Q(initials__startswith=latin))


class Region(Record, Dated):
    """地方 One place. Named by its id, never by its name: villages of one county share names.

    `path` holds the ids of the places around it and its own, from the top, each followed by a slash; it says
    where the place lies today. What it was called and where it lay before stands in RegionChange.
    """

    code = models.CharField(_("区划代码"), max_length=16)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("级别"), max_length=8, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name=_("上级"))
    path = models.CharField(max_length=240)
    pinyin = models.CharField(_("拼音"), max_length=160, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=60, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    is_point_surveyed = models.BooleanField(_("位置为实测"), default=False)

    objects = RegionQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("地方")
        indexes = [
            models.Index(fields=["path"], name="region_path"),
            models.Index(fields=["parent", "code"], name="region_parts"),
            models.Index(fields=["pinyin"], name="region_pinyin"),
            models.Index(fields=["initials"], name="region_initials"),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["code"], condition=Q(ends_on__isnull=True), name="region_code_is_one_place_today"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path_ids(self) -> list[UUID]:
        """The ids of the places around it and its own, from the top."""
        return [UUID(hex) for hex in self.path.rstrip("/").split("/")]

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in itself and in every place around it."""
        return [("place", id) for id in self.path_ids]

    def around(self) -> list["Region"]:
        """The places around it and itself, from the top; one query."""
        return list(Region.objects.filter(id__in=self.path_ids).order_by("path"))

    def place(self) -> Place:
        """Where an event happens that happens here; one query."""
        codes = {region.level: region.code for region in self.around()}
        return Place(*(codes.get(level, "") for level in (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)))

    def full_name(self) -> str:
        """Its name after those of the places around it below the county; one query."""
        shown = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)
        return "".join(region.name for region in self.around() if region.level in shown) or self.name

    def name_on(self, day: date) -> str:
        """What it was called on that day; one query."""
        later = self.changes.filter(kind=RegionChange.Kind.RENAMED, happened_on__gt=day).order_by("happened_on").first()
        return later.name_before if later else self.name


class RegionChange(Record):
    """区划变更 A place was renamed, moved, merged into another or given another code. What was before stands here."""

    class Kind(models.TextChoices):
        """What happened to the place."""

        RENAMED = "renamed", _("更名")
        MOVED = "moved", _("改属")
        MERGED = "merged", _("并入")
        RECODED = "recoded", _("换代码")

    region = models.ForeignKey(Region, models.PROTECT, related_name="changes", verbose_name=_("地方"))
    kind = models.CharField(_("种类"), max_length=8, choices=Kind.choices)
    happened_on = models.DateField(_("变更日期"))
    name_before = models.CharField(_("原名"), max_length=60, blank=True)
    code_before = models.CharField(_("原代码"), max_length=16, blank=True)
    parent_before = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name=_("原上级"))
    into = models.ForeignKey(Region, models.PROTECT, null=True, related_name="taken_in", verbose_name=_("并入"))
    paper = models.CharField(_("批文"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("区划变更")
        indexes = [models.Index(fields=["region", "happened_on"], name="region_history")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"
