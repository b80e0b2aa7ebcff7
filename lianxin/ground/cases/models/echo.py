"""Those who met the same thing and said so with one tap."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.cases.models.case import Case
from lianxin.ground.core.models import Record


class Echo(Record):
    """我也遇到 Somebody says the same. `mark` is a keyed hash of the phone for this case alone, and goes when the case ends.

    Voices without a phone have no mark and are counted apart (architecture, rule of protection 11).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="echoes", verbose_name=_("事项"))
    mark = models.CharField(_("标记"), max_length=64, blank=True)
    said_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("我也遇到")
        constraints = [
            models.UniqueConstraint(fields=["case", "mark"], condition=~Q(mark=""), name="echo_counts_once"),
        ]

    def __str__(self) -> str:
        return str(self.case)
