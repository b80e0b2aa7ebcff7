"""What is counted to keep somebody from doing it too often."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Hit(models.Model):
    """次数 That somebody did something that is limited. Who and what are one keyed hash; forgotten in the night after the day."""

    key = models.CharField(_("摘要"), max_length=64)
    at = models.DateTimeField(_("时间"), db_index=True)

    class Meta:
        verbose_name = _("次数")
        indexes = [models.Index(fields=["key", "at"], name="hit_counting")]

    def __str__(self) -> str:
        return f"{self.at}"
