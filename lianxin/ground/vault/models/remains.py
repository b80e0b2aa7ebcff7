"""That something may still lie below the tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record


class Remains(Record):
    """残留 Something of the vault was deleted or overwritten, and may lie below the tables until these are wiped.

    A row for each time, taken away by the wiping that began after it: a night that is missed is made up for.
    """

    left_at = models.DateTimeField(_("留下时间"))

    class Meta:
        verbose_name = _("残留")

    def __str__(self) -> str:
        return f"{self.left_at:%Y-%m-%d}"
