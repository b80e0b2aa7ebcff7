"""What a place was before it changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record


class RegionChange(Record):
    """区划变更 A place was renamed, moved, merged into another, given another code or closed. What was before stands here."""

    class Kind(models.TextChoices):
        """What happened to the place."""

        RENAMED = "renamed", _("更名")
        MOVED = "moved", _("改属")
        MERGED = "merged", _("并入")
        RECODED = "recoded", _("换代码")
        CLOSED = "closed", _("撤销")

    region = models.ForeignKey("people.Region", models.PROTECT, related_name="changes", verbose_name=_("地方"))
    kind = models.CharField(_("种类"), max_length=8, choices=Kind.choices)
    happened_on = models.DateField(_("变更日期"))
    name_before = models.CharField(_("原名"), max_length=60, blank=True)
    code_before = models.CharField(_("原代码"), max_length=16, blank=True)
    parent_before = models.ForeignKey(
        "people.Region", models.PROTECT, null=True, related_name="+", verbose_name=_("原上级")
    )
    into = models.ForeignKey(
        "people.Region", models.PROTECT, null=True, related_name="taken_in", verbose_name=_("并入")
    )
    paper = models.CharField(_("批文"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("区划变更")
        indexes = [models.Index(fields=["region", "happened_on"], name="region_history")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"
