"""How much was recorded, day by day: what pages and reports ask instead of counting a table of millions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DailyCount(models.Model):
    """每日记录数 How many events of a kind a body recorded on a day that is sealed. Derived: `lianxin rebuild` makes it anew."""

    recorded_on = models.DateField(_("记录日期"))
    body_id = models.UUIDField(_("所属机构"), null=True)
    kind = models.CharField(_("种类"), max_length=64)
    count = models.IntegerField(_("事件数"))

    class Meta:
        verbose_name = _("每日记录数")
        constraints = [
            models.UniqueConstraint(
                fields=["recorded_on", "body_id", "kind"],
                condition=Q(body_id__isnull=False),
                name="count_of_a_body_stands_once",
            ),
            models.UniqueConstraint(
                fields=["recorded_on", "kind"], condition=Q(body_id__isnull=True), name="count_of_no_body_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recorded_on} {self.kind} {self.count}"
